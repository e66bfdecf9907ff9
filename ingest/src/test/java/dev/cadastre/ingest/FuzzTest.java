package dev.cadastre.ingest;

import dev.cadastre.fuzz.FuzzDocs;
import dev.cadastre.fuzz.FuzzRuns;
import dev.cadastre.fuzz.FuzzSuite;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No input has an answer that it should not have. */
class FuzzTest {
  private static final FuzzSuite SUITE = new IngestTargets();

  @TestFactory
  Stream<DynamicTest> everyInputHasAnExpectedAnswer() {
    FuzzRuns runs = FuzzRuns.start(SUITE);
    return runs.names().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> System.out.println(runs.await(name))));
  }

  @Test
  void thePageOfTargetsNamesThemAll() throws Exception {
    FuzzDocs.requireDescribed(SUITE);
  }
}
