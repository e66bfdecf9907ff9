package dev.cadastre.anchors;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.log.AnchorBook;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.AnchorLeaf;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.proof.anchor.AnchorReceipt;
import dev.cadastre.proof.tlog.InclusionProof;
import dev.cadastre.proof.tlog.TlogProof;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The anchors of a cell as their readers see them. */
public final class Anchors {
  private final Ledger ledger;

  public Anchors(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * One anchor.
   *
   * @param index its entry in the anchors log
   */
  public record Anchor(long index, AnchorEvent event) {
    public Instant time() {
      return Instant.ofEpochSecond(0, event.time());
    }
  }

  /**
   * A log's part of one anchor.
   *
   * @param size the log's size that the anchor commits to
   */
  public record Anchored(Anchor anchor, long size) {}

  public Optional<Anchor> newest() {
    return newest(1).stream().findFirst();
  }

  /** When the newest anchor was made, or the anchors log was born. */
  public Instant lastClosed() {
    return newest()
        .map(Anchor::time)
        .orElseGet(() -> Instant.ofEpochSecond(0, entry(0).received()));
  }

  /** Newest first. */
  public List<Anchor> newest(int atMost) {
    return ledger.anchors().anchors(atMost).stream().map(row -> at(row.index())).toList();
  }

  /** The anchor in entry {@code index} of the anchors log, if there is one. */
  public Optional<Anchor> find(long index) {
    LogReader log = log();
    if (index < 1 || index >= log.size()) {
      return Optional.empty();
    }
    return Optional.of(at(index));
  }

  /** The anchors that cover a log, newest first. */
  public List<Anchored> of(LogName log, int atMost) {
    return ledger.anchors().upTo(log, Long.MAX_VALUE, atMost).stream().map(this::anchored).toList();
  }

  /** The oldest anchor that covers entry {@code index} of a log. */
  public Optional<Anchored> covering(LogName log, long index) {
    return oldest(log, row -> size(row) > index).map(this::anchored);
  }

  /** The oldest anchor of a log that was made at that time or later. */
  public Optional<Anchored> oldestFrom(LogName log, Instant time) {
    return oldest(log, row -> !at(row.anchorIndex()).time().isBefore(time)).map(this::anchored);
  }

  /** The newest anchor of a log that was made at that time or earlier, and before another. */
  public Optional<Anchored> newestUntil(LogName log, Instant time, long before) {
    Optional<AnchorBook.Anchored> later =
        oldest(
            log, row -> row.anchorIndex() >= before || at(row.anchorIndex()).time().isAfter(time));
    long newest = later.map(AnchorBook.Anchored::anchorIndex).orElse(Long.MAX_VALUE) - 1;
    return ledger.anchors().upTo(log, newest, 1).stream().findFirst().map(this::anchored);
  }

  /**
   * The oldest of a log's anchors that is what all newer ones are too; found in as many reads as
   * their number has digits.
   */
  private Optional<AnchorBook.Anchored> oldest(LogName log, Predicate<AnchorBook.Anchored> is) {
    Optional<AnchorBook.Anchored> found = Optional.empty();
    long low = 0;
    long high = logSize();
    // All at high and above are; whatever is below low is not.
    while (low < high) {
      long middle = (low + high - 1) >>> 1;
      Optional<AnchorBook.Anchored> row =
          ledger.anchors().upTo(log, middle, 1).stream().findFirst();
      if (row.isPresent() && is.test(row.get())) {
        found = row;
        high = row.get().anchorIndex();
      } else {
        low = middle + 1;
      }
    }
    return found.isPresent() ? found : ledger.anchors().newest(log).filter(is);
  }

  /** A log's side of an anchor, if the log is part of it. */
  public Optional<AnchorReceipt> receipt(LogName log, long anchorIndex) {
    return ledger.anchors().of(log, anchorIndex).map(row -> receipt(anchorIndex, row.leaf()));
  }

  /**
   * That the anchor is in the anchors log of {@code size} entries.
   *
   * @throws Refused when the log is smaller
   */
  public TlogProof proof(long anchorIndex, long size) throws Refused {
    LogReader log = log();
    InclusionProof inclusion = log.inclusion(anchorIndex, size);
    return new TlogProof(anchorIndex, inclusion.path(), log.checkpointFor(size).note());
  }

  /** Number of entries of the anchors log. */
  public long logSize() {
    return log().size();
  }

  private LogReader log() {
    try {
      return ledger.reader(LogName.ANCHORS);
    } catch (Refused e) {
      throw new StorageFailure("this cell has no anchors log", e);
    }
  }

  private AnchorReceipt receipt(long anchorIndex, AnchorLeaf leaf) {
    Entry entry = entry(anchorIndex);
    long leaves = at(anchorIndex).event().leaves();
    InclusionProof way = new InclusionProof(leaf.position(), leaves, leaf.path());
    return new AnchorReceipt(entry, leaf.salt(), way, leaf.checkpoint().note());
  }

  private Anchor at(long index) {
    try {
      if (EventCodec.decode(entry(index).eventBytes()) instanceof AnchorEvent event) {
        return new Anchor(index, event);
      }
      throw new StorageFailure("entry " + index + " of the anchors log is no anchor");
    } catch (Refused e) {
      throw new StorageFailure("entry " + index + " of the anchors log is damaged", e);
    }
  }

  private Entry entry(long index) {
    try {
      return log().entry(index);
    } catch (Refused e) {
      throw new StorageFailure("the anchors log lacks entry " + index, e);
    }
  }

  private Anchored anchored(AnchorBook.Anchored row) {
    return new Anchored(at(row.anchorIndex()), size(row));
  }

  private static long size(AnchorBook.Anchored row) {
    return row.leaf().checkpoint().checkpoint().size();
  }
}
