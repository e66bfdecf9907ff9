package dev.cadastre.formats.text;

import java.util.Arrays;

/**
 * What characters are, as lists. Java's own answers follow the Unicode tables of the Java version
 * that runs: two verifiers would see two tables, or two verdicts, where a code point was assigned
 * between them. docs/rationale/fixed-unicode.md.
 */
public final class FixedUnicode {
  /**
   * First and last code points of what shows nothing of its own, or changes how others are shown:
   * controls, formats (as of Unicode 17), separators but the plain space, blanks that are letters,
   * variation selectors, surrogates, private use, what Unicode keeps for ignorable characters, and
   * (beside this list) the last two of each plane, which never become characters.
   */
  private static final int[] HIDDEN = {
    0x0, 0x1F, 0x7F, 0xA0, 0xAD, 0xAD, 0x34F, 0x34F, 0x600, 0x605, 0x61C, 0x61C, 0x6DD, 0x6DD,
    0x70F, 0x70F, 0x890, 0x891, 0x8E2, 0x8E2, 0x115F, 0x1160, 0x1680, 0x1680, 0x17B4, 0x17B5,
    0x180B, 0x180F, 0x2000, 0x200F, 0x2028, 0x202F, 0x205F, 0x206F, 0x2800, 0x2800, 0x3000, 0x3000,
    0x3164, 0x3164, 0xD800, 0xF8FF, 0xFDD0, 0xFDEF, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0,
    0xFFF0, 0xFFFB, 0x110BD, 0x110BD, 0x110CD, 0x110CD, 0x13430, 0x1343F, 0x1BCA0, 0x1BCA3, 0x1D173,
    0x1D17A, 0xE0000, 0xE0FFF, 0xF0000, 0x10FFFF
  };

  /** Unicode's White_Space and the separators of ASCII, which Java counts among it. */
  private static final int[] SPACES = {
    0x9, 0xD, 0x1C, 0x20, 0x85, 0x85, 0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029,
    0x202F, 0x202F, 0x205F, 0x205F, 0x3000, 0x3000
  };

  /**
   * Scripts with cases in which every letter has been assigned: Latin, Greek, Cyrillic, Armenian,
   * and the three letterlike symbols whose lower case is a plain letter.
   */
  private static final int[] CASED = {0x41, 0x58F, 0x1E00, 0x1FFF, 0x2126, 0x212B};

  private FixedUnicode() {}

  /** Whether a code point shows nothing of its own, or changes how others are shown. */
  public static boolean isHidden(int codePoint) {
    return isIn(HIDDEN, codePoint) || (codePoint & 0xFFFE) == 0xFFFE;
  }

  /** Whether a code point is a space, of any width, or an end of line. */
  public static boolean isSpace(int codePoint) {
    return isIn(SPACES, codePoint);
  }

  /** The text without the spaces around it. */
  public static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Whether there is nothing in the text but spaces. */
  public static boolean isBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isSpace(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The text in lower case, letter by letter, in scripts whose letters are all assigned. */
  public static String lowerCase(String text) {
    if (isPlainLower(text)) {
      return text;
    }
    StringBuilder lower = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> isIn(CASED, c) ? Character.toLowerCase(c) : c)
        .forEach(lower::appendCodePoint);
    return lower.toString();
  }

  /**
   * The text with the capitals of ASCII in lower case and all else as it is, for words and names
   * that are of ASCII alone: no other letter becomes one of theirs.
   */
  public static String lowerCaseAscii(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return lower.toString();
  }

  /** Most of what comes: names in ASCII without a capital. */
  private static boolean isPlainLower(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z' || c > 0x7F) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIn(int[] spans, int codePoint) {
    int found = Arrays.binarySearch(spans, codePoint);
    // Between two numbers, it is inside if the one before opens a span.
    return found >= 0 || (-found - 1) % 2 == 1;
  }
}
