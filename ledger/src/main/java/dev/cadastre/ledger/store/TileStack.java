package dev.cadastre.ledger.store;

import dev.cadastre.formats.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The right edge of a log's tree as tiles see it: for each level the hashes of the tile that is not
 * yet full. A leaf that fills a tile sends the tile's root one level up.
 */
public final class TileStack {
  /** Takes each tile as it becomes full. */
  public interface FullTiles {
    void full(int level, long index, byte[] hashes);
  }

  private final List<byte[]> pending = new ArrayList<>();
  private long size;

  public TileStack() {}

  /**
   * @param pending for each level from 0 the hashes in its partial tile, 32 bytes each; levels
   *     above the tree's height may be missing
   */
  public TileStack(long size, List<byte[]> pending) {
    this.size = size;
    this.pending.addAll(pending);
  }

  public long size() {
    return size;
  }

  public void append(Hash leaf, FullTiles tiles) {
    long nodes = size;
    Hash node = leaf;
    for (int level = 0; ; level++) {
      byte[] tile = put(level, (int) (nodes % StoredTiles.WIDTH), node);
      if (nodes % StoredTiles.WIDTH != StoredTiles.WIDTH - 1) {
        break;
      }
      tiles.full(level, nodes / StoredTiles.WIDTH, tile);
      pending.set(level, new byte[0]);
      node = StoredTiles.root(tile);
      nodes /= StoredTiles.WIDTH;
    }
    size++;
  }

  private byte[] put(int level, int slot, Hash node) {
    if (level == pending.size()) {
      pending.add(new byte[0]);
    }
    byte[] tile = pending.get(level);
    int needed = (slot + 1) * Hash.LENGTH;
    if (tile.length < needed) {
      tile = Arrays.copyOf(tile, Integer.highestOneBit(needed - 1) * 2);
      pending.set(level, tile);
    }
    node.copyTo(tile, slot * Hash.LENGTH);
    return tile;
  }
}
