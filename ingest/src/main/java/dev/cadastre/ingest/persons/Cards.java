package dev.cadastre.ingest.persons;

import dev.cadastre.ingest.persons.Persons.Span;
import java.util.Optional;

/**
 * Numbers of payment cards (ISO/IEC 7812): a network's beginning and length, and a check digit by
 * Luhn's rule; in one piece, or in groups with blanks or hyphens.
 */
final class Cards {
  private static final int DIGITS_MIN = 13;
  private static final int DIGITS_MAX = 19;
  private static final int GROUPS_MAX = 5;

  private Cards() {}

  static Optional<Span> at(String text, int start) {
    int end = start;
    int digits = 0;
    int groups = 1;
    while (end < text.length() && digits <= DIGITS_MAX) {
      if (Chars.isDigit(text.charAt(end))) {
        digits++;
      } else if (goesOn(text, end)) {
        groups++;
      } else {
        break;
      }
      end++;
    }
    if (digits < DIGITS_MIN
        || digits > DIGITS_MAX
        || groups > GROUPS_MAX
        || !Chars.isBoundary(text, end)
        || Chars.isInNumber(text, start, end)) {
      return Optional.empty();
    }
    String card = text.substring(start, end).replace(" ", "").replace("-", "");
    boolean found = isCard(card) && CheckDigits.luhn(card);
    return found ? Optional.of(new Span(start, end)) : Optional.empty();
  }

  private static boolean goesOn(String text, int at) {
    char c = text.charAt(at);
    return (c == ' ' || c == '-') && at + 1 < text.length() && Chars.isDigit(text.charAt(at + 1));
  }

  private static boolean isCard(String digits) {
    int length = digits.length();
    int four = Integer.parseInt(digits.substring(0, 4));
    int two = four / 100;
    return switch (two / 10) {
      case 3 ->
          length == 15 && (two == 34 || two == 37)
              || length == 14
                  && (two == 36 || two == 38 || two == 39 || four / 10 <= 305 && two == 30)
              || length == 16 && four >= 3528 && four <= 3589;
      case 4 -> length == 13 || length == 16 || length == 19;
      case 5 -> length == 16 && two >= 51 && two <= 55;
      case 2 -> length == 16 && four >= 2221 && four <= 2720;
      case 6 ->
          length >= 16 && (four == 6011 || two == 65 || two == 62 || four / 10 >= 644 && two == 64);
      default -> false;
    };
  }
}
