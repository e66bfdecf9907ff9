package dev.cadastre.ledger;

import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.Segments;
import dev.cadastre.ledger.store.StoredTiles;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.entry.Entry;
import dev.cadastre.proof.tlog.ConsistencyProof;
import dev.cadastre.proof.tlog.EntryBundle;
import dev.cadastre.proof.tlog.Frontier;
import dev.cadastre.proof.tlog.InclusionProof;
import dev.cadastre.proof.tlog.TileAddress;
import dev.cadastre.proof.tlog.TileProofs;
import dev.cadastre.proof.tlog.TileReader;
import dev.cadastre.proof.tlog.TlogProof;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * One log, for reading. Each call sees what was committed when it starts, by this process or
 * another. Safe for use by several threads.
 *
 * <p>What a caller asks for that the log does not have is {@link Refused}; a store that cannot be
 * read is {@link StorageFailure}.
 */
public final class LogReader implements TileReader {
  private final LogName log;
  private final String origin;
  private final LedgerStore store;
  private final Segments segments;
  private final StoredTiles tiles;
  private final Checkpoints checkpoints;

  LogReader(
      LogName log,
      String origin,
      LedgerStore store,
      Segments segments,
      StoredTiles tiles,
      Checkpoints checkpoints) {
    this.log = log;
    this.origin = origin;
    this.store = store;
    this.segments = segments;
    this.tiles = tiles;
    this.checkpoints = checkpoints;
  }

  public LogName log() {
    return log;
  }

  public String origin() {
    return origin;
  }

  /** Number of entries on disk. */
  public long size() {
    return store.size(log);
  }

  public Entry entry(long index) throws Refused {
    requireBelow("index", index, size());
    return parse(segments.entry(log, index));
  }

  /**
   * Hands over entries from (inclusive) to (exclusive) in order, a few segments in memory at a
   * time.
   */
  public void entries(long from, long to, Consumer<Entry> consumer) throws Refused {
    requireRange(from, to);
    segments.forEach(log, from, to, bytes -> consumer.accept(parse(bytes)));
  }

  /** The same for the entries' exact bytes, not parsed; shared, not to be changed. */
  public void bytes(long from, long to, Consumer<byte[]> consumer) throws Refused {
    requireRange(from, to);
    segments.forEach(log, from, to, consumer);
  }

  /** A tile's hashes, 32 bytes each, or an entry bundle, full or partial. */
  @Override
  public byte[] tile(TileAddress address) throws Refused {
    if (address.isEntries()) {
      return bundle(address.index(), address.width());
    }
    requireTile(address, size() >> 8 * Math.min(address.level(), 7));
    return tiles.hashes(log, address.level(), address.index(), address.width());
  }

  /**
   * The entry bundle (C2SP tlog-tiles) of the first {@code width} entries from {@code index} × 256
   * on.
   */
  public byte[] bundle(long index, int width) throws Refused {
    TileAddress address = TileAddress.entries(index, width);
    requireTile(address, size());
    long from = index * TileAddress.FULL;
    List<byte[]> entries = new ArrayList<>(width);
    segments.forEach(log, from, from + width, entries::add);
    return EntryBundle.encode(entries);
  }

  /**
   * The compact range [0, size) of the tree: all that is needed to prove that later entries extend
   * it.
   */
  public Frontier frontier(long size) throws Refused {
    return proofs(size).frontier(size);
  }

  /** The proof that entry {@code index} is in the tree of the first {@code size} entries. */
  public InclusionProof inclusion(long index, long size) throws Refused {
    return proofs(size).inclusion(index);
  }

  /** The proof that the tree of {@code newSize} entries begins with that of {@code oldSize}. */
  public ConsistencyProof consistency(long oldSize, long newSize) throws Refused {
    return proofs(newSize).consistency(oldSize);
  }

  /**
   * The checkpoint of all entries on disk; signed and kept now if the log has grown since the last.
   */
  public SignedCheckpoint checkpoint() {
    return checkpoints.at(this, size());
  }

  /** The checkpoint of the first {@code size} entries, signed and kept now if there is none. */
  public SignedCheckpoint checkpointFor(long size) throws Refused {
    requireSize(size);
    if (size == 0) {
      throw new Refused("expected a size from 1 on: a log begins with its birth");
    }
    return checkpoints.at(this, size);
  }

  /**
   * The proof that entry {@code index} is in the log, with the newest checkpoint that covers it.
   */
  public TlogProof proof(long index) throws Refused {
    requireBelow("index", index, size());
    SignedCheckpoint newest = checkpoints.covering(this, index);
    InclusionProof inclusion = inclusion(index, newest.checkpoint().size());
    return new TlogProof(index, inclusion.path(), newest.note());
  }

  /** Indexes of the entries that adopted policies, oldest first. */
  public List<Long> policies() {
    return store.policies(log);
  }

  /** The entry that adopted the policy by which an entry at {@code index} is judged. */
  public OptionalLong policyBefore(long index) {
    return store.policyBefore(log, index);
  }

  private TileProofs proofs(long size) throws Refused {
    requireSize(size);
    // The tree's tiles are read as they are at that size, however far the log has grown.
    return new TileProofs(
        address -> tiles.hashes(log, address.level(), address.index(), address.width()), size);
  }

  private Entry parse(byte[] bytes) {
    try {
      return Entry.parse(bytes);
    } catch (Refused damage) {
      throw new StorageFailure(
          "log " + log + " holds a damaged entry: " + damage.getMessage(), damage);
    }
  }

  private void requireTile(TileAddress address, long hashes) throws Refused {
    if (address.level() > 7 || address.index() > hashes / TileAddress.FULL) {
      throw new Refused("log " + log + " has no " + address.path() + " yet");
    }
    if (address.index() * TileAddress.FULL + address.width() > hashes) {
      throw new Refused("log " + log + " has no " + address.path() + " yet");
    }
  }

  private void requireRange(long from, long to) throws Refused {
    long size = size();
    if (from < 0 || to < from || to > size) {
      throw new Refused(
          "expected a range within 0.." + size + " of log " + log + ", found " + from + ".." + to);
    }
  }

  private void requireSize(long size) throws Refused {
    requireBelow("size", size, size() + 1);
  }

  private void requireBelow(String what, long value, long bound) throws Refused {
    if (value < 0 || value >= bound) {
      throw new Refused(
          "expected an entry "
              + what
              + " from 0 to "
              + (bound - 1)
              + " in log "
              + log
              + ", found "
              + value);
    }
  }
}
