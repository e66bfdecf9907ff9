package dev.cadastre.formats.text;

import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Texts with what cannot be seen in them made visible. Control characters can drive a terminal,
 * bidirectional ones reorder what stands around them (Unicode Standard Annex 9), and invisible ones
 * make two different texts look alike.
 */
public final class VisibleText {
  private VisibleText() {}

  /**
   * The text on one line, each hidden code point as {@code [U+202E]}; a space at either end, too,
   * which nobody would see there.
   */
  public static String of(String text) {
    return of(text, name -> "[" + name + "]");
  }

  /**
   * The text on one line.
   *
   * @param written how a hidden code point, given as {@code U+202E}, is written
   */
  public static String of(String text, UnaryOperator<String> written) {
    int from = 0;
    int to = text.length();
    while (from < to && text.charAt(from) == ' ') {
      from++;
    }
    while (to > from && text.charAt(to - 1) == ' ') {
      to--;
    }
    String space = written.apply(name(' '));
    return space.repeat(from)
        + replaced(text.substring(from, to), false, written)
        + space.repeat(text.length() - to);
  }

  /** A text of several lines: as {@link #of(String)}, but lines and tabs stay what they are. */
  public static String ofLines(String text, UnaryOperator<String> written) {
    return replaced(text.replace("\r\n", "\n"), true, written);
  }

  private static String replaced(String text, boolean lines, UnaryOperator<String> written) {
    if (text.codePoints().noneMatch(FixedUnicode::isHidden)) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              if (!FixedUnicode.isHidden(point) || (lines && (point == '\n' || point == '\t'))) {
                visible.appendCodePoint(point);
              } else {
                visible.append(written.apply(name(point)));
              }
            });
    return visible.toString();
  }

  private static String name(int codePoint) {
    return String.format(Locale.ROOT, "U+%04X", codePoint);
  }
}
