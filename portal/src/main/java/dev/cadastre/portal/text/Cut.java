package dev.cadastre.portal.text;

import java.util.Locale;

/**
 * Long texts cut for a list, which would be nothing but them: the beginning, a mark that says how
 * many characters are left out, and the end, in which ids differ most.
 */
final class Cut {
  /** In characters, a mark being one. */
  private static final int LONGEST = 240;

  private static final int HEAD = 160;
  private static final int TAIL = 40;

  private Cut() {}

  /**
   * @param text with its marks set, and not isolated
   */
  static String of(String text) {
    int count = count(text);
    if (count <= LONGEST) {
      return text;
    }
    int left = count - HEAD - TAIL;
    return text.substring(0, skip(text, 0, HEAD))
        + Marks.named(String.format(Locale.ROOT, "%,d more", left))
        + text.substring(skip(text, 0, count - TAIL));
  }

  private static int count(String text) {
    int count = 0;
    for (int i = 0; i < text.length(); i = Marks.unit(text, i)) {
      count++;
    }
    return count;
  }

  private static int skip(String text, int from, int units) {
    int at = from;
    for (int i = 0; i < units; i++) {
      at = Marks.unit(text, at);
    }
    return at;
  }
}
