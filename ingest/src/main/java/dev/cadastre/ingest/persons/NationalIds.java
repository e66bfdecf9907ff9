package dev.cadastre.ingest.persons;

import dev.cadastre.ingest.persons.Persons.Span;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identity numbers of persons that can be told from other numbers: by their check digits and dates,
 * or by a shape that nothing else has.
 */
final class NationalIds {
  private static final int CHARS_MAX = 21;

  /** Of Italy: the values of characters at odd places, 0 to 9 and then A to Z. */
  private static final int[] ITALY_ODD = {
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
  };

  private static final String SPAIN = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final String FINLAND = "0123456789ABCDEFHJKLMNPRSTUVWXY";

  private record Form(Pattern shape, Predicate<String> check) {}

  private static final List<Form> DIGITS =
      List.of(
          form("\\d{11}", NationalIds::eleven),
          form("(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}", any -> true),
          form("\\d{8}[A-Z]", NationalIds::isSpanish),
          form("[12]\\d{4}(?:\\d{2}|2[AB])\\d{8}", NationalIds::isFrench),
          form("[12] \\d{2} \\d{2} (?:\\d{2}|2[AB]) \\d{3} \\d{3} \\d{2}", NationalIds::isFrench),
          form("\\d{6}[-+]\\d{4}", NationalIds::isSwedish),
          form("19\\d{6}-\\d{4}", id -> isSwedish(id.substring(2))),
          form("\\d{6}[-+A-F]\\d{3}[0-9A-Y]", NationalIds::isFinnish),
          form("756\\.\\d{4}\\.\\d{4}\\.\\d{2}", NationalIds::isSwiss),
          form("756\\d{10}", NationalIds::isSwiss),
          form("\\d{2}\\.\\d{2}\\.\\d{2}-\\d{3}\\.\\d{2}", NationalIds::isBelgian),
          form("\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}", NationalIds::isBrazilian));

  private static final List<Form> LETTERS =
      List.of(
          form("[XYZ]\\d{7}[A-Z]", NationalIds::isSpanish),
          form("[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]", NationalIds::isItalian),
          form(
              "(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\\d{6}[A-D]",
              any -> true),
          form(
              "(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] \\d{2} \\d{2} \\d{2}"
                  + " [A-D]",
              any -> true));

  private NationalIds() {}

  private static Form form(String shape, Predicate<String> check) {
    return new Form(Pattern.compile(shape), check);
  }

  static Optional<Span> at(String text, int start) {
    char first = text.charAt(start);
    boolean digit = Chars.isDigit(first);
    boolean may =
        digit ? mayBeDigits(text, start) : Chars.isUpper(first) && mayBeLetters(text, start);
    if (!may || Chars.isInNumber(text, start, start)) {
      return Optional.empty();
    }
    int most = Math.min(text.length(), start + CHARS_MAX);
    for (Form form : digit ? DIGITS : LETTERS) {
      Matcher matcher = form.shape.matcher(text).region(start, most).useAnchoringBounds(false);
      if (matcher.lookingAt() && isWhole(text, matcher.end()) && form.check.test(matcher.group())) {
        return Optional.of(new Span(start, matcher.end()));
      }
    }
    return Optional.empty();
  }

  /** Spares most numbers the patterns: by how many digits come first, and what is behind them. */
  private static boolean mayBeDigits(String text, int start) {
    int end = start;
    while (end < text.length() && Chars.isDigit(text.charAt(end)) && end - start <= 15) {
      end++;
    }
    char next = end < text.length() ? text.charAt(end) : '\n';
    return switch (end - start) {
      case 11, 13, 15 -> true;
      case 1 -> next == ' ';
      case 2 -> next == '.';
      case 3 -> next == '-' || next == '.';
      case 6 -> next == '-' || next == '+' || next >= 'A' && next <= 'F';
      case 8 -> next == '-' || Chars.isUpper(next);
      default -> false;
    };
  }

  private static boolean mayBeLetters(String text, int start) {
    int end = start;
    while (end < text.length() && Chars.isAlnum(text.charAt(end)) && end - start <= 16) {
      end++;
    }
    int length = end - start;
    return length == 9
        || length == 16
        || length == 2 && end < text.length() && text.charAt(end) == ' ';
  }

  private static boolean isWhole(String text, int end) {
    boolean more =
        end + 1 < text.length()
            && (text.charAt(end) == '-' || text.charAt(end) == '.')
            && Chars.isDigit(text.charAt(end + 1));
    return Chars.isBoundary(text, end) && !more;
  }

  /** Germany, Poland, Norway, Belgium. */
  private static boolean eleven(String id) {
    return isGerman(id) || isPolish(id) || isNorwegian(id) || isBelgian(id);
  }

  /** Of the first ten digits one comes two or three times. */
  private static boolean isGerman(String id) {
    int[] counts = new int[10];
    for (int i = 0; i < 10; i++) {
      counts[id.charAt(i) - '0']++;
    }
    int repeated = 0;
    for (int count : counts) {
      repeated += count > 1 ? 1 : 0;
      if (count > 3) {
        return false;
      }
    }
    return id.charAt(0) != '0' && repeated == 1 && CheckDigits.mod11and10(id);
  }

  private static boolean isPolish(String id) {
    int month = number(id, 2, 4) % 20;
    int sum = CheckDigits.weighted(id, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3);
    return isDay(month, number(id, 4, 6)) && (10 - sum % 10) % 10 == number(id, 10, 11);
  }

  private static boolean isNorwegian(String id) {
    int day = number(id, 0, 2) % 40;
    int one = CheckDigits.weighted(id, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1);
    int two = CheckDigits.weighted(id, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1);
    return isDay(number(id, 2, 4) % 40, day) && one % 11 == 0 && two % 11 == 0;
  }

  private static boolean isBelgian(String id) {
    String digits = id.replaceAll("\\D", "");
    long first = Long.parseLong(digits.substring(0, 9));
    int check = number(digits, 9, 11);
    boolean checks = 97 - first % 97 == check || 97 - (2_000_000_000L + first) % 97 == check;
    return checks && isDay(number(digits, 2, 4), number(digits, 4, 6));
  }

  private static boolean isFrench(String id) {
    String plain = id.replace(" ", "");
    int month = number(plain, 3, 5);
    boolean isle = Character.isLetter(plain.charAt(6));
    long letters = isle ? plain.charAt(6) == 'A' ? 1_000_000 : 2_000_000 : 0;
    long number = Long.parseLong(plain.substring(0, 13).replaceAll("[AB]", "0")) - letters;
    boolean dated = month >= 1 && month <= 12 || month >= 20 && month <= 42 || month >= 50;
    return dated && 97 - number % 97 == number(plain, 13, 15);
  }

  private static boolean isSpanish(String id) {
    int first = "XYZ".indexOf(id.charAt(0));
    String digits = (first < 0 ? id.substring(0, 1) : Integer.toString(first)) + id.substring(1, 8);
    return SPAIN.charAt(Integer.parseInt(digits) % 23) == id.charAt(8);
  }

  private static boolean isItalian(String id) {
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      int value = Character.digit(id.charAt(i), 36);
      int letter = value > 9 ? value - 10 : value;
      sum += i % 2 == 0 ? ITALY_ODD[letter] : letter;
    }
    return 'A' + sum % 26 == id.charAt(15);
  }

  private static boolean isSwedish(String id) {
    return isDay(number(id, 2, 4), number(id, 4, 6) % 60)
        && CheckDigits.luhn(id.substring(0, 6) + id.substring(7));
  }

  private static boolean isFinnish(String id) {
    int number = Integer.parseInt(id.substring(0, 6) + id.substring(7, 10));
    return isDay(number(id, 2, 4), number(id, 0, 2))
        && FINLAND.charAt(number % 31) == id.charAt(10);
  }

  private static boolean isSwiss(String id) {
    String digits = id.replace(".", "");
    int sum = CheckDigits.weighted(digits, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3);
    return (10 - sum % 10) % 10 == number(digits, 12, 13);
  }

  private static boolean isBrazilian(String id) {
    String digits = id.replaceAll("\\D", "");
    int one = CheckDigits.weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    int two = CheckDigits.weighted(digits, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    return one == number(digits, 9, 10) && two == number(digits, 10, 11);
  }

  private static boolean isDay(int month, int day) {
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }

  private static int number(String text, int start, int end) {
    return Integer.parseInt(text.substring(start, end));
  }
}
