package dev.cadastre.ledger.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.proof.tlog.FrontierBuilder;
import dev.cadastre.proof.tlog.TileReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
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
  private final StoppedLogs stopped;
  private final Cache<Key, Hash> roots =
      Caffeine.newBuilder().maximumSize(KEPT_ROOTS).executor(Runnable::run).build();

  /**
   * @param stopped told of each log of which a tile is damaged or missing
   */
  public StoredTiles(LedgerStore store, Segments segments, StoppedLogs stopped) {
    this.store = store;
    this.segments = segments;
    this.stopped = stopped;
  }

  /**
   * The first {@code width} hashes of a tile, 32 bytes each.
   *
   * @throws java.util.NoSuchElementException if the log is too short for it
   */
  public byte[] hashes(LogName log, int level, long index, int width) {
    // Of a tree smaller than the log is by now, a partial tile may be the front of a stored one.
    Optional<byte[]> stored = stored(log, level, index);
    if (stored.isPresent()) {
      return Arrays.copyOf(stored.get(), width * Hash.LENGTH);
    }
    if (width == WIDTH) {
      throw stopped.stop(log, "tile " + level + "/" + index + " is missing from the store", null);
    }
    return level == 0 ? leaves(log, index, width) : roots(log, level, index, width);
  }

  /** One log's tiles. */
  public TileReader of(LogName log) {
    return address -> hashes(log, address.level(), address.index(), address.width());
  }

  private Optional<byte[]> stored(LogName log, int level, long index) {
    Optional<byte[]> stored = stopped.reading(log, () -> store.tile(log, level, index));
    if (stored.isPresent() && stored.get().length != WIDTH * Hash.LENGTH) {
      throw stopped.stop(log, "tile " + level + "/" + index + " is damaged", null);
    }
    return stored;
  }

  /** The hash of an entry as its tile has it; empty while the tile is not full. */
  public Optional<Hash> leaf(LogName log, long index) {
    int slot = (int) (index % WIDTH);
    return stored(log, 0, index / WIDTH).map(tile -> Hash.of(tile, slot * Hash.LENGTH));
  }

  private byte[] leaves(LogName log, long index, int width) {
    ByteBuffer hashes = ByteBuffer.allocate(width * Hash.LENGTH);
    long first = index * WIDTH;
    segments.forEach(
        log, first, first + width, entry -> hashes.put(Merkle.leafHash(entry).bytes()));
    return hashes.array();
  }

  private byte[] roots(LogName log, int level, long index, int width) {
    ByteBuffer hashes = ByteBuffer.allocate(width * Hash.LENGTH);
    for (int slot = 0; slot < width; slot++) {
      hashes.put(root(log, level - 1, index * WIDTH + slot).bytes());
    }
    return hashes.array();
  }

  private Hash root(LogName log, int level, long index) {
    return roots.get(new Key(log, level, index), absent -> root(hashes(log, level, index, WIDTH)));
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
