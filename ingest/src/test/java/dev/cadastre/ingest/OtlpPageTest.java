package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages name the test that holds each requirement; the tests they name exist. */
class OtlpPageTest {
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+Test)\\.([a-zA-Z0-9]+)`");
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root"));

  /** One that is named as a whole. */
  private static final Pattern WHOLE = Pattern.compile("`([A-Z][A-Za-z]+Test)`");

  private final Map<String, String> sources = new HashMap<>();

  @ParameterizedTest
  @CsvSource({
    "otlp.md, 50",
    "audit.md, 30",
    "importers.md, 20",
    "location-evidence.md, 30",
    "senders.md, 20"
  })
  void everyTestThatThePageNamesExists(String page, int tests) throws Exception {
    readTests("ingest");
    readTests("portal");
    readTests("server");
    List<MatchResult> named =
        TEST.matcher(Files.readString(ROOT.resolve("docs").resolve(page))).results().toList();
    assertTrue(named.size() > tests, () -> named.size() + " tests found on the page");
    List<String> missing =
        named.stream().filter(one -> !exists(one)).map(MatchResult::group).toList();
    assertEquals(List.of(), missing);
    List<String> missingClasses =
        WHOLE
            .matcher(Files.readString(ROOT.resolve("docs").resolve(page)))
            .results()
            .map(one -> one.group(1) + ".java")
            .filter(name -> !sources.containsKey(name))
            .toList();
    assertEquals(List.of(), missingClasses);
  }

  /** A row without a test that holds it is a promise that nobody keeps. */
  @Test
  void everyRequirementOfOtlpNamesItsTest() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/otlp.md"));
    List<String> bare =
        page.substring(0, page.indexOf("## Clients that were tried"))
            .lines()
            .filter(line -> line.startsWith("| ") && !line.endsWith("| test |"))
            .filter(line -> !line.matches(".*`[A-Z][A-Za-z]+Test(\\.[a-zA-Z0-9]+)?`.*"))
            .toList();
    assertEquals(List.of(), bare);
  }

  private void readTests(String module) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/test/java"))) {
      files.filter(file -> file.toString().endsWith("Test.java")).forEach(this::read);
    }
  }

  private void read(Path file) {
    try {
      sources.put(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean exists(MatchResult test) {
    String source = sources.getOrDefault(test.group(1) + ".java", "");
    return source.contains("void " + test.group(2) + "(");
  }
}
