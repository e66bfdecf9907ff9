package dev.cadastre.proof.tlog;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.proof.note.SubtreeRange;
import java.util.Iterator;
import java.util.List;

/**
 * A run of leaves [start, end) that has a hash of its own (draft-ietf-plants-merkle-tree-certs-02,
 * section "Subtrees"): {@code start} is a multiple of the smallest power of two that is not below
 * its length. A checkpoint's tree is the subtree [0, size).
 *
 * @param start index of the first leaf
 * @param end index after the last leaf, above {@code start}
 */
public record Subtree(long start, long end) {
  public Subtree {
    if (!SubtreeRange.isSubtree(start, end)) {
      throw new IllegalArgumentException("no subtree: [" + start + ", " + end + ")");
    }
  }

  /** Refuses a range that is no subtree. */
  public static Subtree of(long start, long end) throws ProofRefused {
    if (!SubtreeRange.isSubtree(start, end)) {
      throw new ProofRefused("expected a subtree, found the range [" + start + ", " + end + ")");
    }
    return new Subtree(start, end);
  }

  /** Number of leaves. */
  public long size() {
    return end - start;
  }

  /**
   * The proof that leaf {@code index} of the log lies in this subtree, to be verified against its
   * hash.
   */
  public InclusionProof inclusion(long index, List<Hash> path) {
    return new InclusionProof(index - start, size(), path);
  }

  /**
   * Checks that this subtree is part of a tree and the path is used up exactly.
   *
   * @param treeSize number of leaves of the tree
   * @param path the subtree consistency proof in the order of the draft
   * @param hash hash of this subtree
   * @param root root of the tree
   */
  public void verifyConsistency(long treeSize, List<Hash> path, Hash hash, Hash root)
      throws ProofRefused {
    if (end > treeSize) {
      throw new ProofRefused(
          "expected a subtree of " + treeSize + " leaves, found one that ends at " + end);
    }
    Iterator<Hash> rest = path.iterator();
    Node top = climb(0, treeSize, hash, true, rest);
    if (rest.hasNext()) {
      throw new ProofRefused("expected a path that ends at the root, found hashes left over");
    }
    if (!top.part.equals(hash)) {
      throw new ProofRefused(
          "expected the path to lead to subtree hash " + hash + ", found " + top.part);
    }
    if (!top.whole.equals(root)) {
      throw new ProofRefused("expected the path to lead to root " + root + ", found " + top.whole);
    }
  }

  /** Hash of a node, and of those of its leaves that belong to the subtree. */
  private record Node(Hash whole, Hash part) {}

  /**
   * Rebuilds the node over [low, high) along the recursion that made the proof.
   *
   * @param known whether the subtree lies in this node entirely, so that its hash need not be sent
   */
  private Node climb(long low, long high, Hash hash, boolean known, Iterator<Hash> rest)
      throws ProofRefused {
    if (start <= low && high <= end) {
      Hash own = known ? hash : next(rest);
      return new Node(own, own);
    }
    long split = low + Long.highestOneBit(high - low - 1);
    if (end <= split) {
      Node left = climb(low, split, hash, known, rest);
      return new Node(Merkle.nodeHash(left.whole, next(rest)), left.part);
    }
    boolean shared = start < split;
    Node right = climb(split, high, hash, known && !shared, rest);
    Hash left = next(rest);
    return new Node(
        Merkle.nodeHash(left, right.whole),
        shared ? Merkle.nodeHash(left, right.part) : right.part);
  }

  private static Hash next(Iterator<Hash> rest) throws ProofRefused {
    if (!rest.hasNext()) {
      throw new ProofRefused("expected a path up to the root, found one that ends before");
    }
    return rest.next();
  }
}
