package dev.cadastre.ledger.sequencer;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.Segments;
import dev.cadastre.ledger.store.StoppedLogs;
import dev.cadastre.ledger.store.StoredTiles;
import dev.cadastre.ledger.store.TileStack;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The heads of the logs that were appended to lately. A head that is not here is read from the
 * log's end: its last entry and the partial tiles, a few hundred rows however long the log.
 * Confined to the sequencer's thread.
 */
final class Heads {
  /** A head weighs some kilobytes; beyond this the least recently used are dropped. */
  private static final int KEPT = 16_384;

  private final LedgerStore store;
  private final Segments segments;
  private final StoredTiles tiles;
  private final KnownRecords records;
  private final StoppedLogs stopped;
  private final Consumer<LogName> gate;
  private final Map<LogName, Head> kept = new LinkedHashMap<>(16, 0.75f, true);
  private volatile long newestReceivedNs;

  Heads(
      LedgerStore store,
      Segments segments,
      StoredTiles tiles,
      KnownRecords records,
      StoppedLogs stopped,
      Consumer<LogName> gate) {
    this.store = store;
    this.segments = segments;
    this.tiles = tiles;
    this.records = records;
    this.stopped = stopped;
    this.gate = gate;
  }

  /**
   * The head of a log; empty if there is no such log.
   *
   * @throws dev.cadastre.ledger.model.LogStopped if what it is read from is damaged, or is not what
   *     was signed
   */
  Optional<Head> of(LogName log) {
    Head head = kept.get(log);
    if (head != null) {
      return Optional.of(head);
    }
    gate.accept(log);
    stopped.requireRunning(log);
    Optional<Head> loaded = store.origin(log).map(origin -> load(log, origin));
    records.behind();
    loaded.ifPresent(this::keep);
    return loaded;
  }

  /** An entry was received then. */
  void received(long receivedNs) {
    newestReceivedNs = Math.max(newestReceivedNs, receivedNs);
  }

  /** When the newest entry of all that were met here was received; read by other threads too. */
  long newestReceivedNs() {
    return newestReceivedNs;
  }

  void keep(Head head) {
    kept.put(head.log, head);
  }

  /** After a rollback: what these heads say did not happen. */
  void forget(Collection<LogName> logs) {
    logs.forEach(kept::remove);
  }

  void trim() {
    var eldest = kept.keySet().iterator();
    while (kept.size() > KEPT) {
      eldest.next();
      eldest.remove();
    }
  }

  private Head load(LogName log, String origin) {
    long size = store.size(log);
    if (size == 0) {
      throw stopped.stop(log, "it has no entries, not even its birth", null);
    }
    Entry last = entry(log, size - 1);
    received(last.received());
    TileStack stack = new TileStack(size, partialTiles(log, size));
    return new Head(
        log, origin, stack, last.leafHash(), last.received(), store.policyBefore(log, size));
  }

  private List<byte[]> partialTiles(LogName log, long size) {
    List<byte[]> partial = new ArrayList<>();
    long nodes = size;
    for (int level = 0; nodes > 0; level++) {
      partial.add(
          tiles.hashes(log, level, nodes / StoredTiles.WIDTH, (int) (nodes % StoredTiles.WIDTH)));
      nodes /= StoredTiles.WIDTH;
    }
    return partial;
  }

  private Entry entry(LogName log, long index) {
    try {
      Entry entry = Entry.parse(segments.entry(log, index));
      if (entry.index() != index) {
        throw new Refused("it says that it is entry " + entry.index());
      }
      if (!tiles.leaf(log, index).orElse(entry.leafHash()).equals(entry.leafHash())) {
        throw new Refused("it is not the one that the log's tree was built from");
      }
      return entry;
    } catch (Refused damage) {
      throw stopped.stop(log, "entry " + index + " is damaged: " + damage.getMessage(), damage);
    }
  }
}
