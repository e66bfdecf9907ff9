package dev.cadastre.portal.web.text;

import dev.cadastre.proof.text.VisibleText;
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

  /** A text on one line; an empty one is named, too. */
  public static String of(String text) {
    String shown = text.isEmpty() ? named("empty") : VisibleText.of(text, Foreign::named);
    return ISOLATE + shown + END;
  }

  /** A text of several lines. */
  public static String lines(String text) {
    return ISOLATE + VisibleText.ofLines(text, Foreign::named) + END;
  }

  /** Several, each isolated, with a comma between. */
  public static String list(Collection<String> texts) {
    return texts.stream().map(Foreign::of).collect(Collectors.joining(", "));
  }

  static String named(String name) {
    return NAMED + "[" + name + "]" + END;
  }
}
