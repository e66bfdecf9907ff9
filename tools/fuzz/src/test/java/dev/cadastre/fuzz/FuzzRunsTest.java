package dev.cadastre.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is found, and what is right is not. */
class FuzzRunsTest {
  private static FuzzRuns runs;

  @BeforeAll
  static void start() {
    runs = FuzzRuns.start(new SampleTargets(), Integer.MAX_VALUE);
  }

  @Test
  void aSoundDecoderIsReportedWithWhatWasTried() throws Exception {
    String report = runs.await("sound");
    assertTrue(report.matches("fuzz: sound +[0-9,]+ inputs .* edges"), report);
  }

  @Test
  void aFaultBehindSeveralBranchesIsFoundAndItsInputKept() throws Exception {
    AssertionError finding = assertThrows(AssertionError.class, () -> runs.await("wrong"));
    String message = finding.getMessage();
    assertTrue(message.contains("IllegalStateException: on purpose"), message);
    Matcher input = Pattern.compile("^input: (.+)$", Pattern.MULTILINE).matcher(message);
    assertTrue(input.find(), message);
    byte[] found = Files.readAllBytes(Path.of(input.group(1)));
    assertArrayEquals(
        "bad!".getBytes(StandardCharsets.US_ASCII), java.util.Arrays.copyOf(found, 4));
  }

  @Test
  void targetsThatShareAMachineAreToldApart() throws Exception {
    FuzzRuns shared = FuzzRuns.start(new SampleTargets.Sharing(), 1);
    AssertionError finding = assertThrows(AssertionError.class, () -> shared.await("sound-too"));
    String message = finding.getMessage();
    assertTrue(message.startsWith("target wrong answered"), message);
    Matcher input = Pattern.compile("^input: (.+)$", Pattern.MULTILINE).matcher(message);
    assertTrue(input.find(), message);
    assertArrayEquals(
        "bad!".getBytes(StandardCharsets.US_ASCII),
        java.util.Arrays.copyOf(Files.readAllBytes(Path.of(input.group(1))), 4));
  }

  @ParameterizedTest
  @CsvSource({
    "subclass, NumberFormatException",
    "hungry, bytes of memory for an input of",
    "scribbling, the decoder changed its input",
    "refusing, 'no input, not even a seed, came through'"
  })
  void everyOtherFaultIsFoundToo(String target, String says) {
    AssertionError finding = assertThrows(AssertionError.class, () -> runs.await(target));
    assertTrue(finding.getMessage().contains(says), finding.getMessage());
  }
}
