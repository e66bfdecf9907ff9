package dev.cadastre.ledger.fsck;

import dev.cadastre.formats.Hash;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.StoredTiles;
import dev.cadastre.ledger.store.TileStack;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** Builds a log's tiles again from its leaves and holds the stored ones against them. */
final class TreeCheck {
  private static final int MAX_LEVEL = 7;

  private final LedgerStore store;
  private final LogName log;
  private final FsckFindings findings;
  private final TileStack tiles = new TileStack();
  private boolean known = true;

  TreeCheck(LedgerStore store, LogName log, FsckFindings findings) {
    this.store = store;
    this.log = log;
    this.findings = findings;
  }

  void add(Hash leaf) {
    tiles.append(leaf, this::compare);
  }

  /**
   * A leaf whose entry cannot be read. Its hash is taken from the tile, so that one damaged segment
   * does not hide everything after it.
   *
   * @return the hash; a wrong one if there is no tile, after which nothing can be said of the tree
   */
  Hash addUnreadable(long index) {
    Optional<byte[]> tile = store.tile(log, 0, index / StoredTiles.WIDTH);
    int at = (int) (index % StoredTiles.WIDTH) * Hash.LENGTH;
    Hash leaf =
        tile.isPresent() && tile.get().length >= at + Hash.LENGTH
            ? Hash.of(tile.get(), at)
            : Hash.ZERO;
    known &= !leaf.equals(Hash.ZERO);
    add(leaf);
    return leaf;
  }

  /** Whether every leaf so far is known. */
  boolean known() {
    return known;
  }

  private void compare(int level, long index, byte[] expected) {
    if (!known) {
      return;
    }
    Optional<byte[]> stored = store.tile(log, level, index);
    if (stored.isEmpty()) {
      findings.add(log.value(), "tile", "tile " + level + "/" + index + " is missing");
      return;
    }
    int at = Arrays.mismatch(expected, stored.get());
    if (at >= 0) {
      long node = index * StoredTiles.WIDTH + at / Hash.LENGTH;
      findings.add(
          log.value(),
          "tile",
          node << 8 * level,
          "tile "
              + level
              + "/"
              + index
              + " differs from the entries, first at the hash over this entry");
    }
  }

  /** Once all leaves are in: no tile may be stored beyond them. */
  void end() {
    long full = tiles.size();
    for (int level = 0; level <= MAX_LEVEL; level++) {
      full /= StoredTiles.WIDTH;
      for (long index : store.tilesFrom(log, level, full, 10)) {
        findings.add(
            log.value(),
            "tile",
            "tile " + level + "/" + index + " lies beyond the log's " + tiles.size() + " entries");
      }
    }
    OptionalInt highest = store.highestTileLevel(log);
    if (highest.isPresent() && highest.getAsInt() > MAX_LEVEL) {
      findings.add(log.value(), "tile", "a tile at level " + highest.getAsInt() + " cannot be");
    }
  }
}
