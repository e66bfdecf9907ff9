package dev.cadastre.proof.tlog;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import java.util.ArrayList;
import java.util.List;

/**
 * That a leaf lies at {@code index} of a tree of {@code size} leaves (RFC 9162 section 2.1.3).
 *
 * @param index position of the leaf, from 0
 * @param size number of leaves in the tree
 * @param path the siblings from the leaf's up to the root's child
 */
public record InclusionProof(long index, long size, List<Hash> path) {
  public InclusionProof {
    path = List.copyOf(path);
  }

  /** Checks that the leaf, led up the path, gives {@code root} and uses the path up exactly. */
  public void verify(Hash leaf, Hash root) throws ProofRefused {
    Hash found = root(leaf);
    if (!found.equals(root)) {
      throw new ProofRefused("expected the path to lead to root " + root + ", found " + found);
    }
  }

  /** The root to which this path leads from {@code leaf}. */
  public Hash root(Hash leaf) throws ProofRefused {
    List<Join> joins = joins(leaf);
    return joins.isEmpty() ? leaf : joins.get(joins.size() - 1).node();
  }

  /**
   * One join on the way up.
   *
   * @param sibling the path's hash that is joined to the one carried up
   * @param siblingLeft whether the sibling is the left child
   * @param node what both give
   */
  public record Join(Hash sibling, boolean siblingLeft, Hash node) {}

  /** Every join on the way from {@code leaf}, lowest first; none in a tree of one leaf. */
  public List<Join> joins(Hash leaf) throws ProofRefused {
    if (index < 0 || index >= size) {
      throw new ProofRefused("expected an index from 0 to below " + size + ", found " + index);
    }
    long node = index;
    long last = size - 1;
    Hash hash = leaf;
    List<Join> joins = new ArrayList<>(path.size());
    for (Hash sibling : path) {
      if (last == 0) {
        throw new ProofRefused("expected a path that ends at the root, found hashes left over");
      }
      boolean siblingLeft = (node & 1) == 1 || node == last;
      if (siblingLeft) {
        hash = Merkle.nodeHash(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = Merkle.nodeHash(hash, sibling);
      }
      joins.add(new Join(sibling, siblingLeft, hash));
      node >>= 1;
      last >>= 1;
    }
    if (last != 0) {
      throw new ProofRefused("expected a path up to the root, found one that ends before");
    }
    return joins;
  }
}
