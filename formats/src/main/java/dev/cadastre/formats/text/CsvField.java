package dev.cadastre.formats.text;

/**
 * One field of a table for people with a spreadsheet (RFC 4180), in which nothing runs as a
 * formula: what would gets an apostrophe in front.
 *
 * <p>A spreadsheet may split at other characters than the comma (at the semicolon where the comma
 * is the decimal sign). Then a quotation mark is no longer the first of its cell and protects
 * nothing, so a cell may start after each separator and each end of a line within the field, too.
 */
public final class CsvField {
  /** U+FF1D, U+FF0B, U+FF0D, U+FF20 are full-width forms, U+2212 is the minus sign. */
  private static final String FORMULA_STARTS = "=+-@\uff1d\uff0b\uff0d\uff20\u2212";

  private static final String SEPARATORS = ";,|\t";
  private static final String LINE_ENDS = "\r\n";

  private CsvField() {}

  /** The field as it stands between two commas. */
  public static String of(String text) {
    String harmless = harmless(text);
    boolean quoted = harmless.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return quoted ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
  }

  /** From the end to the start, so that what follows each character is known. */
  private static String harmless(String text) {
    StringBuilder reversed = new StringBuilder(text.length() + 8);
    boolean formula = false;
    boolean closed = false;
    for (int i = text.length() - 1; i >= 0; i--) {
      char c = text.charAt(i);
      boolean separator = SEPARATORS.indexOf(c) >= 0;
      // A line that a field begins with an end of is a formula only if a separator closes it.
      boolean lineEnd = LINE_ENDS.indexOf(c) >= 0 && (i > 0 || closed);
      if (formula && (separator || lineEnd)) {
        reversed.append('\'');
      }
      reversed.append(c);
      formula = FORMULA_STARTS.indexOf(c) >= 0 || (formula && isSkipped(c));
      closed |= separator && c != ',';
    }
    boolean control = !text.isEmpty() && "\t\r\n".indexOf(text.charAt(0)) >= 0;
    return (formula || control ? "'" : "") + reversed.reverse();
  }

  /** What spreadsheets pass over before they look for a formula. */
  private static boolean isSkipped(char c) {
    return c == '"' || c == '\'' || c == ' ' || FixedUnicode.isHidden(c);
  }
}
