package dev.cadastre.ingest.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The text of {@code partial_success}. */
class WarningsTest {
  @Test
  void nothingToSayIsNoWarning() {
    assertEquals(Optional.empty(), new Warnings(Signal.LOGS, 3).text());
  }

  @Test
  void problemsNameTheRecordAndTheReason() {
    Warnings warnings = new Warnings(Signal.LOGS, 3);
    warnings.problem(1, "attribute \"a\" appears twice");
    assertEquals(
        Optional.of(
            "1 of 3 were kept, but have a problem: log record 1: attribute \"a\" appears twice"),
        warnings.text());
  }

  /** One record may bring a batch. */
  @Test
  void noMoreAreCountedThanThereAre() {
    Warnings warnings = new Warnings(Signal.EVENTS, 1);
    for (int i = 0; i < 3; i++) {
      warnings.kept();
      warnings.unknown();
    }
    warnings.problem(0, "x");
    String text = warnings.text().orElseThrow();
    assertTrue(text.contains("3 of 3 are of no known kind"), text);
    assertTrue(text.contains("1 of 3 were kept"), text);
  }

  @Test
  void cutTextsAreStillText() {
    Warnings warnings = new Warnings(Signal.LOGS, 1);
    warnings.problem(0, "\ud83d\ude00".repeat(1_000));
    warnings.problem(0, "x" + "\ud83d\ude00".repeat(1_000));
    String text = warnings.text().orElseThrow();
    assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(text), text);
  }

  @Test
  void warningsStaySmallWhateverWasSent() {
    Warnings warnings = new Warnings(Signal.TRACES, 200_000);
    for (int i = 0; i < 100_000; i++) {
      warnings.problem(i, "x".repeat(10_000));
      warnings.passedOver();
    }
    String text = warnings.text().orElseThrow();
    assertTrue(text.length() < 10_000, () -> text.length() + " characters");
    assertTrue(text.contains("and 99990 more"), text);
    assertTrue(text.contains("100000 of 200000 spans"), text);
  }
}
