package dev.cadastre.ingest.persons;

/** Characters of tokens. */
final class Chars {
  static final int UUID_CHARS = 36;

  /** The fewest digits of any number of a person that begins with a digit. */
  private static final int LONG_DIGITS = 8;

  private Chars() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isAlnum(char c) {
    return isDigit(c) || isUpper(c) || c >= 'a' && c <= 'z' || c > 0x7f && Character.isLetter(c);
  }

  /** Whether no token goes on at that place, which may lie outside the text. */
  static boolean isBoundary(String text, int at) {
    return at < 0 || at >= text.length() || !isAlnum(text.charAt(at)) && text.charAt(at) != '_';
  }

  /** Whether a number goes on before or behind: a fraction, a version. */
  static boolean isInNumber(String text, int start, int end) {
    return start > 1 && isPoint(text.charAt(start - 1)) && isDigit(text.charAt(start - 2))
        || end + 1 < text.length() && isPoint(text.charAt(end)) && isDigit(text.charAt(end + 1));
  }

  private static boolean isPoint(char c) {
    return c == '.' || c == ',' || c == ':';
  }

  /** Whether there are so many digits, with what may stand between them, that it may be one. */
  static boolean isLongNumber(String text, int start) {
    int digits = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isDigit(c)) {
        if (++digits == LONG_DIGITS) {
          return true;
        }
      } else if (" -./()+\u00a0ABCDEF".indexOf(c) < 0) {
        return false;
      }
    }
    return false;
  }

  static boolean isUuid(String text, int at) {
    if (at + UUID_CHARS > text.length() || text.charAt(at + 8) != '-') {
      return false;
    }
    for (int i = 0; i < UUID_CHARS; i++) {
      char c = text.charAt(at + i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : !isHex(c)) {
        return false;
      }
    }
    return isBoundary(text, at + UUID_CHARS);
  }

  private static boolean isHex(char c) {
    return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }
}
