package dev.cadastre.proof.text;

import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Texts with what cannot be seen in them made visible. Control characters can drive a terminal,
 * bidirectional ones reorder what stands around them (Unicode Standard Annex 9), and invisible ones
 * make two different texts look alike.
 */
public final class VisibleText {
  private static final String BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0";

  private VisibleText() {}

  /**
   * Whether a code point shows nothing of its own, or changes how others are shown: controls,
   * formats, separators but the plain space, variation selectors, blanks that are letters,
   * surrogates alone and what Unicode has not assigned.
   */
  public static boolean isHidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      case Character.SPACE_SEPARATOR -> codePoint != ' ';
      default -> BLANK.indexOf(codePoint) >= 0 || isVariationSelector(codePoint);
    };
  }

  private static boolean isVariationSelector(int codePoint) {
    return (codePoint >= 0xfe00 && codePoint <= 0xfe0f)
        || (codePoint >= 0x180b && codePoint <= 0x180f)
        || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);
  }

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
    if (text.codePoints().noneMatch(VisibleText::isHidden)) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              if (!isHidden(point) || (lines && (point == '\n' || point == '\t'))) {
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
