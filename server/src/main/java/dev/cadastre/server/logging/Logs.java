package dev.cadastre.server.logging;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log of this process: our events, and what libraries complain of, as lines on one stream. */
public final class Logs {
  /** Javalin reports a port that is taken both here and by exception. */
  private static final Map<String, Level> LEVELS =
      Map.of("", Level.WARNING, "dev.cadastre", Level.INFO, "io.javalin", Level.OFF);

  /** The manager forgets loggers that nobody holds, and their levels with them. */
  private static final List<Logger> HELD = LEVELS.keySet().stream().map(Logger::getLogger).toList();

  private Logs() {}

  /**
   * Sends the log there from now on.
   *
   * @param traces whether stack traces are shown
   */
  public static void to(PrintStream stream, BooleanSupplier traces) {
    LogManager.getLogManager().reset();
    HELD.forEach(logger -> logger.setLevel(LEVELS.get(logger.getName())));
    Logger.getLogger("").addHandler(new Lines(stream, new LogLines(traces)));
  }

  private static final class Lines extends Handler {
    private final PrintStream stream;

    Lines(PrintStream stream, LogLines lines) {
      this.stream = stream;
      setFormatter(lines);
    }

    @Override
    public void publish(LogRecord event) {
      if (isLoggable(event)) {
        stream.print(getFormatter().format(event));
        stream.flush();
      }
    }

    @Override
    public void flush() {
      stream.flush();
    }

    /** The stream is the process's. */
    @Override
    public void close() {}
  }
}
