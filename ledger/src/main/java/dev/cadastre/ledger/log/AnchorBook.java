package dev.cadastre.ledger.log;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.jooq.ledger.tables.records.AnchorLeafRecord;
import dev.cadastre.ledger.model.AnchorLeaf;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.SignedCheckpoint;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.StoppedLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The anchors that the cell has made, and what each log needs to show that it is under them. */
public final class AnchorBook {
  /**
   * An anchor.
   *
   * @param index its entry in the anchors log
   * @param date the UTC day, {@code YYYY-MM-DD}
   */
  public record Anchor(long index, String date) {}

  /**
   * A log's side of one anchor.
   *
   * @param anchorIndex the anchor's entry in the anchors log
   */
  public record Anchored(long anchorIndex, AnchorLeaf leaf) {}

  private final LedgerStore store;
  private final StoppedLogs stopped;

  public AnchorBook(LedgerStore store, StoppedLogs stopped) {
    this.store = store;
    this.stopped = stopped;
  }

  public Optional<Anchor> newest() {
    return anchors(1).stream().findFirst();
  }

  /** Newest first. */
  public List<Anchor> anchors(int atMost) {
    return store.anchors(atMost).stream()
        .map(row -> new Anchor(row.getEntryIndex(), row.getDate()))
        .toList();
  }

  /** The newest anchor that a log is part of. */
  public Optional<Anchored> newest(LogName log) {
    return upTo(log, Long.MAX_VALUE, 1).stream().findFirst();
  }

  /**
   * The anchors that a log is part of, newest first, beginning with {@code newestAnchor} or the one
   * before it.
   */
  public List<Anchored> upTo(LogName log, long newestAnchor, int atMost) {
    return store.anchorLeaves(log, newestAnchor, atMost).stream().map(this::anchored).toList();
  }

  /** A log's side of the anchor at {@code anchorIndex}. */
  public Optional<Anchored> of(LogName log, long anchorIndex) {
    return upTo(log, anchorIndex, 1).stream()
        .filter(one -> one.anchorIndex() == anchorIndex)
        .findFirst();
  }

  private Anchored anchored(AnchorLeafRecord row) {
    LogName log = new LogName(row.getLog());
    try {
      SignedCheckpoint checkpoint = SignedCheckpoint.parse(row.getNote());
      Hash salt = Hash.of(row.getSalt());
      return new Anchored(
          row.getAnchorIndex(),
          new AnchorLeaf(log, row.getPosition(), salt, path(row.getPath()), checkpoint));
    } catch (Refused | IllegalArgumentException damage) {
      throw stopped.stop(
          log,
          "its part of anchor " + row.getAnchorIndex() + " is damaged: " + damage.getMessage(),
          damage);
    }
  }

  private static List<Hash> path(byte[] bytes) {
    List<Hash> path = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += Hash.LENGTH) {
      path.add(Hash.of(bytes, at));
    }
    return path;
  }
}
