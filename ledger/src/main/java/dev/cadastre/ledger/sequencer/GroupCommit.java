package dev.cadastre.ledger.sequencer;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.residency.ReceivedRange;
import dev.cadastre.ledger.jooq.ledger.tables.records.LogRecord;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LateDraft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.model.OnConflict;
import dev.cadastre.ledger.model.Receipt;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.Rows;
import dev.cadastre.ledger.store.StoppedLogs;
import dev.cadastre.ledger.vault.DisclosureBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One group commit in the making: appends in the order they arrived, linked to the heads of their
 * logs. The heads move as appends are added; if the commit then fails they say what never happened
 * and must be forgotten.
 */
final class GroupCommit {
  private record Answer(CompletableFuture<AppendResult> to, AppendResult result) {}

  private final Heads heads;
  private final KnownRecords records;
  private final StoppedLogs stopped;
  private final Function<LogName, String> origins;
  private final long clockNs;
  private final List<LogRecord> births = new ArrayList<>();
  private final Map<LogName, LogBatch> touched = new LinkedHashMap<>();
  private final Set<LogName> policiesMoved = new LinkedHashSet<>();
  private final List<Answer> answers = new ArrayList<>();

  GroupCommit(
      Heads heads,
      KnownRecords records,
      StoppedLogs stopped,
      Function<LogName, String> origins,
      long clockNs) {
    this.heads = heads;
    this.records = records;
    this.stopped = stopped;
    this.origins = origins;
    this.clockNs = clockNs;
  }

  /**
   * Takes an append in, or answers that it cannot be. One for a log that is stopped, or of which
   * something cannot be read, has no part in the batch: all that is read for it is read before
   * anything is linked.
   */
  void add(Work.Append append) {
    AppendResult result;
    try {
      requireRunning(append.drafts());
      result = result(append);
    } catch (LogStopped itself) {
      result = new AppendResult.Unavailable(itself);
    } catch (StorageFailure unreadable) {
      result = new AppendResult.Unavailable(String.valueOf(unreadable.getMessage()));
    }
    answers.add(new Answer(append.answer(), result));
  }

  private void requireRunning(List<Draft> drafts) {
    LogName before = null;
    for (Draft draft : drafts) {
      if (!draft.log().equals(before)) {
        before = draft.log();
        stopped.requireRunning(before);
      }
    }
  }

  private AppendResult result(Work.Append append) {
    Map<Integer, Known> known = known(append);
    Set<LogName> stale = stale(unknown(append.drafts(), known));
    if (!stale.isEmpty()) {
      // A draft may know of another process's entries that a head here does not: such a head is
      // read again. Heads that moved in this batch are held to the truth by the commit.
      heads.forget(stale.stream().filter(log -> !touched.containsKey(log)).toList());
      known = known(append);
      stale = stale(unknown(append.drafts(), known));
    }
    return result(append, known, stale);
  }

  /**
   * Takes in an entry that is made now. To be called before all appends, so that it stands right
   * behind what is on disk and can be read.
   */
  void add(Work.Late late) {
    answers.add(new Answer(late.answer(), result(late.log(), late.draft())));
  }

  private AppendResult result(LogName log, LateDraft late) {
    AppendResult again = new AppendResult.StalePolicy(List.of(log));
    if (touched.containsKey(log)) {
      return again;
    }
    try {
      stopped.requireRunning(log);
      if (head(log).size() < late.seen()) {
        // It saw what another process appended and a head here does not know.
        heads.forget(List.of(log));
      }
      Optional<Draft> draft = late.at(head(log).size());
      return draft.isPresent() ? new AppendResult.Appended(List.of(link(draft.get()))) : again;
    } catch (LogStopped itself) {
      return new AppendResult.Unavailable(itself);
    } catch (Refused | StorageFailure e) {
      return new AppendResult.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private AppendResult result(Work.Append append, Map<Integer, Known> known, Set<LogName> stale) {
    List<AppendResult.Clash> clashes =
        append.onConflict() == OnConflict.REFUSE ? clashes(append.drafts(), known) : List.of();
    if (!clashes.isEmpty()) {
      return new AppendResult.Conflict(clashes);
    }
    policiesMoved.addAll(stale);
    if (!stale.isEmpty()) {
      return new AppendResult.StalePolicy(List.copyOf(stale));
    }
    OptionalLong untimely = untimely(unknown(append.drafts(), known));
    return untimely.isPresent()
        ? new AppendResult.Untimely(untimely.getAsLong())
        : new AppendResult.Appended(link(append.drafts(), known));
  }

  /** When a draft of this append would be received that was judged for another time. */
  private OptionalLong untimely(List<Draft> drafts) {
    for (Draft draft : drafts) {
      if (!draft.received().equals(ReceivedRange.ALWAYS)) {
        long receivedNs = Math.max(clockNs, head(draft.log()).lastReceivedNs());
        if (!draft.received().contains(receivedNs)) {
          return OptionalLong.of(receivedNs);
        }
      }
    }
    return OptionalLong.empty();
  }

  /** What is known of the drafts that carry ids, by their places; almost always nothing. */
  private Map<Integer, Known> known(Work.Append append) {
    List<Draft> drafts = append.drafts();
    // All heads first: reading one may show that the records known lag behind.
    LogName before = null;
    for (Draft draft : drafts) {
      if (draft.recordId().isPresent() && !draft.log().equals(before)) {
        before = draft.log();
        heads.of(before);
      }
    }
    return before == null ? Map.of() : records.find(append, this::committed, touched);
  }

  /** The log's size without what this batch adds. */
  private long committed(LogName log) {
    LogBatch batch = touched.get(log);
    return batch != null ? batch.start() : heads.of(log).map(Head::size).orElse(0L);
  }

  private static List<Draft> unknown(List<Draft> drafts, Map<Integer, Known> known) {
    if (known.isEmpty()) {
      return drafts;
    }
    List<Draft> unknown = new ArrayList<>(drafts.size());
    for (int i = 0; i < drafts.size(); i++) {
      Known one = known.get(i);
      if (one == null || !one.samePayload()) {
        unknown.add(drafts.get(i));
      }
    }
    return unknown;
  }

  private static List<AppendResult.Clash> clashes(List<Draft> drafts, Map<Integer, Known> known) {
    List<AppendResult.Clash> clashes = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      Known one = known.get(i);
      if (one != null && !one.samePayload()) {
        clashes.add(new AppendResult.Clash(i, drafts.get(i).recordId().orElseThrow(), one.entry()));
      }
    }
    return clashes;
  }

  /**
   * The logs for which a draft of this append has another basis than the log will have when its
   * turn comes; an adoption changes the basis for what follows it in the same append.
   */
  private Set<LogName> stale(List<Draft> drafts) {
    if (alike(drafts)) {
      return staleAmongOthers(drafts.subList(0, 1));
    }
    return staleAmongOthers(drafts);
  }

  /** Whether all are plain records of one log on one basis: what holds of one holds of all. */
  private static boolean alike(List<Draft> drafts) {
    if (drafts.isEmpty()) {
      return false;
    }
    Draft first = drafts.get(0);
    for (Draft draft : drafts) {
      boolean plain = draft.role() == Draft.Role.RECORD || draft.role() == Draft.Role.JUDGED;
      if (!plain
          || draft.role() != first.role()
          || !draft.log().equals(first.log())
          || !draft.basis().equals(first.basis())
          || !draft.received().equals(first.received())) {
        return false;
      }
    }
    return true;
  }

  private Set<LogName> staleAmongOthers(List<Draft> drafts) {
    Set<LogName> stale = new LinkedHashSet<>();
    Map<LogName, OptionalLong> adoptedHere = new HashMap<>();
    Map<LogName, Long> sizes = new HashMap<>();
    for (Draft draft : drafts) {
      LogName log = draft.log();
      long index = sizes.merge(log, 1L, Long::sum) - 1;
      boolean fits =
          switch (draft.role()) {
            case RECORD -> exists(log);
            case BIRTH -> !exists(log);
            case ANCHOR -> index == 0 && head(log).newestAnchor().equals(draft.basis());
            case JUDGED, ADOPTION ->
                adoptedHere.getOrDefault(log, head(log).newestPolicy()).equals(draft.basis());
          };
      if (!fits) {
        stale.add(log);
      }
      if (draft.role() == Draft.Role.ADOPTION) {
        adoptedHere.put(log, OptionalLong.of(head(log).size() + index));
      }
    }
    return stale;
  }

  private boolean exists(LogName log) {
    return heads.of(log).isPresent();
  }

  private Head head(LogName log) {
    return heads
        .of(log)
        .orElseThrow(
            () -> new IllegalStateException("append to log " + log + ", which is not there"));
  }

  private List<Receipt> link(List<Draft> drafts, Map<Integer, Known> known) {
    List<Receipt> receipts = new ArrayList<>(drafts.size());
    for (int i = 0; i < drafts.size(); i++) {
      Known one = known.get(i);
      receipts.add(one == null ? link(drafts.get(i)) : link(drafts.get(i), one, receipts));
    }
    return receipts;
  }

  private Receipt link(Draft draft, Known known, List<Receipt> before) {
    Receipt first = known.receipt(before);
    return known.samePayload() ? first.again() : link(draft).conflicting(first.index());
  }

  private Receipt link(Draft draft) {
    LogName log = draft.log();
    if (draft.role() == Draft.Role.BIRTH) {
      Head born = Head.beforeBirth(log, origins.apply(log));
      births.add(new LogRecord(log.value(), born.origin));
      heads.keep(born);
    }
    if (draft.role() == Draft.Role.ADOPTION) {
      policiesMoved.add(log);
    }
    LogBatch batch = touched.computeIfAbsent(log, name -> new LogBatch(head(name)));
    Receipt receipt = batch.add(draft, clockNs);
    heads.received(receipt.receivedNs());
    if (draft.recordId().isPresent()) {
      records.add(draft, receipt);
    }
    return receipt;
  }

  /** The logs whose heads moved. */
  Set<LogName> logs() {
    return touched.keySet();
  }

  /** The logs whose newest policy is not, or may not be, what it was. */
  Set<LogName> policiesMoved() {
    return policiesMoved;
  }

  /** Ends the batch; nothing can be added afterwards. */
  Rows close() {
    Rows rows = new Rows();
    births.forEach(rows::lock);
    touched.values().forEach(batch -> batch.close(rows));
    return rows;
  }

  List<DisclosureBatch> disclosures() {
    return touched.values().stream().flatMap(batch -> batch.disclosures().stream()).toList();
  }

  /** To be called by the sequencer once the rows are on disk. */
  void committed() {
    touched.forEach((log, batch) -> records.committed(log, batch.end()));
  }

  /** To be called once the rows are on disk. */
  void answer() {
    answers.forEach(answer -> answer.to.complete(answer.result));
  }
}
