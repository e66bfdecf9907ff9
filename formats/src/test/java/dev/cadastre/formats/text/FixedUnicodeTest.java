package dev.cadastre.formats.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedUnicodeTest {
  /** What Java answers from the Unicode tables, the locale or the time zone of where it runs. */
  private static final Pattern VARIES =
      Pattern.compile(
          "Character\\.(getType|getNumericValue|getName|UnicodeBlock|UnicodeScript|toUpperCase"
              + "|toLowerCase|toTitleCase|isLetter|isDigit|isAlphabetic|isUpperCase|isLowerCase"
              + "|isWhitespace|isSpaceChar|isDefined|isJava|isUnicode|isIdeographic|isMirrored"
              + "|isIdentifierIgnorable)"
              + "|\\.strip(Leading|Trailing)?\\(\\)|\\.isBlank\\(\\)|\\.to(Lower|Upper)Case\\("
              + "|[eE]qualsIgnoreCase|compareToIgnoreCase"
              + "|Normalizer|Collator|BreakIterator|\\\\\\\\p\\{|UNICODE_|CASE_INSENSITIVE\\b"
              + "|Locale\\.getDefault|ZoneId\\.systemDefault|TimeZone\\.|String\\.format\\(\""
              + "|\\.formatted\\(|\\bURI\\b|\\bIDN\\b|parallel\\(");

  private static final Path ROOT = Path.of(System.getProperty("cadastre.root"));

  @ParameterizedTest
  @ValueSource(strings = {"formats", "proof"})
  void nothingThatAVerifierRunsAsksWhatVariesWithJava(String module) throws IOException {
    Path own = Path.of("text", "FixedUnicode.java");
    try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
      List<String> found =
          files
              .filter(file -> file.toString().endsWith(".java") && !file.endsWith(own))
              .flatMap(FixedUnicodeTest::varying)
              .toList();
      assertEquals(List.of(), found);
    }
  }

  private static Stream<String> varying(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> VARIES.matcher(line).find())
          .map(line -> file.getFileName() + ": " + line.strip());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theListsAreThese() {
    assertEquals(
        "0cce301b93754317ab4082e2592333e94100d8c089dad9201f016d991aecf304",
        list(FixedUnicode::isHidden));
    assertEquals(
        "29afb402e57e5c49bdc900c7ade91e896bf90712d30833200fb2429e5762e809",
        list(FixedUnicode::isSpace));
  }

  /** What a class of characters is, in a form that shows every change of it. */
  private static String list(IntPredicate kind) {
    String all =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(kind)
            .mapToObj(Integer::toHexString)
            .collect(Collectors.joining(" "));
    return Hash.sha256(all.getBytes(StandardCharsets.UTF_8)).hex();
  }

  @Test
  void nothingHiddenIsMissing() {
    String missing =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(c -> c != ' ' && isOfHiddenType(c) && !FixedUnicode.isHidden(c))
            .mapToObj(Integer::toHexString)
            .collect(Collectors.joining(" "));
    assertEquals("", missing);
  }

  private static boolean isOfHiddenType(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }

  @Test
  void anAssignedAndAnUnassignedCharacterAreTheSame() {
    // U+A7CB came with Unicode 16, U+10D50 too, U+1C89 too; U+0378 is still free.
    for (int c : new int[] {0xA7CB, 0x10D50, 0x1C89, 0x378}) {
      String text = Character.toString(c);
      assertFalse(FixedUnicode.isHidden(c));
      assertEquals(text, FixedUnicode.lowerCase(text));
      assertEquals("x" + text + "=1", CsvField.of("x" + text + "=1"));

      assertEquals(text, VisibleText.of(text));
    }
  }

  @Test
  void spacesAndCaseAreAsUsual() {
    assertEquals("a b", FixedUnicode.strip(" \t\u3000a b\u2003\n\u001c"));
    assertEquals("", FixedUnicode.strip("\u00a0 "));
    assertTrue(FixedUnicode.isBlank(" \u00a0\u2028"));
    assertTrue(FixedUnicode.isBlank(""));
    assertFalse(FixedUnicode.isBlank(" \u200b"));
    assertEquals("münchen αθηνα москва k", FixedUnicode.lowerCase("MÜNCHEN ΑΘΗΝΑ МОСКВА \u212a"));
  }
}
