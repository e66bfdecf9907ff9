package dev.cadastre.ledger.sequencer;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.RecordBytes;
import dev.cadastre.ledger.jooq.ledger.tables.records.SegmentRecord;
import dev.cadastre.ledger.model.LedgerSettings.RecordWindow;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.RecordKey;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.LedgerStore.NumberedSegment;
import dev.cadastre.ledger.store.SegmentCodec;
import dev.cadastre.ledger.store.StoppedLogs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Fills the window from the store: at first with what the newest segments of all logs hold, however
 * old the process, later with what other processes appended. What this process appends itself is in
 * the window already.
 */
final class RecordTail {
  private static final int SEGMENTS_AT_ONCE = 64;
  private static final int ROWS_AT_ONCE = 1_000;
  private static final long NOTHING = -1;

  private final RecordWindow bounds;
  private final InstantSource clock;
  private final LedgerStore store;
  private final IdWindow window;
  private final StoppedLogs stopped;

  /** Sizes of the logs that this process appended to since {@link #seen} was set. */
  private final Map<LogName, Long> appended = new HashMap<>();

  /** Every segment up to this number is in the window; nothing is before the first use. */
  private long seen = NOTHING;

  private record Ids(long firstReceivedNs, long[] keys, long[] indexes) {}

  RecordTail(
      RecordWindow bounds,
      InstantSource clock,
      LedgerStore store,
      IdWindow window,
      StoppedLogs stopped) {
    this.bounds = bounds;
    this.clock = clock;
    this.store = store;
    this.window = window;
    this.stopped = stopped;
  }

  void appended(LogName log, long size) {
    if (seen != NOTHING) {
      appended.put(log, size);
    }
  }

  /** Brings the window up to what is committed now. */
  void follow() {
    if (seen == NOTHING) {
      long newest = store.newestSegment();
      fill(newest);
      seen = newest;
      return;
    }
    List<NumberedSegment> rows;
    do {
      rows = store.segmentsAfter(seen, ROWS_AT_ONCE);
      for (NumberedSegment row : rows) {
        if (appended.getOrDefault(row.log(), 0L) < row.end()) {
          add(ids(store.segmentsFrom(row.log(), row.firstIndex(), 1).get(0)));
        }
        seen = row.number();
      }
    } while (rows.size() == ROWS_AT_ONCE);
    appended.clear();
  }

  /** Backwards from the newest segment, as far as the window reaches. */
  private void fill(long newest) {
    long oldestNs = nanos(clock.instant().minus(bounds.age()));
    int count = 0;
    long number = newest;
    CompletableFuture<List<SegmentRecord>> next = read(number);
    while (true) {
      List<SegmentRecord> rows = joined(next);
      next = rows.size() < SEGMENTS_AT_ONCE ? next : read(number - SEGMENTS_AT_ONCE);
      List<Ids> found = rows.parallelStream().map(this::ids).toList();
      if (number == newest && !rows.isEmpty()) {
        long ids = found.stream().mapToLong(one -> one.keys.length).sum();
        window.expect(ids * number / rows.size());
      }
      for (Ids ids : found) {
        if (count >= bounds.idsMax()
            || count >= bounds.idsMin() && ids.firstReceivedNs < oldestNs) {
          return;
        }
        add(ids);
        count += ids.keys.length;
      }
      if (rows.size() < SEGMENTS_AT_ONCE) {
        return;
      }
      number -= SEGMENTS_AT_ONCE;
    }
  }

  /** Reads ahead while what was read before is unpacked and searched. */
  private CompletableFuture<List<SegmentRecord>> read(long number) {
    return CompletableFuture.supplyAsync(() -> store.segmentsDownFrom(number, SEGMENTS_AT_ONCE));
  }

  private static List<SegmentRecord> joined(CompletableFuture<List<SegmentRecord>> rows) {
    try {
      return rows.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof StorageFailure storage ? storage : failure;
    }
  }

  private void add(Ids ids) {
    for (int i = 0; i < ids.keys.length; i++) {
      window.add(ids.keys[i], ids.indexes[i], ids.firstReceivedNs);
    }
  }

  /** The ids in a segment; none in a damaged one, whose log is stopped. */
  private Ids ids(SegmentRecord row) {
    LogName log = new LogName(row.getLog());
    try {
      List<byte[]> entries = SegmentCodec.decode(row.getBytes(), row.getCount());
      long[] keys = new long[entries.size()];
      long[] indexes = new long[entries.size()];
      int found = 0;
      for (int i = 0; i < entries.size(); i++) {
        Optional<byte[]> id = RecordBytes.identity(entries.get(i), EntryFrame.EVENT_START);
        if (id.isPresent()) {
          keys[found] = RecordKey.of(log, id.get());
          indexes[found++] = row.getFirstIndex() + i;
        }
      }
      long firstReceivedNs = Entry.parse(entries.get(0)).received();
      return new Ids(firstReceivedNs, Arrays.copyOf(keys, found), Arrays.copyOf(indexes, found));
    } catch (Refused damage) {
      var unused =
          stopped.stop(
              log,
              "segment " + row.getFirstIndex() + " is damaged: " + damage.getMessage(),
              damage);
      return new Ids(Long.MAX_VALUE, new long[0], new long[0]);
    }
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
