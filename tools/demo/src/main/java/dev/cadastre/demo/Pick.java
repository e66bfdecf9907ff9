package dev.cadastre.demo;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chances. */
final class Pick {
  private static final Pattern BLANK = Pattern.compile("\\{([1-9][0-9]?|call)}");

  private Pick() {}

  static <T> T one(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  /** A number of {@code digits} digits, the first not 0. */
  static String digits(int digits, Random random) {
    StringBuilder number = new StringBuilder().append(1 + random.nextInt(9));
    while (number.length() < digits) {
      number.append(random.nextInt(10));
    }
    return number.toString();
  }

  /**
   * Fills the blanks of a text: {@code {8}} with as many digits, {@code {call}} with the name of
   * the call that several records tell of.
   */
  static String filled(String text, String call, Random random) {
    return BLANK
        .matcher(text)
        .replaceAll(
            blank ->
                Matcher.quoteReplacement(
                    blank.group(1).equals("call")
                        ? call
                        : digits(Integer.parseInt(blank.group(1)), random)));
  }
}
