package dev.cadastre.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cell.CellIdentity;
import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.Variables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start under a clock that is far ahead of the newest entry. */
class ServeClockTest {
  private static final Instant NEWEST = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path dir;
  private Instant now = NEWEST;

  /** Serves, and is asked to stop at once. */
  private Session.Ran serve(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "serve",
                "--data",
                dir.toString(),
                "--portal-port",
                "0",
                "--otlp-http-port",
                "0",
                "--otlp-grpc-port",
                "0"));
    args.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ProcessContext host =
        new ProcessContext(
            Variables.NONE,
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            () -> now,
            () -> new CountDownLatch(0));
    int exitCode = Cadastre.run(host, args.toArray(String[]::new));
    return new Session.Ran(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private long entries() throws Exception {
    CellIdentity identity = CellIdentity.of(dir).orElseThrow();
    try (Cell cell = Cell.open(dir, identity, () -> now)) {
      return cell.ledger().reader(LogName.CELL).size();
    }
  }

  @Test
  void isRefusedUntilSomebodySaysThatTheClockIsRightWhichIsNotedOnce() throws Exception {
    assertEquals(0, serve().exitCode());
    now = NEWEST.plus(Duration.ofDays(400));
    long before = entries();
    Session.Ran refused = serve();
    assertEquals(2, refused.exitCode(), refused::err);
    assertEquals(1, refused.errorLines(), refused::err);
    assertTrue(refused.err().contains("--the-clock-is-right"), refused::err);
    assertEquals("", refused.out());
    assertEquals(before, entries(), "nothing was written");

    Session.Ran confirmed = serve("--the-clock-is-right");
    assertEquals(0, confirmed.exitCode(), confirmed::err);
    assertTrue(confirmed.out().startsWith("ready "), confirmed::out);
    assertEquals(before + 1, entries());
    assertEquals(0, serve().exitCode(), "it is settled");
    assertEquals(before + 1, entries());
  }
}
