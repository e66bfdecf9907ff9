package dev.cadastre.proof.pack.format;

import dev.cadastre.formats.json.Json;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pack's place in a set: a period that outgrows one pack is cut at anchors into several, which
 * hold it together and each alone.
 *
 * @param number from 1
 * @param count how many packs the set has, from 2
 * @param from index of the set's first entry
 * @param to index after the set's last entry
 */
public record PackPart(int number, int count, long from, long to) {
  private static final Pattern LINES =
      Pattern.compile(
          "Bag-Count: ([1-9][0-9]{0,8}) of ([1-9][0-9]{0,8})\n"
              + "Bag-Group-Identifier: \\S+ entries ([0-9]{1,16}) to ([0-9]{1,16})"
              + " \\(exclusive\\)\n"
              + "$");

  public PackPart {
    if (number < 1 || number > count || count < 2 || from < 0 || from > to) {
      throw new IllegalArgumentException("no part: " + number + " of " + count);
    }
  }

  /** The lines that say so in {@code bag-info.txt} (RFC 8493, section 2.2.2). */
  String lines(String origin) {
    String place = "Bag-Count: " + number + " of " + count + "\n";
    String group = origin + " entries " + from + " to " + to + " (exclusive)";
    return place + "Bag-Group-Identifier: " + group + "\n";
  }

  /** The part that a {@code bag-info.txt} names, if it names one. */
  public static Optional<PackPart> in(String bagInfo) throws PackRefused {
    Matcher lines = LINES.matcher(bagInfo);
    if (!lines.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PackPart(
              Integer.parseInt(lines.group(1)),
              Integer.parseInt(lines.group(2)),
              Long.parseLong(lines.group(3)),
              Long.parseLong(lines.group(4))));
    } catch (IllegalArgumentException e) {
      throw new PackRefused(
          "expected a part of a set, found " + lines.group(1) + " of " + lines.group(2), e);
    }
  }

  /** Checks that entries {@code [start, end)} can be this part. */
  public void require(long start, long end) throws PackRefused {
    boolean first = number > 1 || start == from;
    boolean last = number < count || end == to;
    if (start < from || end > to || !first || !last) {
      throw new PackRefused(
          "expected part "
              + describe()
              + " of entries "
              + from
              + " to "
              + (to - 1)
              + " in its place, found entries "
              + start
              + " to "
              + (end - 1));
    }
  }

  /** Number and count, as people write them. */
  public String describe() {
    return number + " of " + count;
  }

  public Json.Obj toJson() {
    return Json.Obj.builder()
        .put("count", count)
        .put("from", from)
        .put("number", number)
        .put("to", to)
        .build();
  }
}
