package dev.cadastre.proof.tlog;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import java.util.Iterator;
import java.util.List;

/**
 * That a tree of {@code newSize} leaves begins with the tree of {@code oldSize} leaves (RFC 9162
 * section 2.1.4). From size 0, and between equal sizes, the path is empty.
 *
 * @param oldSize number of leaves before
 * @param newSize number of leaves after
 * @param path hashes in the order of the RFC
 */
public record ConsistencyProof(long oldSize, long newSize, List<Hash> path) {
  public ConsistencyProof {
    path = List.copyOf(path);
  }

  /** Checks that the path leads to both roots and is used up exactly. */
  public void verify(Hash oldRoot, Hash newRoot) throws ProofRefused {
    if (oldSize < 0 || oldSize > newSize) {
      throw new ProofRefused(
          "expected sizes 0 <= old <= new, found " + oldSize + " and " + newSize);
    }
    if (oldSize == 0 || oldSize == newSize) {
      verifyTrivial(oldRoot, newRoot);
    } else {
      verifyPath(oldRoot, newRoot);
    }
  }

  private void verifyTrivial(Hash oldRoot, Hash newRoot) throws ProofRefused {
    if (!path.isEmpty()) {
      throw new ProofRefused("expected no hashes between these sizes, found " + path.size());
    }
    requireEqual("old root", oldSize == 0 ? Merkle.EMPTY_ROOT : newRoot, oldRoot);
    if (newSize == 0) {
      requireEqual("new root", Merkle.EMPTY_ROOT, newRoot);
    }
  }

  private void verifyPath(Hash oldRoot, Hash newRoot) throws ProofRefused {
    long node = oldSize - 1;
    long last = newSize - 1;
    while ((node & 1) == 1) {
      node >>= 1;
      last >>= 1;
    }
    Iterator<Hash> rest = path.iterator();
    // A perfect old tree is a node of the new one, and its root need not be sent.
    Hash first = node == 0 ? oldRoot : next(rest);
    Hash oldHash = first;
    Hash newHash = first;
    while (rest.hasNext()) {
      Hash sibling = rest.next();
      if (last == 0) {
        throw new ProofRefused("expected a path that ends at the root, found hashes left over");
      }
      if ((node & 1) == 1 || node == last) {
        oldHash = Merkle.nodeHash(sibling, oldHash);
        newHash = Merkle.nodeHash(sibling, newHash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        newHash = Merkle.nodeHash(newHash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    if (last != 0) {
      throw new ProofRefused("expected a path up to the root, found one that ends before");
    }
    requireEqual("old root", oldRoot, oldHash);
    requireEqual("new root", newRoot, newHash);
  }

  private static Hash next(Iterator<Hash> rest) throws ProofRefused {
    if (!rest.hasNext()) {
      throw new ProofRefused("expected a path up to the root, found one that ends before");
    }
    return rest.next();
  }

  private static void requireEqual(String what, Hash expected, Hash found) throws ProofRefused {
    if (!expected.equals(found)) {
      throw new ProofRefused("expected " + what + " " + expected + ", found " + found);
    }
  }
}
