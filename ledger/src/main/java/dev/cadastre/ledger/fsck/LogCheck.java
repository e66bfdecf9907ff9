package dev.cadastre.ledger.fsck;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.ledger.jooq.ledger.tables.records.SegmentRecord;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.SignedCheckpoint;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.SegmentCodec;
import dev.cadastre.proof.chain.ChainChecker;
import dev.cadastre.proof.chain.ChainRefused;
import java.util.List;
import java.util.Optional;

/** One log from its segments on. Goes on after a finding wherever the bytes allow it. */
final class LogCheck {
  private static final int READ_AHEAD = 8;

  /** A gap that is longer is not stepped over leaf by leaf. */
  private static final long LONGEST_GAP = 1 << 20;

  private final LogName log;
  private final String origin;
  private final LedgerStore store;
  private final FsckFindings findings;
  private final TreeCheck tree;
  private final EventCheck events;
  private final SignedRoots roots;
  private ChainChecker chain = ChainChecker.fromBirth();
  private long rootsChecked;

  LogCheck(
      LogName log,
      String origin,
      LedgerStore store,
      EventCheck events,
      List<SignedRoot> otherRoots,
      FsckFindings findings) {
    this.log = log;
    this.origin = origin;
    this.store = store;
    this.findings = findings;
    this.events = events;
    this.tree = new TreeCheck(store, log, findings);
    this.roots = new SignedRoots(store, log, otherRoots);
  }

  LogSummary check() {
    if (segments()) {
      tree.end();
      events.end();
      beyond();
    }
    return new LogSummary(log.value(), chain.size(), chain.root(), rootsChecked);
  }

  /** Whether the log's end was reached. */
  private boolean segments() {
    long from = Long.MIN_VALUE;
    while (true) {
      List<SegmentRecord> rows = store.segmentsFrom(log, from, READ_AHEAD);
      for (SegmentRecord row : rows) {
        if (!segment(row)) {
          return false;
        }
        from = row.getFirstIndex() + 1;
      }
      if (rows.size() < READ_AHEAD) {
        if (chain.size() == 0) {
          found("segment", 0, "the log has no entries");
        }
        return true;
      }
    }
  }

  private boolean segment(SegmentRecord row) {
    long first = row.getFirstIndex();
    if (first != chain.size()) {
      found(
          "segment",
          first,
          "expected a segment that starts at entry " + chain.size() + ", found one at " + first);
      if (first < chain.size() || first - chain.size() > LONGEST_GAP) {
        found("segment", first, "the rest of this log was not checked");
        return false;
      }
      missing(first - chain.size());
    }
    if (row.getCount() > SegmentCodec.MAX_ENTRIES) {
      found(
          "segment",
          first,
          "expected at most " + SegmentCodec.MAX_ENTRIES + " entries, found " + row.getCount());
    }
    try {
      SegmentCodec.decode(row.getBytes(), row.getCount()).forEach(this::entry);
    } catch (Refused damage) {
      found("segment", first, String.valueOf(damage.getMessage()));
      missing(Math.min(row.getCount(), SegmentCodec.MAX_ENTRIES));
    }
    return true;
  }

  private void missing(long count) {
    for (long i = 0; i < count; i++) {
      long index = chain.size();
      goOn(tree.addUnreadable(index), chain.lastReceived());
      signedRoots(index + 1);
    }
  }

  private void entry(byte[] bytes) {
    long index = chain.size();
    Optional<Hash> leaf = Optional.empty();
    try {
      Entry entry = Entry.parse(bytes);
      leaf = Optional.of(entry.leafHash());
      link(entry);
      events.add(index, entry.received(), EventCodec.decode(entry.eventBytes()));
    } catch (Refused wrong) {
      found("segment", index, "entry " + index + ": " + wrong.getMessage());
    }
    Hash hash = leaf.orElseGet(() -> Merkle.leafHash(bytes));
    if (chain.size() == index) {
      goOn(hash, chain.lastReceived());
    }
    tree.add(hash);
    signedRoots(index + 1);
  }

  private void link(Entry entry) {
    try {
      chain.add(entry);
    } catch (ChainRefused broken) {
      found("segment", broken.index(), told(broken));
      goOn(entry.leafHash(), Math.max(entry.received(), chain.lastReceived()));
    }
  }

  /** A link alone does not tell which of its two ends was changed. */
  private static String told(ChainRefused broken) {
    return broken.fault() == ChainRefused.Fault.PREV
        ? "entry " + (broken.index() - 1) + ", or the next one, was changed: " + broken.getMessage()
        : broken.getMessage();
  }

  /** Takes a leaf as it is, so that what follows can be held against it. */
  private void goOn(Hash leaf, long receivedNs) {
    chain = ChainChecker.from(chain.frontier().append(leaf), leaf, receivedNs);
  }

  private void signedRoots(long size) {
    for (SignedRoot root : roots.upTo(size)) {
      rootsChecked++;
      try {
        signedRoot(root, size);
      } catch (Refused wrong) {
        found(root.table(), root.index(), String.valueOf(wrong.getMessage()));
      }
    }
  }

  private void signedRoot(SignedRoot root, long size) throws Refused {
    if (root.head().isPresent()) {
      if (tree.known() && !root.head().get().equals(chain.root())) {
        throw new Refused(
            "signed with root " + root.head().get() + ", the entries give " + chain.root());
      }
      return;
    }
    SignedCheckpoint signed = SignedCheckpoint.parse(root.note());
    if (signed.checkpoint().size() != root.size() || root.size() != size) {
      throw new Refused(
          "the note is of size " + signed.checkpoint().size() + ", its row of " + root.size());
    }
    if (!signed.checkpoint().origin().equals(origin)) {
      throw new Refused("the note is of " + signed.checkpoint().origin() + ", expected " + origin);
    }
    signed.note().verify(events.keys());
    if (chain.lastReceived() > root.madeNs()) {
      throw new Refused(
          "made at "
              + root.madeNs()
              + ", and covers entry "
              + (size - 1)
              + ", which was received later, at "
              + chain.lastReceived());
    }
    if (tree.known() && !signed.checkpoint().root().equals(chain.root())) {
      throw new Refused(
          "signed with root " + signed.checkpoint().root() + ", the entries have " + chain.root());
    }
  }

  private void beyond() {
    for (SignedRoot root : roots.upTo(Long.MAX_VALUE)) {
      found(
          root.table(),
          root.index(),
          "signed at size "
              + root.size()
              + ", the log has "
              + chain.size()
              + " entries: some were cut off or rolled back");
    }
  }

  private void found(String table, long index, String what) {
    findings.add(log.value(), table, index, what);
  }
}
