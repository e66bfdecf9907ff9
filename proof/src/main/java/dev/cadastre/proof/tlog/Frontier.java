package dev.cadastre.proof.tlog;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The compact range [0, size): the roots of the perfect subtrees that make up a tree, largest and
 * leftmost first, one for each 1 in the binary form of {@code size}. It is all that is needed to go
 * on appending, and to compute the root.
 */
public final class Frontier {
  /** The frontier of the tree without leaves. */
  public static final Frontier EMPTY = new Frontier(0, List.of());

  private final long size;
  private final List<Hash> hashes;

  Frontier(long size, List<Hash> hashes) {
    this.size = size;
    this.hashes = List.copyOf(hashes);
  }

  /** Refuses a negative size and a number of hashes that does not fit it. */
  public static Frontier of(long size, List<Hash> hashes) throws Refused {
    if (size < 0) {
      throw new Refused("expected a tree size of 0 or more, found " + size);
    }
    if (hashes.size() != Long.bitCount(size)) {
      throw new Refused(
          "expected "
              + Long.bitCount(size)
              + " frontier hashes for size "
              + size
              + ", found "
              + hashes.size());
    }
    return new Frontier(size, hashes);
  }

  /** Number of leaves. */
  public long size() {
    return size;
  }

  /** Roots of the perfect subtrees, largest first. */
  public List<Hash> hashes() {
    return hashes;
  }

  /** The Merkle tree hash of all leaves. */
  public Hash root() {
    if (size == 0) {
      return Merkle.EMPTY_ROOT;
    }
    Hash root = hashes.get(hashes.size() - 1);
    for (int i = hashes.size() - 2; i >= 0; i--) {
      root = Merkle.nodeHash(hashes.get(i), root);
    }
    return root;
  }

  /** The frontier after one more leaf. */
  public Frontier append(Hash leaf) {
    List<Hash> stack = new ArrayList<>(hashes);
    Hash node = leaf;
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      node = Merkle.nodeHash(stack.remove(stack.size() - 1), node);
    }
    stack.add(node);
    return new Frontier(Math.addExact(size, 1), stack);
  }

  /** A mutable copy for appending many leaves. */
  public FrontierBuilder toBuilder() {
    return new FrontierBuilder(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Frontier that && size == that.size && hashes.equals(that.hashes);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(size) + hashes.hashCode();
  }

  @Override
  public String toString() {
    return "Frontier[size=" + size + ", hashes=" + hashes + "]";
  }
}
