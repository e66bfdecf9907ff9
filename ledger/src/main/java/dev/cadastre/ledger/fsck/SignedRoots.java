package dev.cadastre.ledger.fsck;

import dev.cadastre.ledger.jooq.ledger.tables.records.CheckpointRecord;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.store.LedgerStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * A log's signed roots by size, smallest first: its checkpoints, read a page at a time, among
 * others that are given.
 */
final class SignedRoots {
  private static final int PAGE = 500;

  private final LedgerStore store;
  private final LogName log;
  private final Deque<SignedRoot> given;
  private final Deque<SignedRoot> page = new ArrayDeque<>();
  private long readUpTo = -1;
  private boolean ended;

  SignedRoots(LedgerStore store, LogName log, List<SignedRoot> given) {
    this.store = store;
    this.log = log;
    List<SignedRoot> sorted = new ArrayList<>(given);
    sorted.sort(Comparator.comparingLong(SignedRoot::size));
    this.given = new ArrayDeque<>(sorted);
  }

  /** Removes and gives back those of at most this size. */
  List<SignedRoot> upTo(long size) {
    List<SignedRoot> reached = new ArrayList<>();
    while (!given.isEmpty() && given.peek().size() <= size) {
      reached.add(given.remove());
    }
    while (hasPage() && page.peek().size() <= size) {
      reached.add(page.remove());
    }
    return reached;
  }

  private boolean hasPage() {
    if (page.isEmpty() && !ended) {
      List<CheckpointRecord> rows = store.checkpointsAfter(log, readUpTo, PAGE);
      ended = rows.size() < PAGE;
      for (CheckpointRecord row : rows) {
        page.add(new SignedRoot("checkpoint", row.getSize(), row.getSize(), row.getNote()));
        readUpTo = row.getSize();
      }
    }
    return !page.isEmpty();
  }
}
