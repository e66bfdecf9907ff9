package dev.cadastre.proof.tlog;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Proofs about the tree of the first {@code size} leaves, computed from its tiles. Each tile is
 * read once and kept, so an instance is for one request or one pinned tree; it is confined to one
 * thread.
 */
public final class TileProofs {
  private static final int TILE_HEIGHT = 8;

  private final TileReader tiles;
  private final long size;
  private final Map<TileAddress, byte[]> read = new HashMap<>();

  public TileProofs(TileReader tiles, long size) {
    if (size < 0) {
      throw new IllegalArgumentException("a tree has 0 leaves or more, not " + size);
    }
    this.tiles = tiles;
    this.size = size;
  }

  /** The proof that leaf {@code index} is in the tree. */
  public InclusionProof inclusion(long index) throws Refused {
    requireLeaf(index);
    List<Hash> path = new ArrayList<>();
    path(index, 0, size, path);
    return new InclusionProof(index, size, path);
  }

  /** PATH of RFC 6962 section 2.1.1 over the leaves [start, end), deepest sibling first. */
  private void path(long index, long start, long end, List<Hash> path) throws Refused {
    if (end - start == 1) {
      return;
    }
    long split = start + split(end - start);
    if (index < split) {
      path(index, start, split, path);
      path.add(rangeHash(split, end));
    } else {
      path(index, split, end, path);
      path.add(rangeHash(start, split));
    }
  }

  /** The proof that the tree begins with the tree of {@code oldSize} leaves. */
  public ConsistencyProof consistency(long oldSize) throws Refused {
    if (oldSize < 0 || oldSize > size) {
      throw new ProofRefused("expected an old size from 0 to " + size + ", found " + oldSize);
    }
    List<Hash> path = new ArrayList<>();
    if (oldSize > 0 && oldSize < size) {
      subproof(oldSize, 0, size, true, path);
    }
    return new ConsistencyProof(oldSize, size, path);
  }

  /** SUBPROOF of RFC 6962 section 2.1.2; {@code known} while the range is the old tree itself. */
  private void subproof(long oldEnd, long start, long end, boolean known, List<Hash> path)
      throws Refused {
    if (oldEnd == end) {
      if (!known) {
        path.add(rangeHash(start, end));
      }
      return;
    }
    long split = start + split(end - start);
    if (oldEnd <= split) {
      subproof(oldEnd, start, split, known, path);
      path.add(rangeHash(split, end));
    } else {
      subproof(oldEnd, split, end, false, path);
      path.add(rangeHash(start, split));
    }
  }

  /** The hash of a subtree. */
  public Hash hash(Subtree subtree) throws Refused {
    requireWithin(subtree);
    return rangeHash(subtree.start(), subtree.end());
  }

  /** The path of leaf {@code index} within a subtree, see {@link Subtree#inclusion}. */
  public List<Hash> path(long index, Subtree subtree) throws Refused {
    requireWithin(subtree);
    if (index < subtree.start() || index >= subtree.end()) {
      throw new ProofRefused("expected an index within " + subtree + ", found " + index);
    }
    List<Hash> path = new ArrayList<>();
    path(index, subtree.start(), subtree.end(), path);
    return path;
  }

  /** The path of {@link Subtree#verifyConsistency} from a subtree to the whole tree. */
  public List<Hash> consistency(Subtree subtree) throws Refused {
    requireWithin(subtree);
    List<Hash> path = new ArrayList<>();
    subtreeProof(subtree, 0, size, true, path);
    return path;
  }

  /** SUBTREE_SUBPROOF of draft-ietf-plants-merkle-tree-certs-02. */
  private void subtreeProof(Subtree subtree, long start, long end, boolean known, List<Hash> path)
      throws Refused {
    if (subtree.start() <= start && end <= subtree.end()) {
      if (!known) {
        path.add(rangeHash(start, end));
      }
      return;
    }
    long split = start + split(end - start);
    if (subtree.end() <= split) {
      subtreeProof(subtree, start, split, known, path);
      path.add(rangeHash(split, end));
    } else {
      subtreeProof(subtree, split, end, known && subtree.start() >= split, path);
      path.add(rangeHash(start, split));
    }
  }

  private void requireWithin(Subtree subtree) throws ProofRefused {
    if (subtree.end() > size) {
      throw new ProofRefused("expected a subtree of " + size + " leaves, found " + subtree);
    }
  }

  /** The frontier of the first {@code treeSize} leaves. */
  public Frontier frontier(long treeSize) throws Refused {
    if (treeSize < 0 || treeSize > size) {
      throw new ProofRefused("expected a size from 0 to " + size + ", found " + treeSize);
    }
    return new Frontier(treeSize, perfectSubtrees(0, treeSize));
  }

  /** The root of the whole tree. */
  public Hash root() throws Refused {
    return frontier(size).root();
  }

  /** The hash of the leaf at {@code index}. */
  public Hash leaf(long index) throws Refused {
    requireLeaf(index);
    return subtreeHash(0, index);
  }

  private void requireLeaf(long index) throws ProofRefused {
    if (index < 0 || index >= size) {
      throw new ProofRefused("expected an index from 0 to below " + size + ", found " + index);
    }
  }

  /**
   * MTH of the leaves [start, end), where {@code start} is aligned to the largest subtree in it.
   */
  private Hash rangeHash(long start, long end) throws Refused {
    List<Hash> subtrees = perfectSubtrees(start, end);
    Hash hash = subtrees.get(subtrees.size() - 1);
    for (int i = subtrees.size() - 2; i >= 0; i--) {
      hash = Merkle.nodeHash(subtrees.get(i), hash);
    }
    return hash;
  }

  private List<Hash> perfectSubtrees(long start, long end) throws Refused {
    List<Hash> hashes = new ArrayList<>();
    long from = start;
    while (from < end) {
      long width = Long.highestOneBit(end - from);
      int height = Long.numberOfTrailingZeros(width);
      hashes.add(subtreeHash(height, from >> height));
      from += width;
    }
    return hashes;
  }

  /**
   * The root of the perfect subtree of 2^height leaves that begins at leaf {@code index ×
   * 2^height}.
   */
  private Hash subtreeHash(int height, long index) throws Refused {
    int level = height / TILE_HEIGHT;
    int inner = height % TILE_HEIGHT;
    long first = index << inner;
    TileAddress address = TileAddress.in(size, level, first / TileAddress.FULL);
    int offset = (int) (first % TileAddress.FULL);
    return inTile(bytes(address), inner, offset);
  }

  private static Hash inTile(byte[] tile, int height, int offset) {
    if (height == 0) {
      return Hash.of(tile, offset * Hash.LENGTH);
    }
    int half = 1 << (height - 1);
    return Merkle.nodeHash(
        inTile(tile, height - 1, offset), inTile(tile, height - 1, offset + half));
  }

  private byte[] bytes(TileAddress address) throws Refused {
    byte[] tile = read.get(address);
    if (tile == null) {
      tile = tiles.tile(address);
      if (tile.length != address.width() * Hash.LENGTH) {
        throw new ProofRefused(
            "expected "
                + address.width() * Hash.LENGTH
                + " bytes in "
                + address
                + ", found "
                + tile.length);
      }
      read.put(address, tile);
    }
    return tile;
  }

  /** The largest power of two below {@code n}. */
  private static long split(long n) {
    return Long.highestOneBit(n - 1);
  }
}
