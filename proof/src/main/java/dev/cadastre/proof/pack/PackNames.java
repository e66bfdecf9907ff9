package dev.cadastre.proof.pack;

/** Names of files inside a pack: what unpacks to the same place on every system. */
final class PackNames {
  private static final int MAX_LENGTH = 200;

  private PackNames() {}

  /**
   * Relative, of plain letters, digits, {@code . _ -} and single slashes, no part beginning with a
   * dot.
   */
  static boolean isSafe(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      return false;
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.startsWith(".") || !part.chars().allMatch(PackNames::isPlain)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
