package dev.cadastre.proof.report;

import dev.cadastre.formats.text.FixedUnicode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Writes a page: markup as it is, and everything that came from elsewhere as harmless text. */
final class HtmlWriter {
  /** UTF-16 units of a foreign text that are shown. */
  private static final int SHOWN = 300;

  private final StringBuilder out = new StringBuilder();

  /** Markup of ours. */
  HtmlWriter raw(String markup) {
    out.append(markup);
    return this;
  }

  /** A text of ours. */
  HtmlWriter text(String text) {
    text.codePoints().forEach(this::escaped);
    return this;
  }

  /**
   * A text of somebody else's: shortened, kept from turning the direction of what stands beside it,
   * and with control characters made visible.
   */
  HtmlWriter foreign(String text) {
    return raw("<bdi>").text(shortened(text)).raw("</bdi>");
  }

  /** Foreign texts, separated by commas. */
  HtmlWriter foreign(Iterable<String> texts) {
    String between = "";
    for (String text : texts) {
      raw(between).foreign(text);
      between = ", ";
    }
    return this;
  }

  HtmlWriter code(String text) {
    return raw("<code>").foreign(text).raw("</code>");
  }

  /** How many, with commas between thousands. */
  HtmlWriter count(long number) {
    return raw(String.format(Locale.ROOT, "%,d", number));
  }

  /** A cell of a table with a number. */
  HtmlWriter number(long number) {
    return raw("<td class=\"n\">").count(number).raw("</td>");
  }

  /** The number of an entry. */
  HtmlWriter index(long index) {
    return raw(Long.toString(index));
  }

  /** Begins a table; columns of numbers are named with a leading {@code #}. */
  HtmlWriter table(String caption, List<String> columns) {
    raw("<div class=\"scroll\"><table>\n<caption>").raw(caption).raw("</caption>\n<thead><tr>");
    for (String column : columns) {
      boolean number = column.startsWith("#");
      raw(number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">")
          .raw(number ? column.substring(1) : column)
          .raw("</th>");
    }
    return raw("</tr></thead>\n<tbody>\n");
  }

  HtmlWriter endTable() {
    return raw("</tbody>\n</table></div>\n");
  }

  byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String shortened(String text) {
    if (text.length() <= SHOWN) {
      return text;
    }
    boolean within = Character.isHighSurrogate(text.charAt(SHOWN - 1));
    return text.substring(0, within ? SHOWN - 1 : SHOWN) + "…";
  }

  private void escaped(int c) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> {
        if (c != '\n' && FixedUnicode.isHidden(c)) {
          out.append(String.format(Locale.ROOT, "[U+%04X]", c));
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }
}
