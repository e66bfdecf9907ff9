package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/otlp.md names the test that holds each requirement; the tests it names exist. */
class OtlpPageTest {
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+Test)\\.([a-zA-Z0-9]+)`");

  @Test
  void everyTestThatThePageNamesExists() throws Exception {
    String page = Files.readString(Path.of(System.getProperty("cadastre.root"), "docs/otlp.md"));
    List<MatchResult> named = TEST.matcher(page).results().toList();
    assertTrue(named.size() > 50, () -> named.size() + " tests found on the page");
    List<String> missing =
        named.stream().filter(one -> !exists(one)).map(MatchResult::group).toList();
    assertEquals(List.of(), missing);
  }

  private static boolean exists(MatchResult test) {
    try {
      Class<?> type = Class.forName("dev.cadastre.ingest." + test.group(1));
      return Arrays.stream(type.getDeclaredMethods())
          .anyMatch(method -> method.getName().equals(test.group(2)));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
