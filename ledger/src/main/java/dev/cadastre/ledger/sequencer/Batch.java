package dev.cadastre.ledger.sequencer;

import dev.cadastre.ledger.AppendResult;
import dev.cadastre.ledger.Draft;
import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.Receipt;
import dev.cadastre.ledger.jooq.ledger.tables.records.LogRecord;
import dev.cadastre.ledger.store.Rows;
import dev.cadastre.ledger.vault.DisclosureBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * One group commit in the making: appends in the order they arrived, linked to the heads of their
 * logs. The heads move as appends are added; if the commit then fails they say what never happened
 * and must be forgotten.
 */
final class Batch {
  private record Answer(Work.Append append, AppendResult result) {}

  private final Heads heads;
  private final Function<LogName, String> origins;
  private final long clockNs;
  private final List<LogRecord> births = new ArrayList<>();
  private final Map<LogName, LogBatch> touched = new LinkedHashMap<>();
  private final Set<LogName> policiesMoved = new LinkedHashSet<>();
  private final List<Answer> answers = new ArrayList<>();

  Batch(Heads heads, Function<LogName, String> origins, long clockNs) {
    this.heads = heads;
    this.origins = origins;
    this.clockNs = clockNs;
  }

  /** Takes an append in, or answers at once that it cannot be. */
  void add(Work.Append append) {
    Set<LogName> stale = stale(append.drafts());
    if (!stale.isEmpty()) {
      // A draft may know of another process's entries that a head here does not: such a head is
      // read again. Heads that moved in this batch are held to the truth by the commit.
      heads.forget(stale.stream().filter(log -> !touched.containsKey(log)).toList());
      stale = stale(append.drafts());
    }
    policiesMoved.addAll(stale);
    AppendResult result =
        stale.isEmpty()
            ? new AppendResult.Appended(link(append.drafts()))
            : new AppendResult.StalePolicy(List.copyOf(stale));
    answers.add(new Answer(append, result));
  }

  /**
   * The logs for which a draft of this append has another basis than the log will have when its
   * turn comes; an adoption changes the basis for what follows it in the same append.
   */
  private Set<LogName> stale(List<Draft> drafts) {
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

  private List<Receipt> link(List<Draft> drafts) {
    List<Receipt> receipts = new ArrayList<>(drafts.size());
    for (Draft draft : drafts) {
      receipts.add(link(draft));
    }
    return receipts;
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
    return batch.add(draft, clockNs);
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

  /** To be called once the rows are on disk. */
  void answer() {
    answers.forEach(answer -> answer.append.answer().complete(answer.result));
  }
}
