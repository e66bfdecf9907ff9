package dev.cadastre.portal.text;

import dev.cadastre.formats.text.VisibleText;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Texts that senders, policies or visitors wrote, on their way into a page. Each is isolated from
 * the words around it by the characters of Unicode Standard Annex 9 (FIRST STRONG ISOLATE … POP
 * DIRECTIONAL ISOLATE), and what cannot be seen in it is named in an isolate of its own (LEFT-TO-
 * RIGHT ISOLATE). In titles, attributes and drawings the result stands as it is; in the text of a
 * page {@link TextProcessor} makes elements of it.
 */
public final class Foreign {
  static final char ISOLATE = '\u2068';
  static final char NAMED = '\u2066';
  static final char END = '\u2069';

  private Foreign() {}

  /**
   * A text on one line, cut if it is long, for where a page that has it whole is a step away; an
   * empty one is named, too.
   */
  public static String of(String text) {
    return cut(whole(text));
  }

  /** A text on one line, however long: in cells of tables and of facts it is folded. */
  public static String whole(String text) {
    return isolated(
        text.isEmpty() ? Marks.named("empty") : Marks.set(VisibleText.of(text, Marks::named)));
  }

  /**
   * What {@link #of} gives of the same text.
   *
   * @param whole what {@link #whole} gave
   */
  public static String cut(String whole) {
    return isolated(Cut.of(whole.substring(1, whole.length() - 1)));
  }

  /** A text of several lines. */
  public static String lines(String text) {
    return isolated(Marks.set(VisibleText.ofLines(text, Marks::named)));
  }

  /** Several, each isolated, with a comma between. */
  public static String list(Collection<String> texts) {
    return texts.stream().map(Foreign::of).collect(Collectors.joining(", "));
  }

  private static String isolated(String shown) {
    return ISOLATE + shown + END;
  }
}
