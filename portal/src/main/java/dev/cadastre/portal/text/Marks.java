package dev.cadastre.portal.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The marks that pages set in foreign texts for what cannot be shown as it is: {@code [U+202E]},
 * {@code [empty]}, {@code [312 more]}. Each stands between {@link Foreign#NAMED} and {@link
 * Foreign#END}. A text that itself holds what looks like one has its bracket named, so that a mark
 * is ours wherever it is read: in titles, in print and by ear, too.
 */
final class Marks {
  /** Vietnamese and Hebrew set two on a letter; more than three leave their line. */
  private static final int STACKED = 3;

  private static final int COMBINING = 0x300;
  private static final Pattern LOOKALIKE =
      Pattern.compile("\\[(?:U\\+[0-9A-F]{4,6}|empty|[0-9,]+ more)]");

  private Marks() {}

  static String named(String name) {
    return Foreign.NAMED + "[" + name + "]" + Foreign.END;
  }

  static String ofPoint(int point) {
    return named(String.format(Locale.ROOT, "U+%04X", point));
  }

  /**
   * The text with lookalikes told apart, and combining marks named from the fourth in a row on,
   * which would be drawn over the lines above and below. Marks that stand there stay.
   */
  static String set(String text) {
    if (text.chars().noneMatch(c -> c == '[' || c >= COMBINING)) {
      return text;
    }
    Matcher lookalike = LOOKALIKE.matcher(text);
    StringBuilder out = new StringBuilder(text.length() + 16);
    int stacked = 0;
    for (int i = 0; i < text.length(); ) {
      int end = unit(text, i);
      int point = text.codePointAt(i);
      stacked = stacks(point) ? stacked + 1 : 0;
      if (stacked > STACKED || (point == '[' && lookalike.region(i, text.length()).lookingAt())) {
        out.append(ofPoint(point));
      } else {
        out.append(text, i, end);
      }
      i = end;
    }
    return out.toString();
  }

  /** Where what stands at {@code at} ends: one of our marks whole, or one character. */
  static int unit(String text, int at) {
    int end = text.charAt(at) == Foreign.NAMED ? text.indexOf(Foreign.END, at) : -1;
    return end < 0 ? at + Character.charCount(text.codePointAt(at)) : end + 1;
  }

  /** What this Java does not know may be a combining mark to a browser that is newer. */
  private static boolean stacks(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.UNASSIGNED;
  }
}
