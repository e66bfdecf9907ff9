package dev.cadastre.server.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLinesTest {
  private static LogRecord event(String message, Throwable thrown) {
    LogRecord event = new LogRecord(Level.SEVERE, message);
    event.setLoggerName("dev.cadastre.ledger.sequencer.Sequencer");
    event.setInstant(Instant.parse("2026-11-27T08:00:00Z"));
    event.setThrown(thrown);
    return event;
  }

  private static IOException thrown() {
    IOException disk = new IOException("cannot write", new IOException("No space left on device"));
    disk.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("dev.cadastre.Store", "write", "Store.java", 12),
          new StackTraceElement("dev.cadastre.Store", "run", "Store.java", 34)
        });
    return disk;
  }

  @Test
  void failureIsOneLineWithItsCausesAndPlace() {
    assertEquals(
        "2026-11-27T08:00:00.000Z [ERROR] Sequencer - stopped: IOException: cannot write"
            + " (at dev.cadastre.Store.write(Store.java:12)): IOException: No space left on device"
            + System.lineSeparator(),
        new LogLines(() -> false).format(event("stopped", thrown())));
  }

  @Test
  void traceFollowsOnRequest() {
    String text = new LogLines(() -> true).format(event("stopped", thrown()));
    assertTrue(text.contains("at dev.cadastre.Store.run(Store.java:34)"), text);
  }

  @Test
  void messageBeginsNoLineOfItsOwnAndMovesNoCursor() {
    String text = new LogLines(() -> false).format(event("a\r\n2026 [INFO] forged\u001b[2J", null));
    assertEquals(
        "2026-11-27T08:00:00.000Z [ERROR] Sequencer - a 2026 [INFO] forged?[2J"
            + System.lineSeparator(),
        text);
  }
}
