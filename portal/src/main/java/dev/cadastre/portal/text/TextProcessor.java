package dev.cadastre.portal.text;

import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.text.VisibleText;
import java.util.Set;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.processor.AbstractStandardExpressionAttributeTagProcessor;
import org.thymeleaf.standard.processor.StandardTextTagProcessor;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * {@code th:text} for pages: what {@link Foreign} isolated becomes {@code <bdi>}, what it named a
 * marked {@code <span>}. A character that cannot be seen is named even if nobody took care of it
 * before, so none stands raw in a page.
 */
final class TextProcessor extends AbstractStandardExpressionAttributeTagProcessor {
  /** Elements that take text alone. */
  private static final Set<String> TEXT_ALONE = Set.of("title", "option", "textarea", "text");

  /** Elements that may hold a block, in which a long text is folded. */
  private static final Set<String> FOLDING = Set.of("td", "dd", "div");

  TextProcessor(String dialectPrefix) {
    super(
        TemplateMode.HTML,
        dialectPrefix,
        StandardTextTagProcessor.ATTR_NAME,
        StandardTextTagProcessor.PRECEDENCE,
        true,
        true);
  }

  @Override
  protected void doProcess(
      ITemplateContext context,
      IProcessableElementTag tag,
      AttributeName attributeName,
      String attributeValue,
      Object expressionResult,
      IElementTagStructureHandler structureHandler) {
    String text = expressionResult == null ? "" : expressionResult.toString();
    structureHandler.setBody(body(tag.getElementCompleteName(), text), false);
  }

  private static String body(String element, String text) {
    if (TEXT_ALONE.contains(element)) {
      return plain(text);
    }
    return FOLDING.contains(element) ? folded(text) : markup(text);
  }

  /** A text that is nothing but one foreign one opens on demand if it is long. */
  static String folded(String text) {
    if (!isOneForeign(text)) {
      return markup(text);
    }
    String cut = Foreign.cut(text);
    return cut.equals(text)
        ? markup(text)
        : "<details class=\"fold\"><summary>"
            + markup(cut)
            + "</summary>"
            + markup(text)
            + "</details>";
  }

  private static boolean isOneForeign(String text) {
    int last = text.length() - 1;
    return last > 0
        && text.charAt(0) == Foreign.ISOLATE
        && text.charAt(last) == Foreign.END
        && text.indexOf(Foreign.ISOLATE, 1) < 0;
  }

  private static boolean ours(int point) {
    return point == Foreign.ISOLATE || point == Foreign.NAMED || point == Foreign.END;
  }

  /** For where no element may stand. */
  static String plain(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    Marks.set(text)
        .codePoints()
        .forEach(
            point -> {
              if (ours(point)) {
                out.appendCodePoint(point);
              } else {
                append(out, point);
              }
            });
    return out.toString();
  }

  /** For the text of a page. */
  static String markup(String unmarked) {
    String text = Marks.set(unmarked);
    StringBuilder out = new StringBuilder(text.length() + 32);
    StringBuilder open = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (point == Foreign.ISOLATE) {
        out.append(Breaks.needed(text, i + 1) ? "<bdi class=\"long\">" : "<bdi>");
        open.append('b');
      } else if (point == Foreign.NAMED) {
        out.append("<span class=\"named\">");
        open.append('s');
      } else if (point == Foreign.END && open.length() > 0) {
        close(out, open);
      } else if (FixedUnicode.isHidden(point) && point != '\n' && point != '\t') {
        out.append("<span class=\"named\">").append(visible(point)).append("</span>");
      } else {
        append(out, point);
      }
      i += Character.charCount(point);
    }
    while (open.length() > 0) {
      close(out, open);
    }
    return out.toString();
  }

  private static void close(StringBuilder out, StringBuilder open) {
    out.append(open.charAt(open.length() - 1) == 'b' ? "</bdi>" : "</span>");
    open.setLength(open.length() - 1);
  }

  private static void append(StringBuilder out, int point) {
    switch (point) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      case '\n', '\t' -> out.appendCodePoint(point);
      default ->
          out.append(FixedUnicode.isHidden(point) ? visible(point) : Character.toString(point));
    }
  }

  private static String visible(int point) {
    return VisibleText.of(Character.toString(point));
  }

  /** Whether a text may have to be broken within a word to fit a phone. */
  private static final class Breaks {
    private static final int LONGEST_WORD = 24;
    private static final int LONGEST_LINE = 40;

    private Breaks() {}

    static boolean needed(String text, int from) {
      int word = 0;
      int line = 0;
      int depth = 0;
      for (int i = from; i < text.length() && depth >= 0; i++) {
        char c = text.charAt(i);
        depth += c == Foreign.NAMED || c == Foreign.ISOLATE ? 1 : c == Foreign.END ? -1 : 0;
        word = c == ' ' ? 0 : word + 1;
        line++;
        if (word > LONGEST_WORD || line > LONGEST_LINE) {
          return true;
        }
      }
      return false;
    }
  }
}
