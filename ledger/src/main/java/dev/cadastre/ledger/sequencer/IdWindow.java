package dev.cadastre.ledger.sequencer;

import dev.cadastre.ledger.model.LedgerSettings.RecordWindow;
import java.util.Arrays;

/**
 * The newest record ids in two generations: when the younger one holds enough, it becomes the older
 * one, and what that held is dropped whole.
 */
final class IdWindow {
  /** So many entries of one key are told of; more only come of a sender that reuses an id. */
  static final int ENTRIES_MAX = 16;

  private static final long[] NONE = {};

  private final RecordWindow bounds;
  private final long[] scratch = new long[ENTRIES_MAX];
  private IdTable older = new IdTable();
  private IdTable younger = new IdTable();
  private long youngerSinceNs = Long.MAX_VALUE;

  IdWindow(RecordWindow bounds) {
    this.bounds = bounds;
  }

  void add(long key, long index, long receivedNs) {
    if (younger.size() >= bounds.idsMin() && done(receivedNs)) {
      older = younger;
      younger = new IdTable(older.size());
      youngerSinceNs = Long.MAX_VALUE;
    }
    younger.add(key, index);
    youngerSinceNs = Math.min(youngerSinceNs, receivedNs);
  }

  /** Makes room for so many ids, if none are here yet. */
  void expect(long ids) {
    if (younger.size() == 0) {
      younger = new IdTable((int) Math.min(ids, bounds.idsMax()));
    }
  }

  private boolean done(long receivedNs) {
    return younger.size() >= bounds.idsMax()
        || receivedNs - youngerSinceNs >= bounds.age().toNanos();
  }

  /** The entries that a key may stand for, in their order; almost always none. */
  long[] find(long key) {
    int found = younger.find(key, scratch, older.find(key, scratch, 0));
    return found == 0 ? NONE : Arrays.stream(scratch, 0, found).sorted().distinct().toArray();
  }
}
