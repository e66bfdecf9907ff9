package dev.cadastre.formats.policy;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.text.FixedUnicode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations as policies write them. */
public final class PolicyTime {
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern INSTANT =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");
  private static final Pattern DURATION = Pattern.compile("(0|[1-9][0-9]{0,8})([smhd])");
  private static final int LAST_YEAR = 2261;
  private static final String NONE = "none";

  private PolicyTime() {}

  /** First Unix nanosecond after {@code until}: the end of a UTC date, or the instant itself. */
  public static long endNs(PolicyNode until) throws Refused {
    return ns(until, 1);
  }

  /** Unix nanoseconds of a UTC instant, or of the first moment of a UTC date. */
  public static long startNs(PolicyNode time) throws Refused {
    return ns(time, 0);
  }

  private static long ns(PolicyNode node, int daysAfterDate) throws Refused {
    String text = node.text();
    try {
      if (DATE.matcher(text).matches()) {
        LocalDate date = LocalDate.parse(text);
        requireYear(date.getYear(), node);
        return ns(date.plusDays(daysAfterDate).atStartOfDay().toInstant(ZoneOffset.UTC), node);
      }
      if (INSTANT.matcher(text).matches()) {
        // An instant of Java's would take hour 24 and second 60.
        return ns(
            LocalDateTime.parse(text.substring(0, text.length() - 1)).toInstant(ZoneOffset.UTC),
            node);
      }
    } catch (DateTimeException e) {
      throw node.refused("expected a date that exists, found " + Encodings.quote(text));
    }
    throw node.refused(
        "expected a UTC date such as 2027-06-30 or instant such as 2027-06-30T12:00:00Z, found "
            + Encodings.quote(text));
  }

  private static long ns(Instant instant, PolicyNode node) throws Refused {
    requireYear(instant.atOffset(ZoneOffset.UTC).getYear(), node);
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }

  private static void requireYear(int year, PolicyNode node) throws Refused {
    if (year < 1970 || year > LAST_YEAR) {
      throw node.refused("expected a year from 1970 to " + LAST_YEAR + ", found " + year);
    }
  }

  /** The same as senders write it, where {@code none} is no time at all; empty for other texts. */
  public static OptionalLong seconds(String text) {
    String plain = FixedUnicode.lowerCase(FixedUnicode.strip(text));
    Matcher matcher = DURATION.matcher(plain);
    return plain.equals(NONE)
        ? OptionalLong.of(0)
        : matcher.matches() ? OptionalLong.of(seconds(matcher)) : OptionalLong.empty();
  }

  /** Seconds of a duration such as {@code 300s}, {@code 5m}, {@code 1h}, {@code 1d}. */
  public static long seconds(PolicyNode node) throws Refused {
    String text = node.text();
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw node.refused(
          "expected a duration such as 300s, 5m, 1h or 1d, found " + Encodings.quote(text));
    }
    return seconds(matcher);
  }

  private static long seconds(Matcher matcher) {
    long unit =
        switch (matcher.group(2)) {
          case "m" -> 60;
          case "h" -> 3_600;
          case "d" -> 86_400;
          default -> 1;
        };
    return Long.parseLong(matcher.group(1)) * unit;
  }
}
