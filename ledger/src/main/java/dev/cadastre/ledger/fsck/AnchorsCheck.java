package dev.cadastre.ledger.fsck;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.ledger.jooq.ledger.tables.records.AnchorLeafRecord;
import dev.cadastre.ledger.jooq.ledger.tables.records.AnchorRecord;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.proof.anchor.BlindedLeaf;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.proof.tlog.InclusionProof;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The anchors, and each log's leaf in them. The anchors log is read before the others. A year of
 * days is a few hundred rows.
 */
final class AnchorsCheck {
  /**
   * A log is in every anchor made after its birth; the margin is for a birth that was being
   * written.
   */
  private static final long MARGIN_NS = 60_000_000_000L;

  private final LedgerStore store;
  private final FsckFindings findings;
  private final TreeMap<Long, AnchorEvent> anchors = new TreeMap<>();
  private final Map<Long, String> rows = new HashMap<>();
  private final Map<LogName, Long> births = new HashMap<>();
  private final Map<LogName, Set<Long>> leaves = new HashMap<>();

  AnchorsCheck(LedgerStore store, FsckFindings findings) {
    this.store = store;
    this.findings = findings;
    for (AnchorRecord row : store.anchors(Integer.MAX_VALUE)) {
      rows.put(row.getEntryIndex(), row.getDate());
    }
  }

  void born(LogName log, long receivedNs) {
    births.put(log, receivedNs);
  }

  void add(long index, long receivedNs, AnchorEvent anchor) throws Refused {
    anchors.put(index, anchor);
    String date = rows.remove(index);
    if (!anchor.date().equals(date)) {
      findings.add(
          "anchors", "anchor", index, "expected a row of " + anchor.date() + ", found " + date);
    }
    inOrder(index, anchor);
    if (receivedNs < anchor.time()) {
      findings.add(
          "anchors",
          "segment",
          index,
          "dated out of order: anchor "
              + index
              + " was received at "
              + receivedNs
              + ", before it was made at "
              + anchor.time());
    }
    OptionalLong before = index > 1 ? OptionalLong.of(index - 1) : OptionalLong.empty();
    if (!anchor.previous().equals(before)) {
      throw new Refused(
          "expected an anchor that follows " + before + ", found " + anchor.previous());
    }
  }

  /** What is anchored later is said to be later. */
  private void inOrder(long index, AnchorEvent anchor) {
    Map.Entry<Long, AnchorEvent> before = anchors.lowerEntry(index);
    if (before == null) {
      return;
    }
    AnchorEvent earlier = before.getValue();
    if (anchor.time() < earlier.time()) {
      findings.add(
          "anchors",
          "segment",
          index,
          "dated out of order: anchor "
              + index
              + " was made at "
              + anchor.time()
              + ", before anchor "
              + before.getKey()
              + " at "
              + earlier.time());
    }
    if (anchor.date().compareTo(earlier.date()) < 0) {
      findings.add(
          "anchors",
          "segment",
          index,
          "dated out of order: anchor "
              + index
              + " closes "
              + anchor.date()
              + ", anchor "
              + before.getKey()
              + " closed "
              + earlier.date());
    }
  }

  /** Once the anchors log is read. */
  void end() {
    rows.forEach(
        (index, date) ->
            findings.add("anchors", "anchor", index, "there is no anchor in that entry"));
  }

  /**
   * Leads each of a log's leaves to its anchor's root; what they say of the log itself is for the
   * caller to check.
   */
  List<SignedRoot> leaves(LogName log) {
    List<SignedRoot> anchored = new ArrayList<>();
    Set<Long> present = new HashSet<>();
    for (AnchorLeafRecord row : store.anchorLeaves(log, Long.MAX_VALUE, Integer.MAX_VALUE)) {
      present.add(row.getAnchorIndex());
      long index = row.getAnchorIndex();
      AnchorEvent anchor = anchors.get(index);
      long madeNs = anchor == null ? Long.MAX_VALUE : anchor.time();
      anchored.add(new SignedRoot("anchor_leaf", index, row.getSize(), row.getNote(), madeNs));
      try {
        lead(row);
      } catch (Refused | IllegalArgumentException wrong) {
        findings.add(
            log.value(), "anchor_leaf", row.getAnchorIndex(), String.valueOf(wrong.getMessage()));
      }
    }
    leaves.put(log, present);
    return anchored;
  }

  private void lead(AnchorLeafRecord row) throws Refused {
    AnchorEvent anchor = anchors.get(row.getAnchorIndex());
    if (anchor == null) {
      throw new Refused("there is no such anchor");
    }
    List<Hash> path = new ArrayList<>();
    for (int at = 0; at < row.getPath().length; at += Hash.LENGTH) {
      path.add(Hash.of(row.getPath(), at));
    }
    BlindedLeaf leaf =
        new BlindedLeaf(Hash.of(row.getSalt()), SignedNote.parse(row.getNote()).text());
    new InclusionProof(row.getPosition(), anchor.leaves(), path).verify(leaf.hash(), anchor.root());
  }

  /**
   * Once the log is read, its birth with it: it must have a leaf in each anchor that was made
   * since.
   */
  void requireAll(LogName log) {
    Set<Long> present = leaves.getOrDefault(log, Set.of());
    long first = present.stream().mapToLong(index -> index).min().orElse(Long.MAX_VALUE);
    long birth = births.getOrDefault(log, Long.MAX_VALUE - MARGIN_NS);
    anchors.forEach(
        (index, anchor) -> {
          boolean mayLack = anchor.incomplete();
          boolean due = index > first || birth + MARGIN_NS < anchor.time();
          if (due && !mayLack && !present.contains(index) && !log.equals(LogName.ANCHORS)) {
            findings.add(log.value(), "anchor_leaf", index, "the log has no leaf in this anchor");
          }
        });
  }
}
