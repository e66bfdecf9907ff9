package dev.cadastre.proof.fuzz;

import dev.cadastre.formats.Hash;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Proofs read the way RFC 6962 section 2.1 makes them: from the root down, recursively. */
final class NaivePaths {
  private NaivePaths() {}

  private static final class TooShort extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** The root to which a path leads; empty if it has too few hashes or too many. */
  static Optional<Hash> root(long index, long size, List<Hash> path, Hash leaf) {
    if (index < 0 || index >= size) {
      return Optional.empty();
    }
    try {
      Iterator<Hash> rest = path.iterator();
      Hash root = root(index, size, rest, leaf);
      return rest.hasNext() ? Optional.empty() : Optional.of(root);
    } catch (TooShort e) {
      return Optional.empty();
    }
  }

  private static Hash root(long index, long size, Iterator<Hash> path, Hash leaf) {
    if (size == 1) {
      return leaf;
    }
    long k = Long.highestOneBit(size - 1);
    if (index < k) {
      Hash left = root(index, k, path, leaf);
      return node(left, next(path));
    }
    Hash right = root(index - k, size - k, path, leaf);
    return node(next(path), right);
  }

  /** Old and new root. */
  record Roots(Hash before, Hash after) {}

  /**
   * The roots to which a consistency path leads, {@code oldRoot} being given where the path does
   * not have it; empty if it has too few hashes or too many.
   */
  static Optional<Roots> roots(long oldSize, long newSize, List<Hash> path, Hash oldRoot) {
    try {
      Iterator<Hash> rest = path.iterator();
      Roots roots = subproof(oldSize, newSize, true, rest, oldRoot);
      return rest.hasNext() ? Optional.empty() : Optional.of(roots);
    } catch (TooShort e) {
      return Optional.empty();
    }
  }

  private static Roots subproof(long m, long n, boolean known, Iterator<Hash> path, Hash oldRoot) {
    if (m == n) {
      Hash same = known ? oldRoot : next(path);
      return new Roots(same, same);
    }
    long k = Long.highestOneBit(n - 1);
    if (m <= k) {
      Roots left = subproof(m, k, known, path, oldRoot);
      return new Roots(left.before, node(left.after, next(path)));
    }
    Roots right = subproof(m - k, n - k, false, path, oldRoot);
    Hash left = next(path);
    return new Roots(node(left, right.before), node(left, right.after));
  }

  private static Hash next(Iterator<Hash> path) {
    if (!path.hasNext()) {
      throw new TooShort();
    }
    return path.next();
  }

  private static Hash node(Hash left, Hash right) {
    return Hash.sha256(new byte[] {1}, left.bytes(), right.bytes());
  }
}
