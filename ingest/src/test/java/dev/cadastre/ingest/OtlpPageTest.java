package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * docs/otlp.md, docs/audit.md and docs/importers.md name the tests that hold each requirement;
 * these exist.
 */
class OtlpPageTest {
  private static final List<String> PACKAGES =
      List.of("dev.cadastre.ingest.", "dev.cadastre.ingest.integrity.");
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+Test)\\.([a-zA-Z0-9]+)`");

  @ParameterizedTest
  @CsvSource({"otlp.md, 50", "audit.md, 30", "importers.md, 20"})
  void everyTestThatThePageNamesExists(String file, int tests) throws Exception {
    String page = Files.readString(Path.of(System.getProperty("cadastre.root"), "docs", file));
    List<MatchResult> named = TEST.matcher(page).results().toList();
    assertTrue(named.size() > tests, () -> named.size() + " tests found on the page");
    List<String> missing =
        named.stream().filter(one -> !exists(one)).map(MatchResult::group).toList();
    assertEquals(List.of(), missing);
  }

  private static boolean exists(MatchResult test) {
    return PACKAGES.stream().anyMatch(inside -> exists(inside + test.group(1), test.group(2)));
  }

  private static boolean exists(String type, String name) {
    try {
      return Arrays.stream(Class.forName(type).getDeclaredMethods())
          .anyMatch(method -> method.getName().equals(name));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
