package dev.cadastre.demo;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.server.cli.Cadastre;
import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.Variables;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands that are no part of the product, as they are found and as they explain themselves.
 */
class ToolCommandsTest {
  private record Ran(int exitCode, String out, String err) {}

  private static Ran run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Cadastre.run(
            new ProcessContext(
                Variables.NONE,
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> Instant.parse("2026-03-01T12:00:00Z"),
                () -> new CountDownLatch(1)),
            args);
    return new Ran(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "bench",
        "bench ingest",
        "bench verify",
        "bench query",
        "bench crash",
        "bench overload"
      })
  void everyCommandExplainsItself(String command) {
    Ran ran = run((command + " --help").split(" "));
    assertAll(
        command,
        () -> assertEquals(0, ran.exitCode, ran.err),
        () -> assertTrue(ran.out.startsWith("Usage: cadastre " + command), ran.out),
        () -> assertTrue(ran.out.contains("--debug"), ran.out),
        () -> assertFalse(ran.out.lines().anyMatch(line -> line.length() > 100), ran.out),
        () -> assertEquals("", ran.err));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bench crash --rounds 0 | --rounds is 1 or more; found 0",
        "bench crash --rounds many | Invalid value for option '--rounds': 'many' is not an int;"
            + " see cadastre bench crash --help",
        "bench query --large -5 | --large is 50000 or more; found -5",
        "bench query --queries 0 | --queries is 1 or more; found 0",
      })
  void aCommandLineThatMeansNothingIsOneLineAndExitCodeTwo(String line, String message) {
    Ran ran = run(line.split(" "));
    assertAll(
        line,
        () -> assertEquals("cadastre: " + message, ran.err.strip()),
        () -> assertEquals(2, ran.exitCode),
        () -> assertEquals("", ran.out));
  }
}
