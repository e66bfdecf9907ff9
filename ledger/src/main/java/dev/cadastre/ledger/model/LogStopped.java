package dev.cadastre.ledger.model;

import org.jspecify.annotations.Nullable;

/**
 * One log takes no entries and gets no signature, because what is stored of it is damaged or is not
 * what was signed. All other logs go on.
 */
public final class LogStopped extends StorageFailure {
  private static final long serialVersionUID = 1L;

  private final LogName log;
  private final String why;

  public LogStopped(LogName log, String why, @Nullable Throwable cause) {
    super("log " + log + " is stopped: " + why, cause);
    this.log = log;
    this.why = why;
  }

  public LogName log() {
    return log;
  }

  /** The message as a sentence, for people. */
  public String sentence() {
    return "Log " + log + " is stopped: " + why + ".";
  }
}
