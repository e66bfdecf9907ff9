package dev.cadastre.portal.services;

import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.EntrySource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How many entries all logs have and how far the index is with them. Of the logs only those are
 * read that grew since it was asked before, so that logs that rest cost nothing.
 */
public final class LogFigures {
  private static final long NOTHING = -1;

  private final EntrySource logs;
  private final Supplier<Map<LogName, Long>> indexed;
  private final Map<LogName, Long> sizes = new HashMap<>();
  private long seen = NOTHING;

  /**
   * @param indexed how many entries of each log the index has, by one question
   */
  public LogFigures(EntrySource logs, Supplier<Map<LogName, Long>> indexed) {
    this.logs = logs;
    this.indexed = indexed;
  }

  /**
   * What was found.
   *
   * @param entries in all logs
   * @param indexed of these
   * @param lag entries that the index has yet to read, in the log where it is most
   */
  public record Found(long entries, long indexed, long lag) {}

  /** The figures of now. */
  public synchronized Found find() {
    Map<LogName, Long> done = indexed.get();
    long newest = logs.newestSegment();
    List<LogName> grown = seen == NOTHING || newest < seen ? logs.logs() : logs.grownSince(seen);
    // If one cannot be read, all are read again the next time.
    seen = NOTHING;
    grown.forEach(log -> sizes.put(log, logs.size(log)));
    seen = newest;
    long lag = 0;
    for (Map.Entry<LogName, Long> log : sizes.entrySet()) {
      if (!log.getKey().equals(LogName.ANCHORS)) {
        lag = Math.max(lag, log.getValue() - done.getOrDefault(log.getKey(), 0L));
      }
    }
    return new Found(sum(sizes), sum(done), lag);
  }

  private static long sum(Map<LogName, Long> numbers) {
    return numbers.values().stream().mapToLong(Long::longValue).sum();
  }
}
