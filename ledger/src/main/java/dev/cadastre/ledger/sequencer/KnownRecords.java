package dev.cadastre.ledger.sequencer;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.RecordBytes;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.Receipt;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.Segments;
import dev.cadastre.ledger.store.StoppedLogs;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes records that were appended lately, by this process or another. The window says where
 * an id may be found; what decides is the entry that is there, so a number that stands for two ids,
 * or for an append that never happened, does no harm. Confined to the sequencer's thread.
 */
final class KnownRecords {
  private static final Optional<Known> NONE = Optional.empty();

  private final Function<LogName, String> origins;
  private final Segments segments;
  private final StoppedLogs stopped;
  private final IdWindow window;
  private final RecordTail tail;
  private boolean behind = true;

  /** The segment looked at last: what is sent again was sent together before. */
  private LogName lastLog = LogName.CELL;

  private Segments.Run lastRun = new Segments.Run(0, List.of());

  KnownRecords(
      LedgerSettings settings,
      InstantSource clock,
      LedgerStore store,
      Segments segments,
      StoppedLogs stopped) {
    this.origins = settings::origin;
    this.segments = segments;
    this.stopped = stopped;
    this.window = new IdWindow(settings.records());
    this.tail = new RecordTail(settings.records(), clock, store, window, stopped);
  }

  /** Says that the store may hold entries of others that are not known here. */
  void behind() {
    behind = true;
  }

  /** An entry was linked; it need not be committed in the end. */
  void add(Draft draft, Receipt receipt) {
    window.add(draft.recordKey(), receipt.index(), receipt.receivedNs());
  }

  /** This process appended to a log, which now has that size. */
  void committed(LogName log, long size) {
    tail.appended(log, size);
  }

  /**
   * What is known of the drafts that carry ids, by their places.
   *
   * @param committed a log's size without the batch that is being built
   * @param batch what is being built
   */
  Map<Integer, Known> find(
      Work.Append append, ToLongFunction<LogName> committed, Map<LogName, LogBatch> batch) {
    follow();
    @Nullable Map<Integer, Known> found = null;
    @Nullable AppendIds own = append.mayRepeatItself() ? new AppendIds(append.drafts()) : null;
    List<Draft> drafts = append.drafts();
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      if (draft.recordId().isEmpty()) {
        continue;
      }
      Optional<Known> known = find(draft, committed, batch);
      if (own != null) {
        known = own.find(i, known);
      }
      if (known.isPresent()) {
        found = found == null ? new HashMap<>() : found;
        found.put(i, known.get());
      }
    }
    return found == null ? Map.of() : found;
  }

  /** Learns what the store holds now, if that is not known. */
  void follow() {
    if (behind) {
      tail.follow();
      behind = false;
    }
  }

  private Optional<Known> find(
      Draft draft, ToLongFunction<LogName> committed, Map<LogName, LogBatch> batch) {
    long[] indexes = window.find(draft.recordKey());
    if (indexes.length == 0) {
      return NONE;
    }
    LogName log = draft.log();
    long size = committed.applyAsLong(log);
    Optional<Known> conflict = NONE;
    for (long index : indexes) {
      Optional<Known> known =
          index < size ? stored(draft, index) : pending(draft, index, batch.get(log));
      if (known.isPresent() && known.get().samePayload()) {
        return known;
      }
      conflict = conflict.or(() -> known);
    }
    return conflict;
  }

  private static Optional<Known> pending(Draft draft, long index, @Nullable LogBatch batch) {
    if (batch == null || index >= batch.end()) {
      return NONE;
    }
    Draft there = batch.draft(index);
    return draft.side() == there.side() && draft.recordId().equals(there.recordId())
        ? Optional.of(new Known.InLog(batch.receipt(index), samePayload(draft, there.eventJcs())))
        : NONE;
  }

  private Optional<Known> stored(Draft draft, long index) {
    try {
      Entry entry = Entry.parse(entry(draft.log(), index));
      byte[] event = entry.eventBytes();
      if (!hasId(event, draft)) {
        return NONE;
      }
      Receipt receipt =
          new Receipt(
              draft.recordId(),
              origins.apply(draft.log()),
              index,
              entry.leafHash(),
              entry.received());
      return Optional.of(new Known.InLog(receipt, samePayload(draft, event)));
    } catch (Refused damage) {
      throw stopped.stop(
          draft.log(), "entry " + index + " is damaged: " + damage.getMessage(), damage);
    }
  }

  private byte[] entry(LogName log, long index) {
    if (!log.equals(lastLog) || !lastRun.holds(index)) {
      lastRun = segments.run(log, index);
      lastLog = log;
    }
    return lastRun.entry(index);
  }

  private static boolean hasId(byte[] event, Draft draft) throws Refused {
    Optional<byte[]> found = RecordBytes.identity(event, 0);
    byte[] id = draft.recordId().orElseThrow().getBytes(StandardCharsets.UTF_8);
    return found.isPresent() && Arrays.equals(found.get(), RecordBytes.identity(draft.side(), id));
  }

  static boolean samePayload(Draft draft, byte[] event) {
    try {
      return RecordBytes.samePayload(draft.eventJcs(), event);
    } catch (Refused damage) {
      throw new StorageFailure("log " + draft.log() + ": " + damage.getMessage(), damage);
    }
  }
}
