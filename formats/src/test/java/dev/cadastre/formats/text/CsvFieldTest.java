package dev.cadastre.formats.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fields of a table that people open in a spreadsheet, whatever it splits at. */
class CsvFieldTest {
  private static final List<String> STARTS = List.of("=", "+", "-", "@", "＝", "＋", "－", "＠", "−");

  @Test
  void aFormulaIsHarmlessAfterEverySeparator() {
    for (String start : STARTS) {
      for (String separator : List.of(";", ",", "\t", "|", "\r\n", "\n")) {
        for (String skipped : List.of("", " ", "\"", "  \"", "'", "\u00a0", "\ufeff", "\u0000")) {
          for (String before : List.of("", "a", "a;b")) {
            String text = before + separator + skipped + start + "1+1;x";
            for (char split : new char[] {';', '|', '\t', ','}) {
              assertEquals(List.of(), formulas(CsvField.of(text), split), text);
            }
          }
        }
      }
    }
  }

  /** The cells that run, of a line that has the field as its second, split at that character. */
  private static List<String> formulas(String field, char split) {
    List<String> found = new ArrayList<>();
    if (split == ',') { // then RFC 4180 holds, and the field is one cell
      String inner =
          field.startsWith("\"")
              ? field.substring(1, field.length() - 1).replace("\"\"", "\"")
              : field;
      return runs(inner) ? List.of(inner) : List.of();
    }
    for (String line : ("1," + field + ",2").split("[\r\n]+", -1)) {
      for (String cell : line.split(java.util.regex.Pattern.quote("" + split), -1)) {
        if (runs(cell)) {
          found.add(cell);
        }
      }
    }
    return found;
  }

  private static boolean runs(String cell) {
    int i = 0;
    while (i < cell.length() && (cell.charAt(i) == '"' || cell.charAt(i) <= ' ')) {
      i++;
    }
    return i < cell.length() && STARTS.contains(cell.substring(i, i + 1));
  }

  @Test
  void whatStartsNoCellStaysAsItIs() {
    for (String plain :
        List.of("", "1=1", "a-b", "arn:aws:kms:eu-central-1:1:key/a=b", "a; b", "x@example.org")) {
      assertEquals(plain, CsvField.of(plain));
    }
    assertEquals(";'=1", CsvField.of(";=1"));
    assertEquals("\"a,'=1\"", CsvField.of("a,=1"));
  }

  @Test
  void theCostGrowsWithTheLengthAlone() {
    String tabs = "\t".repeat(1 << 20) + "=1";
    assertTrue(CsvField.of(tabs).endsWith("'=1"));
  }
}
