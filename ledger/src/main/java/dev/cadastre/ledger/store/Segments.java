package dev.cadastre.ledger.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.ledger.jooq.ledger.tables.records.SegmentRecord;
import dev.cadastre.ledger.model.LogName;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Entries by their index, out of segments. Keeps the segments that were read lately, those that are
 * read often for longest; one is decoded once for all that read it at a time. Safe for use by
 * several threads.
 */
public final class Segments {
  /** Segments in one query: as many as hold so many entries, and a few at least. */
  private static final int ENTRIES_AHEAD = 8 * SegmentCodec.MAX_ENTRIES;

  private static final int SEGMENTS_AHEAD = 8;
  private static final long KEPT_BYTES = 16L << 20;

  /** Consecutive entries. The bytes are shared: not to be changed. */
  public record Run(long firstIndex, List<byte[]> entries) {
    public boolean holds(long index) {
      return index >= firstIndex && index - firstIndex < entries.size();
    }

    public byte[] entry(long index) {
      return entries.get((int) (index - firstIndex));
    }
  }

  private record Key(LogName log, long firstIndex) {}

  private final LedgerStore store;
  private final StoppedLogs stopped;
  private final Cache<Key, List<byte[]>> kept =
      Caffeine.newBuilder()
          .maximumWeight(KEPT_BYTES)
          .weigher((Key key, List<byte[]> entries) -> bytes(entries))
          .executor(Runnable::run)
          .build();

  /**
   * @param stopped told of each log of which a segment is damaged or missing
   */
  public Segments(LedgerStore store, StoppedLogs stopped) {
    this.store = store;
    this.stopped = stopped;
  }

  /**
   * One entry's bytes. Shared: not to be changed.
   *
   * @throws NoSuchElementException if the log has no such entry
   * @throws dev.cadastre.ledger.model.LogStopped if it is damaged, as for all that follows
   */
  public byte[] entry(LogName log, long index) {
    return run(log, index).entry(index);
  }

  /**
   * The segment that holds an entry.
   *
   * @throws NoSuchElementException if the log has no such entry
   */
  public Run run(LogName log, long index) {
    long first =
        stopped
            .reading(log, () -> store.segmentStart(log, index))
            .orElseThrow(() -> none(log, index));
    Key key = new Key(log, first);
    List<byte[]> entries = kept.get(key, this::load);
    Run run = new Run(first, entries);
    if (!run.holds(index)) {
      throw none(log, index);
    }
    return run;
  }

  private List<byte[]> load(Key key) {
    SegmentRecord row =
        stopped.reading(key.log, () -> store.segmentsFrom(key.log, key.firstIndex, 1)).get(0);
    return decode(key.log, row);
  }

  /** When the last entry of a row was received; empty if the row is damaged. */
  public Optional<Instant> lastReceived(SegmentRecord row) {
    try {
      List<byte[]> entries = SegmentCodec.decode(row.getBytes(), row.getCount());
      long received = Entry.parse(entries.get(entries.size() - 1)).received();
      return Optional.of(Instant.ofEpochSecond(0, received));
    } catch (Refused damage) {
      return Optional.empty();
    }
  }

  /**
   * Hands over the bytes of entries from (inclusive) to (exclusive), in order, a few thousand in
   * memory at a time.
   */
  public void forEach(LogName log, long from, long to, Consumer<byte[]> consumer) {
    if (from >= to) {
      return;
    }
    long start =
        stopped
            .reading(log, () -> store.segmentStart(log, from))
            .orElseThrow(() -> none(log, from));
    Iterator<SegmentRecord> rows = List.<SegmentRecord>of().iterator();
    int ahead = SEGMENTS_AHEAD;
    for (long next = from; next < to; ) {
      if (!rows.hasNext()) {
        int atMost = (int) Math.min(ahead, to - next);
        long first = next == from ? start : next;
        List<SegmentRecord> read =
            stopped.reading(log, () -> store.segmentsFrom(log, first, atMost));
        ahead = ahead(read);
        rows = read.iterator();
      }
      if (!rows.hasNext()) {
        throw none(log, next);
      }
      next = handOver(log, rows.next(), next, to, consumer);
    }
  }

  /** A log of many small segments would take a query for every few entries. */
  private static int ahead(List<SegmentRecord> like) {
    int entries = like.stream().mapToInt(SegmentRecord::getCount).sum();
    return Math.max(SEGMENTS_AHEAD, ENTRIES_AHEAD / Math.max(1, entries) * like.size());
  }

  private long handOver(
      LogName log, SegmentRecord row, long next, long to, Consumer<byte[]> consumer) {
    long first = row.getFirstIndex();
    long end = Math.min(to, first + row.getCount());
    if (next < first || next >= end) {
      throw none(log, next);
    }
    List<byte[]> entries = decode(log, row);
    for (long index = next; index < end; index++) {
      consumer.accept(entries.get((int) (index - first)));
    }
    return end;
  }

  List<byte[]> decode(LogName log, SegmentRecord row) {
    try {
      return SegmentCodec.decode(row.getBytes(), row.getCount());
    } catch (Refused damage) {
      throw stopped.stop(
          log, "segment " + row.getFirstIndex() + " is damaged: " + damage.getMessage(), damage);
    }
  }

  private static int bytes(List<byte[]> entries) {
    long sum = 0;
    for (byte[] entry : entries) {
      sum += entry.length;
    }
    return (int) Math.min(sum, Integer.MAX_VALUE);
  }

  /** Within the log it is damage; beyond its end, a mistake of the caller. */
  private RuntimeException none(LogName log, long index) {
    if (index >= 0 && index < stopped.reading(log, () -> store.size(log))) {
      return stopped.stop(log, "the segment that holds entry " + index + " is missing", null);
    }
    return new NoSuchElementException("log " + log + " has no entry " + index);
  }
}
