package dev.cadastre.formats.inventory;

/** Ids in which a {@code *} stands for any characters, or for none. */
final class Wildcard {
  static final char ANY = '*';

  private Wildcard() {}

  static boolean isIn(String id) {
    return id.indexOf(ANY) >= 0;
  }

  static boolean matches(String pattern, String text) {
    int at = 0;
    int from = 0;
    int star = -1;
    int resume = 0;
    while (from < text.length()) {
      if (at < pattern.length() && pattern.charAt(at) == ANY) {
        star = at++;
        resume = from;
      } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(from)) {
        at++;
        from++;
      } else if (star >= 0) {
        at = star + 1;
        from = ++resume;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == ANY) {
      at++;
    }
    return at == pattern.length();
  }
}
