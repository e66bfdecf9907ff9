package dev.cadastre.proof.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Subtrees against the recursive definition, for every subtree of every small tree. */
class SubtreeTest {
  private static final int SIZE = 33;

  private static List<Hash> leaves(int n) {
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      leaves.add(Merkle.leafHash(new byte[] {(byte) i}));
    }
    return leaves;
  }

  /** The draft's SUBTREE_SUBPROOF as it is written. */
  private static List<Hash> proof(int start, int end, List<Hash> d, boolean known) {
    int n = d.size();
    if (start == 0 && end == n) {
      return known ? List.of() : List.of(NaiveTree.root(d));
    }
    int k = Integer.highestOneBit(n - 1);
    List<Hash> proof;
    if (end <= k) {
      proof = new ArrayList<>(proof(start, end, d.subList(0, k), known));
      proof.add(NaiveTree.root(d.subList(k, n)));
    } else if (k <= start) {
      proof = new ArrayList<>(proof(start - k, end - k, d.subList(k, n), known));
      proof.add(NaiveTree.root(d.subList(0, k)));
    } else {
      proof = new ArrayList<>(proof(0, end - k, d.subList(k, n), false));
      proof.add(NaiveTree.root(d.subList(0, k)));
    }
    return proof;
  }

  private static boolean isSubtree(int start, int end) {
    int ceiling = 1;
    while (ceiling < end - start) {
      ceiling *= 2;
    }
    return end > start && start % ceiling == 0;
  }

  @Test
  void everySubtreeOfEverySmallTree() throws Refused {
    for (int n = 1; n <= SIZE; n++) {
      List<Hash> d = leaves(n);
      TileProofs proofs = new TileProofs(new MemoryTiles(d), n);
      Hash root = NaiveTree.root(d);
      for (int start = 0; start < n; start++) {
        for (int end = start + 1; end <= n; end++) {
          if (isSubtree(start, end)) {
            check(Subtree.of(start, end), d, proofs, root);
          } else {
            int from = start;
            int to = end;
            assertThrows(ProofRefused.class, () -> Subtree.of(from, to));
          }
        }
      }
    }
  }

  private static void check(Subtree subtree, List<Hash> d, TileProofs proofs, Hash root)
      throws Refused {
    int start = (int) subtree.start();
    int end = (int) subtree.end();
    Hash hash = NaiveTree.root(d.subList(start, end));
    assertEquals(hash, proofs.hash(subtree));
    List<Hash> path = proofs.consistency(subtree);
    assertEquals(proof(start, end, d, true), path, subtree + " of " + d.size());
    subtree.verifyConsistency(d.size(), path, hash, root);
    refuseVariants(subtree, d.size(), path, hash, root);
    subtree.inclusion(end - 1, proofs.path(end - 1, subtree)).verify(d.get(end - 1), hash);
    assertThrows(ProofRefused.class, () -> subtree.inclusion(end, List.of()).verify(hash, hash));
    assertThrows(ProofRefused.class, () -> proofs.path(end, subtree));
  }

  private static void refuseVariants(
      Subtree subtree, int n, List<Hash> path, Hash hash, Hash root) {
    Hash other = Hash.sha256(hash.bytes());
    refuse(subtree, n, path, other, root);
    refuse(subtree, n, path, hash, other);
    List<Hash> longer = new ArrayList<>(path);
    longer.add(root);
    refuse(subtree, n, longer, hash, root);
    for (int i = 0; i < path.size(); i++) {
      List<Hash> shorter = new ArrayList<>(path);
      shorter.remove(i);
      refuse(subtree, n, shorter, hash, root);
      List<Hash> altered = new ArrayList<>(path);
      altered.set(i, other);
      refuse(subtree, n, altered, hash, root);
    }
    refuse(subtree, (int) subtree.end() - 1, path, hash, root);
  }

  private static void refuse(Subtree subtree, int n, List<Hash> path, Hash hash, Hash root) {
    assertThrows(
        ProofRefused.class,
        () -> subtree.verifyConsistency(n, path, hash, root),
        subtree + " of " + n);
  }

  @Test
  void rangesThatAreNoSubtreesAreRefused() {
    for (long[] range :
        new long[][] {
          {-1, 1}, {0, 0}, {1, 1}, {2, 1}, {1, 3}, {2, 5}, {4, 9}, {1, Long.MAX_VALUE}
        }) {
      assertThrows(ProofRefused.class, () -> Subtree.of(range[0], range[1]));
    }
  }

  @Test
  void theWholeLogIsASubtreeHoweverLong() throws Refused {
    assertEquals(Long.MAX_VALUE, Subtree.of(0, Long.MAX_VALUE).size());
  }
}
