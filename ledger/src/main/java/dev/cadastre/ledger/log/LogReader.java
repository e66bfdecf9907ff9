package dev.cadastre.ledger.log;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.model.SignedCheckpoint;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.Segments;
import dev.cadastre.ledger.store.StoppedLogs;
import dev.cadastre.ledger.store.StoredTiles;
import dev.cadastre.proof.tlog.ConsistencyProof;
import dev.cadastre.proof.tlog.EntryBundle;
import dev.cadastre.proof.tlog.Frontier;
import dev.cadastre.proof.tlog.FrontierBuilder;
import dev.cadastre.proof.tlog.InclusionProof;
import dev.cadastre.proof.tlog.ProofRefused;
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
public final class LogReader implements LogSource, TileReader {
  private final LogName log;
  private final String origin;
  private final LedgerStore store;
  private final Segments segments;
  private final StoredTiles tiles;
  private final Checkpoints checkpoints;
  private final StoppedLogs stopped;
  private final long sizeWhenOpened;

  public LogReader(
      LogName log,
      String origin,
      LedgerStore store,
      Segments segments,
      StoredTiles tiles,
      Checkpoints checkpoints,
      StoppedLogs stopped) {
    this.log = log;
    this.origin = origin;
    this.store = store;
    this.segments = segments;
    this.tiles = tiles;
    this.checkpoints = checkpoints;
    this.stopped = stopped;
    this.sizeWhenOpened = size();
  }

  @Override
  public LogName log() {
    return log;
  }

  @Override
  public String origin() {
    return origin;
  }

  /** Number of entries on disk. */
  @Override
  public long size() {
    return store.size(log);
  }

  @Override
  public Entry entry(long index) throws Refused {
    requireBelow("index", index, size());
    Entry entry = parse(segments.entry(log, index));
    tiles.leaf(log, index).ifPresent(leaf -> requireLeaf(index, leaf, entry.leafHash()));
    return entry;
  }

  /**
   * Hands over entries from (inclusive) to (exclusive) in order, a few segments in memory at a
   * time.
   *
   * @throws LogStopped at the end, if they are not those that the tree was built from
   */
  @Override
  public void entries(long from, long to, Consumer<Entry> consumer) throws Refused {
    requireRange(from, to);
    FrontierBuilder tree = frontier(from).toBuilder();
    segments.forEach(
        log,
        from,
        to,
        bytes -> {
          Entry entry = parse(bytes);
          tree.append(entry.leafHash());
          consumer.accept(entry);
        });
    requireRoot(to, tree.root());
  }

  /**
   * The same for the entries' exact bytes, not parsed; shared, not to be changed. What was appended
   * since this process opened the log is not held against the tree.
   */
  @Override
  public void bytes(long from, long to, Consumer<byte[]> consumer) throws Refused {
    requireRange(from, to);
    if (to - from == 1) {
      byte[] one = segments.entry(log, from);
      tiles.leaf(log, from).ifPresent(leaf -> requireLeaf(from, leaf, Merkle.leafHash(one)));
      consumer.accept(one);
      return;
    }
    if (from >= sizeWhenOpened) {
      segments.forEach(log, from, to, consumer);
      return;
    }
    FrontierBuilder tree = frontier(from).toBuilder();
    segments.forEach(
        log,
        from,
        to,
        bytes -> {
          tree.append(Merkle.leafHash(bytes));
          consumer.accept(bytes);
        });
    requireRoot(to, tree.root());
  }

  private void requireRoot(long size, Hash root) throws Refused {
    Hash signed = frontier(size).root();
    if (!signed.equals(root)) {
      throw stopped.stop(
          log, "its entries up to " + size + " are not those that its tree was built from", null);
    }
  }

  private void requireLeaf(long index, Hash leaf, Hash found) {
    if (!leaf.equals(found)) {
      throw stopped.stop(
          log, "entry " + index + " is not the one that its tree was built from", null);
    }
  }

  /**
   * At least the bytes of entries from (inclusive) to (exclusive), two for the length of each
   * included. Costs little: only the beginnings of segments are read.
   */
  @Override
  public long storedBytes(long from, long to) throws Refused {
    requireRange(from, to);
    return from == to ? 0 : store.segmentBytes(log, store.segmentStart(log, from).orElse(from), to);
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
    bytes(from, from + width, entries::add);
    return EntryBundle.encode(entries);
  }

  /**
   * The compact range [0, size) of the tree: all that is needed to prove that later entries extend
   * it.
   */
  @Override
  public Frontier frontier(long size) throws Refused {
    Frontier frontier = proofs(size).frontier(size);
    if (size > 0 && !checkpoints.root(this, size).equals(frontier.root())) {
      throw stopped.stop(log, "its tree at size " + size + " changed while it was read", null);
    }
    return frontier;
  }

  /** The proof that entry {@code index} is in the tree of the first {@code size} entries. */
  @Override
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
    requireProof(index, inclusion, newest.checkpoint().root());
    return new TlogProof(index, inclusion.path(), newest.note());
  }

  private void requireProof(long index, InclusionProof proof, Hash root) throws Refused {
    try {
      proof.verify(entry(index).leafHash(), root);
    } catch (ProofRefused differs) {
      throw stopped.stop(
          log, "entry " + index + " is not the one that was signed: " + differs, differs);
    }
  }

  /** Entries before {@code index} that adopted policies, newest first. */
  public List<Long> policiesBefore(long index, int atMost) {
    return store.policiesBefore(log, index, atMost);
  }

  /** The entry that adopted the policy by which an entry at {@code index} is judged. */
  @Override
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
      throw stopped.stop(log, "it holds a damaged entry: " + damage.getMessage(), damage);
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
