package dev.cadastre.server.cli.option;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as people write it: {@code 65536}, {@code 512KiB}, {@code 64MiB}, {@code 1GiB}.
 * A unit is a power of 1024; those of 1000, such as MB, are taken for either by many and are not
 * read.
 */
public final class ByteSizeText {
  /** What is read, for messages, behind a number of bytes. */
  public static final String EXAMPLES = "such as 65536, 512KiB, 64MiB or 1GiB";

  private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,14})(KiB|MiB|GiB)?");

  private ByteSizeText() {}

  /** The bytes that a text says, below 2^63; empty if it is no size. */
  public static OptionalLong parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    int bits = bits(matcher.group(2) == null ? "" : matcher.group(2));
    return count > Long.MAX_VALUE >> bits ? OptionalLong.empty() : OptionalLong.of(count << bits);
  }

  private static int bits(String unit) {
    return switch (unit) {
      case "KiB" -> 10;
      case "MiB" -> 20;
      case "GiB" -> 30;
      default -> 0;
    };
  }
}
