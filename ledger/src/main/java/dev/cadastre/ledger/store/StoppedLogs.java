package dev.cadastre.ledger.store;

import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.model.RowsDamaged;
import dev.cadastre.ledger.model.StorageFailure;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jooq.exception.DataTypeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logs that are stopped, each with the first reason that was found, until the process is
 * restarted: damage does not heal, and whoever repairs it wants it read anew. Safe for use by
 * several threads.
 */
public final class StoppedLogs {
  private static final Logger LOG = LoggerFactory.getLogger(StoppedLogs.class);

  private final Map<LogName, String> reasons = new ConcurrentHashMap<>();

  /** Stops a log; says what its callers are told. */
  public LogStopped stop(LogName log, String why, @Nullable Throwable cause) {
    if (reasons.putIfAbsent(log, why) == null) {
      LOG.error("log {} is stopped: {}", log, why);
    }
    return new LogStopped(log, reasons.getOrDefault(log, why), cause);
  }

  /** Lets a log go on whose reason is no more. */
  public void resume(LogName log) {
    reasons.remove(log);
  }

  public boolean isStopped(LogName log) {
    return !reasons.isEmpty() && reasons.containsKey(log);
  }

  /** Why a log is stopped, if it is. */
  public Optional<String> why(LogName log) {
    return Optional.ofNullable(reasons.get(log));
  }

  /** All of them, in the order of their names. */
  public Map<LogName, String> all() {
    return new TreeMap<>(reasons);
  }

  /**
   * @throws LogStopped if it is
   */
  public void requireRunning(LogName log) {
    String why = reasons.get(log);
    if (why != null) {
      throw new LogStopped(log, why, null);
    }
  }

  /**
   * Reads rows of one log. If the database finds them damaged, that is the log's own case; if they
   * cannot be read for another reason, it is not known whose.
   */
  <T> T reading(LogName log, Supplier<T> read) {
    try {
      return read.get();
    } catch (LogStopped stopped) {
      throw stopped;
    } catch (StorageFailure failure) {
      throw isDamage(failure) ? stop(log, String.valueOf(failure.getMessage()), failure) : failure;
    }
  }

  private static boolean isDamage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataTypeException || cause instanceof RowsDamaged) {
        return true;
      }
    }
    return false;
  }
}
