package dev.cadastre.server.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * One line an event: time in UTC, level, who says it, what, and each cause with the place where the
 * first of them was thrown. A stack trace follows only on request: a full disk, or a peer that
 * sends nonsense, must not fill the log.
 */
final class LogLines extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int CAUSES_MAX = 8;

  private final BooleanSupplier traces;

  LogLines(BooleanSupplier traces) {
    this.traces = traces;
  }

  @Override
  public String format(LogRecord event) {
    StringBuilder line = new StringBuilder(TIME.format(event.getInstant()));
    line.append(" [").append(level(event.getLevel())).append("] ");
    line.append(shortName(event.getLoggerName())).append(" - ");
    line.append(formatMessage(event));
    causes(line, event.getThrown());
    String one = oneLine(line);
    return event.getThrown() != null && traces.getAsBoolean()
        ? one + trace(event.getThrown())
        : one;
  }

  private static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    return level.intValue() >= Level.WARNING.intValue() ? "WARN" : "INFO";
  }

  private static String shortName(@Nullable String logger) {
    return logger == null ? "" : logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static void causes(StringBuilder line, @Nullable Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < CAUSES_MAX; i++, cause = cause.getCause()) {
      line.append(": ").append(cause.getClass().getSimpleName());
      if (cause.getMessage() != null) {
        line.append(": ").append(cause.getMessage());
      }
      StackTraceElement[] frames = cause.getStackTrace();
      if (i == 0 && frames.length > 0) {
        line.append(" (at ").append(frames[0]).append(')');
      }
    }
  }

  /** What a peer sent may stand in a message: it begins no line of its own, nor moves a cursor. */
  private static String oneLine(StringBuilder line) {
    return line.toString().strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?")
        + System.lineSeparator();
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
