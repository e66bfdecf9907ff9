package dev.cadastre.ledger.store;

import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.StorageFailure;
import dev.cadastre.proof.Hash;
import dev.cadastre.proof.tlog.FrontierBuilder;
import dev.cadastre.proof.tlog.Merkle;
import java.util.Optional;

/**
 * A log's tiles: full ones as stored, partial ones computed from the entries (level 0) or from the
 * full tiles one level below. Safe for use by several threads.
 */
public final class StoredTiles {
  /** Hashes in a full tile. */
  public static final int WIDTH = 256;

  private static final long KEPT_ROOTS = 16_384;

  private record Key(LogName log, int level, long index) {}

  private final LedgerStore store;
  private final Segments segments;
  private final RecentlyUsed<Key, Hash> roots = new RecentlyUsed<>(KEPT_ROOTS, root -> 1);

  public StoredTiles(LedgerStore store, Segments segments) {
    this.store = store;
    this.segments = segments;
  }

  /**
   * The first {@code width} hashes of a tile, 32 bytes each.
   *
   * @throws java.util.NoSuchElementException if the log is too short for it
   */
  public byte[] hashes(LogName log, int level, long index, int width) {
    if (width == WIDTH) {
      return full(log, level, index);
    }
    byte[] hashes = new byte[width * Hash.LENGTH];
    long first = index * WIDTH;
    if (level == 0) {
      int[] at = {0};
      segments.forEach(
          log,
          first,
          first + width,
          entry -> {
            Merkle.leafHash(entry).copyTo(hashes, at[0]);
            at[0] += Hash.LENGTH;
          });
    } else {
      for (int slot = 0; slot < width; slot++) {
        root(log, level - 1, first + slot).copyTo(hashes, slot * Hash.LENGTH);
      }
    }
    return hashes;
  }

  private byte[] full(LogName log, int level, long index) {
    return store
        .tile(log, level, index)
        .orElseThrow(
            () ->
                new StorageFailure(
                    "log " + log + ", tile " + level + "/" + index + " is missing from the store"));
  }

  private Hash root(LogName log, int level, long index) {
    Key key = new Key(log, level, index);
    Optional<Hash> kept = roots.get(key);
    if (kept.isPresent()) {
      return kept.get();
    }
    Hash root = root(full(log, level, index));
    roots.put(key, root);
    return root;
  }

  /**
   * The root of the tree over a tile's hashes: the hash that stands for a full tile one level up.
   */
  public static Hash root(byte[] hashes) {
    FrontierBuilder tree = new FrontierBuilder();
    for (int at = 0; at < hashes.length; at += Hash.LENGTH) {
      tree.append(Hash.of(hashes, at));
    }
    return tree.root();
  }
}
