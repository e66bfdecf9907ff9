package dev.cadastre.ingest.persons;

import dev.cadastre.ingest.persons.Persons.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Telephone numbers: international ones with {@code +} or {@code 00} and a country calling code
 * (ITU-T E.164), those of North America in groups, and national ones with a trunk zero whose groups
 * are set apart by blanks, a slash or brackets. Digits alone are no telephone number.
 */
final class Phones {
  private static final int DIGITS_MIN = 8;
  private static final int DIGITS_MAX = 15;
  private static final int NATIONAL_MIN = 9;
  private static final int NATIONAL_MAX = 12;
  private static final int GROUPS_MAX = 7;

  private Phones() {}

  /**
   * Groups of digits and what sets them apart.
   *
   * @param between the characters between them, one string for each gap
   */
  private record Groups(List<String> digits, List<String> between, int end) {
    String all() {
      return String.join("", digits);
    }
  }

  static Optional<Span> at(String text, int start) {
    if (!Chars.isBoundary(text, start - 1)) {
      return Optional.empty();
    }
    boolean plus = text.charAt(start) == '+';
    int from = plus ? start + 1 : start;
    if (from == text.length()
        || plus && !Chars.isDigit(text.charAt(from)) && text.charAt(from) != '(') {
      return Optional.empty();
    }
    if (!plus && isOneGroup(text, from)) {
      return Optional.empty();
    }
    Groups groups = groups(text, from);
    boolean whole =
        Chars.isBoundary(text, groups.end) && !Chars.isInNumber(text, start, groups.end);
    boolean found =
        whole
            && groups.digits.size() <= GROUPS_MAX
            && (plus
                ? isInternational(groups.all())
                : isNational(groups, text.charAt(start) == '('));
    return found ? Optional.of(new Span(start, groups.end)) : Optional.empty();
  }

  private static boolean isOneGroup(String text, int from) {
    int end = from;
    while (end < text.length() && Chars.isDigit(text.charAt(end))) {
      end++;
    }
    return end == text.length() || !isBetween(text.charAt(end));
  }

  private static Groups groups(String text, int from) {
    List<String> digits = new ArrayList<>();
    List<String> between = new ArrayList<>();
    int at = from;
    int last = from;
    int count = 0;
    while (at < text.length() && count <= DIGITS_MAX) {
      int start = at;
      while (at < text.length() && isBetween(text.charAt(at)) && at - start < 3) {
        at++;
      }
      int first = at;
      while (at < text.length() && Chars.isDigit(text.charAt(at)) && count <= DIGITS_MAX) {
        at++;
        count++;
      }
      if (at == first) {
        break;
      }
      if (!digits.isEmpty()) {
        between.add(text.substring(start, first));
      }
      digits.add(text.substring(first, at));
      last = at;
    }
    return new Groups(digits, between, last);
  }

  private static boolean isBetween(char c) {
    return c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')' || c == '\u00a0';
  }

  private static boolean isInternational(String digits) {
    return digits.length() >= DIGITS_MIN
        && digits.length() <= DIGITS_MAX
        && digits.charAt(0) != '0'
        && CallingCodes.begin(digits);
  }

  private static boolean isNational(Groups groups, boolean bracket) {
    String all = groups.all();
    if (groups.digits.size() < 2) {
      return false;
    }
    if (all.startsWith("00")) {
      return all.length() >= DIGITS_MIN + 2
          && hasBlank(groups)
          && isInternational(all.substring(2));
    }
    return isNorthAmerican(groups, bracket)
        || all.charAt(0) == '0'
            && all.length() >= NATIONAL_MIN
            && all.length() <= NATIONAL_MAX
            && isTrunk(groups, bracket);
  }

  private static boolean hasBlank(Groups groups) {
    return groups.between.stream().anyMatch(one -> one.indexOf(' ') >= 0);
  }

  /** {@code 212-555-0123}, {@code (212) 555-0123}, {@code 1-212-555-0123}. */
  private static boolean isNorthAmerican(Groups groups, boolean bracket) {
    List<String> digits = groups.digits;
    int first = digits.get(0).equals("1") ? 1 : 0;
    return digits.size() == first + 3
        && digits.get(first).length() == 3
        && digits.get(first + 1).length() == 3
        && digits.get(first + 2).length() == 4
        && digits.get(first).charAt(0) >= '2'
        && (bracket || groups.between.stream().noneMatch(one -> one.contains("/")));
  }

  /** Dates and numbers of orders have other signs, or shorter groups. */
  private static boolean isTrunk(Groups groups, boolean bracket) {
    boolean signs = groups.between.stream().allMatch(Phones::isTrunkSign);
    boolean two = groups.digits.size() == 2;
    boolean hyphen = two && groups.between.get(0).equals("-") && groups.digits.get(1).length() >= 5;
    boolean area = groups.digits.get(0).length() <= 5;
    return area
        && (bracket || hyphen || signs)
        && groups.digits.stream().skip(1).allMatch(group -> group.length() >= 2);
  }

  private static boolean isTrunkSign(String between) {
    return between.isBlank() || between.strip().equals("/") || between.contains(")");
  }
}
