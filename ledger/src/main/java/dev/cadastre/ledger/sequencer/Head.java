package dev.cadastre.ledger.sequencer;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.store.SegmentBuilder;
import dev.cadastre.ledger.store.TileStack;
import java.util.OptionalLong;

/**
 * Where a log ends, and all that is needed to go on from there. Confined to the sequencer's thread.
 */
final class Head {
  final LogName log;
  final String origin;
  private final TileStack tiles;
  private Hash lastLeaf;
  private long lastReceivedNs;
  private OptionalLong newestPolicy;

  Head(
      LogName log,
      String origin,
      TileStack tiles,
      Hash lastLeaf,
      long lastReceivedNs,
      OptionalLong newestPolicy) {
    this.log = log;
    this.origin = origin;
    this.tiles = tiles;
    this.lastLeaf = lastLeaf;
    this.lastReceivedNs = lastReceivedNs;
    this.newestPolicy = newestPolicy;
  }

  static Head beforeBirth(LogName log, String origin) {
    return new Head(log, origin, new TileStack(), Hash.ZERO, 0, OptionalLong.empty());
  }

  long size() {
    return tiles.size();
  }

  Hash lastLeaf() {
    return lastLeaf;
  }

  long lastReceivedNs() {
    return lastReceivedNs;
  }

  OptionalLong newestPolicy() {
    return newestPolicy;
  }

  /** The anchors log holds its birth and anchors, nothing else. */
  OptionalLong newestAnchor() {
    return size() > 1 ? OptionalLong.of(size() - 1) : OptionalLong.empty();
  }

  /**
   * Links a draft to the log's end as the next entry of a segment. An anchor's own time may be
   * ahead of a clock that went back; it is not received before.
   */
  void link(Draft draft, long clockNs, SegmentBuilder segment, TileStack.FullTiles fullTiles) {
    long index = size();
    lastReceivedNs = Math.max(Math.max(clockNs, lastReceivedNs), madeNs(draft));
    lastLeaf = segment.seal(draft.eventJcs(), index, lastLeaf, lastReceivedNs);
    tiles.append(lastLeaf, fullTiles);
    if (draft.role() == Draft.Role.ADOPTION) {
      newestPolicy = OptionalLong.of(index);
    }
  }

  private static long madeNs(Draft draft) {
    return draft.special().orElse(null) instanceof AnchorEvent anchor ? anchor.time() : 0;
  }
}
