package dev.cadastre.ledger.search.index;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.EntrySource;
import dev.cadastre.ledger.search.stored.Block;
import dev.cadastre.ledger.search.stored.Courtesy;
import dev.cadastre.ledger.store.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One holder of the index lock, going from log to log. */
final class IndexRun implements AutoCloseable {
  private static final int BLOCKS_PER_BATCH = 4;
  private static final long NOTHING = -1;
  private static final double FAST_PER_S = 20_000;
  private static final long BEHIND_MAX = 2_000_000;
  private static final int RESTS = 4;
  private static final long RETRY_AFTER_NS = 60_000_000_000L;

  private final EntrySource logs;
  private final IndexWriter writer;
  private final Consumer<String> dropped;
  private final Map<LogName, Long> positions = new HashMap<>();

  /**
   * Logs that could not be indexed, and why; each is tried again when it grows, at most so often.
   */
  private final Map<LogName, Failed> failed = new TreeMap<>();

  private record Failed(RuntimeException why, long sinceNs) {
    boolean mayBeTried() {
      return !(why instanceof LogStopped) && System.nanoTime() - sinceNs > RETRY_AFTER_NS;
    }
  }

  /** Up to which segment every log is indexed; nothing is known of before the first look. */
  private long seen = NOTHING;

  /** Told after each batch how far a log is; answers whether to go on. */
  interface Progress {
    boolean at(LogName log, long position);
  }

  /**
   * @param dropped told in one line of each log whose index was dropped, and why
   */
  IndexRun(Database index, EntrySource logs, Consumer<String> dropped) {
    this.logs = logs;
    this.writer = new IndexWriter(index, logs);
    this.dropped = dropped;
  }

  /**
   * Drops whatever is indexed of a log that has other entries, or fewer, or is not there: an older
   * copy of the ledger was put back, or the index is another's.
   */
  void reconcile() {
    for (LogName log : writer.logs()) {
      try {
        position(log, logs.size(log));
      } catch (LogStopped itself) {
        // Nothing is known of its entries, and nothing is indexed of it until it is whole again.
      }
    }
  }

  /**
   * Rebuilds if that was asked for, and indexes every log up to where it ends now, or until told to
   * stop. A log that cannot be indexed does not keep the others from it, see {@link #problem()}.
   *
   * @return whether any log had grown
   * @throws RuntimeException the first failure if every log that was tried met one, as when the
   *     index cannot be written; {@link dev.cadastre.ledger.model.StorageFailure} unless this
   *     program is wrong
   */
  boolean catchUp(Progress progress) {
    rebuildIfAsked();
    Courtesy.letOthersRun();
    long newest = logs.newestSegment();
    List<LogName> again =
        failed.entrySet().stream()
            .filter(one -> one.getValue().mayBeTried())
            .map(Map.Entry::getKey)
            .toList();
    if (newest == seen && again.isEmpty()) {
      return false;
    }
    Set<LogName> grown = new LinkedHashSet<>(again);
    grown.addAll(seen == NOTHING || newest < seen ? logs.logs() : logs.grownSince(seen));
    grown.removeIf(log -> failed.containsKey(log) && !failed.get(log).mayBeTried());
    seen = NOTHING;
    if (catchUp(grown, progress)) {
      seen = newest;
    }
    return true;
  }

  /** Whether it got to where they ended, but for those that failed. */
  private boolean catchUp(Set<LogName> grown, Progress progress) {
    List<RuntimeException> failures = new ArrayList<>();
    boolean whole = true;
    for (LogName log : grown) {
      try {
        whole &= catchUp(log, progress);
        failed.remove(log);
      } catch (RuntimeException failure) {
        failed.put(log, new Failed(failure, System.nanoTime()));
        positions.remove(log);
        if (!(failure instanceof LogStopped)) {
          failures.add(failure);
        }
      }
    }
    if (!failures.isEmpty() && failures.size() == grown.size()) {
      throw failures.get(0);
    }
    return whole;
  }

  /**
   * Indexes every log up to where it ends now.
   *
   * @throws RuntimeException if one cannot be, after all others were
   */
  void all(Progress progress) {
    catchUp(progress);
    Optional<RuntimeException> problem = problem();
    if (problem.isPresent()) {
      throw problem.get();
    }
  }

  /** Why a log cannot be indexed, if one cannot. */
  Optional<RuntimeException> problem() {
    return failed.values().stream().map(Failed::why).findFirst();
  }

  private void rebuildIfAsked() {
    long asked = writer.rebuildAsked();
    if (asked != 0) {
      writer.clear(asked);
      positions.clear();
      failed.clear();
      seen = NOTHING;
    }
  }

  /** What is appended meanwhile gathers for the next time. */
  private boolean catchUp(LogName log, Progress progress) {
    long target = logs.size(log);
    long size = target;
    Courtesy.letOthersRun();
    long position = position(log, size);
    boolean goOn = true;
    while (position < target && goOn) {
      long end = Math.min(target, (position / Block.SIZE + BLOCKS_PER_BATCH) * Block.SIZE);
      long begin = System.nanoTime();
      List<byte[]> entries = logs.bytes(log, position, end);
      if (position > 0 && !follows(log, entries.get(0))) {
        drop(log, "entry " + position + " does not follow what is indexed before it");
        return catchUp(log, progress);
      }
      Courtesy.letOthersRun();
      writer.index(log, entries);
      position = end;
      size = letAppendsGoFirst(log, size, position, System.nanoTime() - begin);
      positions.put(log, position);
      goOn = progress.at(log, position);
    }
    return position >= target;
  }

  /** How far the log is indexed; 0 once what was indexed turned out to be of another log. */
  private long position(LogName log, long size) {
    Long known = positions.get(log);
    long position = known == null ? writer.position(log) : known;
    if (position > size) {
      drop(log, position + " entries are indexed, the log has " + size);
      position = 0;
    } else if (known == null && position > 0 && !agrees(log, position)) {
      drop(log, "entry " + (position - 1) + " is another in the log than in the index");
      position = 0;
    }
    positions.put(log, position);
    return position;
  }

  private boolean agrees(LogName log, long position) {
    Hash leaf = Merkle.leafHash(logs.bytes(log, position - 1, position).get(0));
    return writer.lastLeaf(log).equals(Optional.of(leaf));
  }

  private boolean follows(LogName log, byte[] entry) {
    try {
      return writer.lastLeaf(log).equals(Optional.of(Entry.parse(entry).prev()));
    } catch (Refused damage) {
      throw new StorageFailure(
          "log " + log + " holds a damaged entry: " + damage.getMessage(), damage);
    }
  }

  private void drop(LogName log, String why) {
    writer.drop(log);
    positions.remove(log);
    dropped.accept("log " + log + ": " + why);
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
