package dev.cadastre.ledger.search;

import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.store.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One holder of the index lock, going from log to log. */
final class IndexRun implements AutoCloseable {
  private static final int BLOCKS_PER_BATCH = 4;
  private static final long NOTHING = -1;
  private static final double FAST_PER_S = 20_000;
  private static final long BEHIND_MAX = 2_000_000;
  private static final int RESTS = 4;

  private final EntrySource logs;
  private final IndexWriter writer;
  private final Map<LogName, Long> positions = new HashMap<>();

  /** Up to which segment every log is indexed; nothing is known of before the first look. */
  private long seen = NOTHING;

  /** Told after each batch how far a log is; answers whether to go on. */
  interface Progress {
    boolean at(LogName log, long position);
  }

  IndexRun(Database index, EntrySource logs) {
    this.logs = logs;
    this.writer = new IndexWriter(index, logs);
  }

  /**
   * Rebuilds if that was asked for, and indexes every log up to where it ends now, or until told to
   * stop. A log that cannot be indexed does not keep the others from it.
   *
   * @return whether any log had grown
   * @throws RuntimeException the first failure of those that some logs met, after all others were
   *     done; {@link dev.cadastre.ledger.StorageFailure} unless this program is wrong
   */
  boolean catchUp(Progress progress) {
    rebuildIfAsked();
    Courtesy.letOthersRun();
    long newest = logs.newestSegment();
    if (newest == seen) {
      return false;
    }
    List<LogName> grown = seen == NOTHING || newest < seen ? logs.logs() : logs.grownSince(seen);
    seen = NOTHING;
    if (catchUp(grown, progress)) {
      seen = newest;
    }
    return true;
  }

  /** Whether it got to where they ended. */
  private boolean catchUp(List<LogName> grown, Progress progress) {
    @Nullable RuntimeException first = null;
    boolean whole = true;
    for (LogName log : grown) {
      try {
        whole &= catchUp(log, progress);
      } catch (RuntimeException failure) {
        first = first == null ? failure : first;
      }
    }
    if (first != null) {
      throw first;
    }
    return whole;
  }

  private void rebuildIfAsked() {
    long asked = writer.rebuildAsked();
    if (asked != 0) {
      writer.clear(asked);
      positions.clear();
      seen = NOTHING;
    }
  }

  /** What is appended meanwhile gathers for the next time. */
  private boolean catchUp(LogName log, Progress progress) {
    long target = logs.size(log);
    long size = target;
    Courtesy.letOthersRun();
    long position = positions.computeIfAbsent(log, writer::position);
    boolean goOn = true;
    while (position < target && goOn) {
      long end = Math.min(target, (position / Block.SIZE + BLOCKS_PER_BATCH) * Block.SIZE);
      long begin = System.nanoTime();
      List<byte[]> entries = logs.bytes(log, position, end);
      Courtesy.letOthersRun();
      writer.index(log, entries);
      position = end;
      size = letAppendsGoFirst(log, size, position, System.nanoTime() - begin);
      positions.put(log, position);
      goOn = progress.at(log, position);
    }
    return position >= target;
  }

  /**
   * Rests a few times as long as the batch took while the log grows fast: senders wait for appends,
   * and nobody for the index, unless it falls too far behind.
   *
   * @return the log's size by now
   */
  private long letAppendsGoFirst(LogName log, long sizeBefore, long position, long tookNs) {
    long size = logs.size(log);
    double perSecond = (size - sizeBefore) * 1e9 / tookNs;
    if (perSecond > FAST_PER_S && size - position < BEHIND_MAX) {
      LockSupport.parkNanos(RESTS * tookNs);
    }
    return size;
  }

  @Override
  public void close() {
    writer.close();
  }
}
