package dev.cadastre.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.server.cli.Cadastre;
import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.Variables;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks that hold promises; figures depend on the machine and are not tested. */
class BenchTest {
  private static final int ROUNDS = 2 * Integer.getInteger("cadastre.effort", 1);

  @TempDir private Path directory;

  @Test
  void nothingAcknowledgedIsLostDoubledOrMadeUpWhenTheServerIsKilled() throws Refused {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ProcessContext context =
        new ProcessContext(
            Variables.NONE,
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InstantSource.system(),
            () -> new CountDownLatch(1));
    int exitCode =
        Cadastre.run(
            context,
            "bench",
            "crash",
            "--rounds",
            String.valueOf(ROUNDS),
            "--json",
            "--scratch",
            directory.toString());
    String said = err.toString(StandardCharsets.UTF_8) + out.toString(StandardCharsets.UTF_8);
    assertEquals(0, exitCode, said);
    String last = out.toString(StandardCharsets.UTF_8).lines().reduce("", (before, line) -> line);
    Json.Obj figures = Json.parseObject(last.getBytes(StandardCharsets.UTF_8));
    assertEquals(ROUNDS, figures.integer("rounds"), last);
    assertTrue(figures.integer("acked") > 0, last);
    for (String fault : new String[] {"missing", "duplicated", "invented", "fsck_failures"}) {
      assertEquals(0, figures.integer(fault), said);
    }
  }
}
