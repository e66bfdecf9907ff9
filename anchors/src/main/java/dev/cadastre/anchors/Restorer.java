package dev.cadastre.anchors;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.formats.event.AnchorEvent.TakenBackTree;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.log.AnchorBook;
import dev.cadastre.ledger.log.TakenBack;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.SignedCheckpoint;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.proof.anchor.AnchorTree;
import dev.cadastre.proof.anchor.BlindedLeaf;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.tlog.InclusionProof;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets logs go on that were taken back: whose store was replaced by an older copy of it, so that
 * they are shorter than, or other than, what was signed of them.
 *
 * <p>Nothing of that is secret. An anchor says in public that logs were taken back, and commits to
 * what each was signed with and what it goes on from. The cell's log says it of each by name. Each
 * log itself is filled with entries that say so up to beyond the greatest size that was ever
 * signed: no size is signed with two roots, and no index that a receipt names stands for another
 * event.
 *
 * <p>What was interrupted is done again as a whole. No other process may have the directory open.
 */
public final class Restorer {
  /** Filling entries in one append. */
  private static final int AT_ONCE = 1_000;

  private static final String ACTION = "log.take-back";

  private final Ledger ledger;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final CellNotes notes;

  /**
   * @param sender how the entries name who asked, such as {@code cli}
   */
  public Restorer(Ledger ledger, InstantSource clock, String sender) {
    this.ledger = ledger;
    this.clock = clock;
    this.notes = new CellNotes(ledger, clock, sender);
  }

  /** The logs that {@link #accept} would let go on; all other stopped logs are damaged. */
  public List<TakenBack> pending() {
    List<TakenBack> pending = new ArrayList<>(ledger.takenBack());
    // The public log first, so that nothing goes on before that is said; then the cell's own.
    pending.sort(
        Comparator.comparing((TakenBack one) -> !one.log().equals(LogName.ANCHORS))
            .thenComparing(one -> !one.log().equals(LogName.CELL))
            .thenComparing(TakenBack::log));
    return pending;
  }

  /**
   * Lets them all go on from where they are.
   *
   * @return what was taken back
   * @throws StorageFailure if an entry about it cannot be written
   */
  public List<TakenBack> accept() {
    List<TakenBack> pending = pending();
    if (pending.isEmpty()) {
      return pending;
    }
    List<Hash> salts = pending.stream().map(this::salt).toList();
    List<BlindedLeaf> leaves = new ArrayList<>();
    for (int i = 0; i < pending.size(); i++) {
      leaves.add(new BlindedLeaf(salts.get(i), text(pending.get(i))));
    }
    AnchorTree tree = AnchorTree.build(leaves, random);
    Map<TakenBack, RecordEvent> acts = new LinkedHashMap<>();
    for (int i = 0; i < pending.size(); i++) {
      acts.put(pending.get(i), act(pending.get(i), salts.get(i), tree.proof(i)));
    }
    sayInPublic(pending, new TakenBackTree(tree.size(), tree.root()));
    acts.forEach(
        (one, act) -> {
          if (!one.log().equals(LogName.ANCHORS)) {
            goOn(one, act);
          }
        });
    notes.append(LogName.CELL, List.copyOf(acts.values()));
    return pending;
  }

  /** The public log blinds nothing of itself. */
  private Hash salt(TakenBack one) {
    byte[] salt = new byte[Hash.LENGTH];
    if (!one.log().equals(LogName.ANCHORS)) {
      random.nextBytes(salt);
    }
    return Hash.of(salt);
  }

  private String text(TakenBack one) {
    String origin = ledger.settings().origin(one.log());
    return new Checkpoint(origin, one.signed().size(), one.signed().root()).text()
        + new Checkpoint(origin, one.size(), one.root()).text();
  }

  private RecordEvent act(TakenBack one, Hash salt, InclusionProof way) {
    Map<String, String> details = new HashMap<>();
    details.put("signed.size", Long.toString(one.signed().size()));
    details.put("signed.root", one.signed().root().hex());
    details.put("size", Long.toString(one.size()));
    details.put("root", one.root().hex());
    details.put("salt", salt.hex());
    details.put("position", Long.toString(way.index()));
    details.put("path", String.join(" ", way.path().stream().map(Hash::hex).toList()));
    return notes.act(ACTION, one.log(), details);
  }

  private void sayInPublic(List<TakenBack> pending, TakenBackTree tree) {
    long beyond = 0;
    for (TakenBack one : pending) {
      if (one.log().equals(LogName.ANCHORS)) {
        letGoOn(one);
        beyond = one.signed().highest();
      }
    }
    do {
      append(emptyAnchor(tree));
    } while (size(LogName.ANCHORS) <= beyond);
    SignedCheckpoint said = checkpoint(LogName.ANCHORS);
    if (said.checkpoint().size() <= beyond) {
      throw new StorageFailure("the anchors log does not say that logs were taken back");
    }
  }

  /** Covers no log: none that was taken back can be signed yet. */
  private AnchorEvent emptyAnchor(TakenBackTree takenBack) {
    AnchorTree tree = AnchorTree.build(List.of(), random);
    Optional<AnchorBook.Anchor> previous = ledger.anchors().newest();
    long timeNs = new AnchorTimes(ledger).time(clock.instant(), List.of());
    return new AnchorEvent(
        AnchorTimes.date(clock.instant().atZone(ZoneOffset.UTC).toLocalDate(), timeNs, previous),
        tree.size(),
        previous.stream().mapToLong(AnchorBook.Anchor::index).findFirst(),
        tree.root(),
        timeNs,
        true,
        Optional.of(takenBack));
  }

  private void append(AnchorEvent anchor) {
    try {
      AppendResult result = ledger.append(List.of(Draft.anchor(anchor, List.of()))).join();
      if (!(result instanceof AppendResult.Appended)) {
        throw new StorageFailure("the anchors log does not take an anchor: " + result);
      }
    } catch (Refused tooLong) {
      throw new IllegalStateException("an anchor entry always fits", tooLong);
    }
  }

  private void goOn(TakenBack one, RecordEvent act) {
    letGoOn(one);
    long missing = Math.max(1, one.signed().highest() + 1 - size(one.log()));
    while (missing > 0) {
      int count = (int) Math.min(AT_ONCE, missing);
      notes.append(one.log(), Collections.nCopies(count, act));
      missing -= count;
    }
    checkpoint(one.log());
  }

  private void letGoOn(TakenBack one) {
    ledger.acceptTakenBack(List.of(one));
    try {
      if (!ledger.exists(one.log())) {
        ledger.create(one.log());
      }
    } catch (Refused thereAlready) {
      throw new StorageFailure("another process writes this directory; end it first", thereAlready);
    }
  }

  private long size(LogName log) {
    try {
      return ledger.reader(log).size();
    } catch (Refused none) {
      throw new StorageFailure("log " + log + " is not there", none);
    }
  }

  private SignedCheckpoint checkpoint(LogName log) {
    try {
      return ledger.reader(log).checkpoint();
    } catch (Refused none) {
      throw new StorageFailure("log " + log + " is not there", none);
    }
  }
}
