package dev.cadastre.proof.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Frontiers, tiles and proofs against the recursive definition, for every small size and for sizes
 * at tile edges.
 */
class TreeOracleTest {
  private static final int SMALL = 300;
  private static final long SEED = 6962;

  private static List<Hash> leaves(int n) {
    List<Hash> leaves = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      leaves.add(Merkle.leafHash(Integer.toString(i).getBytes(StandardCharsets.US_ASCII)));
    }
    return leaves;
  }

  @Test
  void frontierHasTheRootOfTheRecursiveTreeAtEverySize() throws Refused {
    List<Hash> leaves = leaves(SMALL);
    Frontier frontier = Frontier.EMPTY;
    FrontierBuilder builder = new FrontierBuilder();
    for (int n = 0; n <= SMALL; n++) {
      Hash root = NaiveTree.root(leaves.subList(0, n));
      assertEquals(root, frontier.root(), "size " + n);
      assertEquals(root, builder.root(), "size " + n);
      assertEquals(frontier, builder.frontier());
      assertEquals(frontier, Frontier.of(n, frontier.hashes()));
      assertEquals(frontier, new TileProofs(new MemoryTiles(leaves), SMALL).frontier(n));
      if (n < SMALL) {
        frontier = frontier.append(leaves.get(n));
        builder.append(leaves.get(n));
      }
    }
  }

  @Test
  void frontierContinuesFromAnySize() {
    List<Hash> leaves = leaves(SMALL);
    Hash root = NaiveTree.root(leaves);
    FrontierBuilder prefix = new FrontierBuilder();
    for (int n = 0; n < SMALL; n++) {
      FrontierBuilder rest = prefix.frontier().toBuilder();
      leaves.subList(n, SMALL).forEach(rest::append);
      assertEquals(root, rest.root(), "continued from " + n);
      prefix.append(leaves.get(n));
    }
  }

  @Test
  void inclusionOfEveryLeafInEverySmallTree() throws Refused {
    for (int n = 1; n <= 70; n++) {
      List<Hash> leaves = leaves(n);
      TileProofs proofs = new TileProofs(new MemoryTiles(leaves), n);
      Hash root = NaiveTree.root(leaves);
      assertEquals(root, proofs.root());
      for (int m = 0; m < n; m++) {
        InclusionProof proof = proofs.inclusion(m);
        assertEquals(NaiveTree.path(m, leaves), proof.path(), m + " of " + n);
        assertEquals(leaves.get(m), proofs.leaf(m));
        proof.verify(leaves.get(m), root);
        refuseVariants(proof, leaves.get(m), root);
      }
    }
  }

  @Test
  void consistencyBetweenAllSmallSizes() throws Refused {
    for (int n = 0; n <= 70; n++) {
      List<Hash> leaves = leaves(n);
      TileProofs proofs = new TileProofs(new MemoryTiles(leaves), n);
      Hash root = NaiveTree.root(leaves);
      for (int m = 0; m <= n; m++) {
        Hash old = NaiveTree.root(leaves.subList(0, m));
        ConsistencyProof proof = proofs.consistency(m);
        if (m > 0) {
          assertEquals(NaiveTree.proof(m, leaves, true), proof.path(), m + " to " + n);
        }
        proof.verify(old, root);
        refuseVariants(proof, old, root);
      }
    }
  }

  @Test
  void proofsAcrossTileEdges() throws Refused {
    Random random = new Random(SEED);
    for (int n : new int[] {255, 256, 257, 512, 513, 65535, 65536, 65537, 70000}) {
      List<Hash> leaves = leaves(n);
      Hash root = NaiveTree.root(leaves);
      MemoryTiles tiles = new MemoryTiles(leaves);
      for (int m : new int[] {0, 256, n - 1, random.nextInt(n)}) {
        if (m >= n) {
          continue;
        }
        InclusionProof inclusion = new TileProofs(tiles, n).inclusion(m);
        assertEquals(
            NaiveTree.path(m, leaves), inclusion.path(), m + " of " + n + ", seed " + SEED);
        inclusion.verify(leaves.get(m), root);
        refuseVariants(inclusion, leaves.get(m), root);
        ConsistencyProof consistency = new TileProofs(tiles, n).consistency(m);
        Hash old = NaiveTree.root(leaves.subList(0, m));
        consistency.verify(old, root);
        assertEquals(old, new TileProofs(tiles, n).frontier(m).root());
      }
    }
  }

  @Test
  void aProofReadsOnlyTheTilesOnItsPath() throws Refused {
    MemoryTiles tiles = new MemoryTiles(leaves(70000));
    new TileProofs(tiles, 70000).inclusion(1000);
    assertTrue(tiles.read.size() <= 5, tiles.read.toString());
    assertTrue(tiles.read.contains(TileAddress.in(70000, 0, 3)), tiles.read.toString());
  }

  @Test
  void aTreeOfSeventyThousandHasTheTilesOfTheSpecification() {
    assertEquals(256, TileAddress.in(70000, 0, 272).width());
    assertEquals(112, TileAddress.in(70000, 0, 273).width());
    assertEquals(256, TileAddress.in(70000, 1, 0).width());
    assertEquals(17, TileAddress.in(70000, 1, 1).width());
    assertEquals(1, TileAddress.in(70000, 2, 0).width());
    assertEquals(1, TileAddress.in(256, 1, 0).width());
    assertThrows(IllegalArgumentException.class, () -> TileAddress.in(70000, 3, 0));
    assertThrows(IllegalArgumentException.class, () -> TileAddress.in(70000, 0, 274));
    assertThrows(IllegalArgumentException.class, () -> TileAddress.in(256, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> TileAddress.in(Long.MAX_VALUE, 8, 0));
  }

  @Test
  void aTileOfAnotherLengthIsRefused() {
    for (int length : new int[] {0, 31, 33, 63, 65, 96}) {
      assertThrows(
          ProofRefused.class, () -> new TileProofs(address -> new byte[length], 2).inclusion(0));
    }
  }

  @Test
  void proofsBeyondTheTreeAreRefused() {
    TileProofs proofs = new TileProofs(new MemoryTiles(leaves(9)), 9);
    assertThrows(ProofRefused.class, () -> proofs.inclusion(9));
    assertThrows(ProofRefused.class, () -> proofs.inclusion(-1));
    assertThrows(ProofRefused.class, () -> proofs.leaf(9));
    assertThrows(ProofRefused.class, () -> proofs.consistency(10));
    assertThrows(ProofRefused.class, () -> proofs.consistency(-1));
    assertThrows(ProofRefused.class, () -> proofs.frontier(10));
    assertThrows(ProofRefused.class, () -> proofs.frontier(-1));
  }

  @Test
  void subtreesBeyondTheTreeAreRefused() throws Refused {
    List<Hash> leaves = leaves(9);
    TileProofs proofs = new TileProofs(new MemoryTiles(leaves(12)), 9);
    Subtree last = new Subtree(8, 9);
    Subtree beyond = new Subtree(8, 10);
    assertEquals(leaves.get(8), proofs.hash(last));
    assertEquals(List.of(), proofs.path(8, last));
    assertThrows(ProofRefused.class, () -> proofs.hash(beyond));
    assertThrows(ProofRefused.class, () -> proofs.path(8, beyond));
    assertThrows(ProofRefused.class, () -> proofs.consistency(beyond));
    Subtree middle = new Subtree(4, 8);
    assertEquals(2, proofs.path(4, middle).size());
    assertEquals(2, proofs.path(7, middle).size());
    assertThrows(ProofRefused.class, () -> proofs.path(3, middle));
    assertThrows(ProofRefused.class, () -> proofs.path(8, middle));
  }

  @Test
  void addressesAreWhatTheirPathsSay() throws Refused {
    assertEquals("tile/entries/x001/234.p/5", TileAddress.entries(1234, 5).path());
    assertEquals("tile/entries/000", TileAddress.entries(0, 256).toString());
    assertEquals(TileAddress.entries(1234, 5), TileAddress.parse("tile/entries/x001/234.p/5"));
    assertTrue(TileAddress.entries(0, 255).isPartial());
    assertThrows(IllegalArgumentException.class, () -> TileAddress.entries(0, 257));
    assertThrows(IllegalArgumentException.class, () -> TileAddress.entries(0, 0));
    assertThrows(IllegalArgumentException.class, () -> TileAddress.entries(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> new TileAddress(64, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new TileAddress(-2, 0, 1));
    assertEquals(255, TileAddress.in(255, TileAddress.ENTRIES, 0).width());
    ProofRefused refused = assertThrows(ProofRefused.class, () -> TileAddress.parse("tile/x"));
    assertTrue(refused.getMessage().contains("\"tile/x\""), refused.getMessage());
  }

  @Test
  void frontiersAreEqualBySizeAndHashes() {
    Frontier one = Frontier.EMPTY.append(leaves(2).get(0));
    assertEquals(one, Frontier.EMPTY.toBuilder().append(leaves(2).get(0)).frontier());
    assertNotEquals(one, Frontier.EMPTY.append(leaves(2).get(1)));
    assertNotEquals(one, one.append(leaves(2).get(1)));
    assertNotEquals((Object) "x", one);
    assertNotEquals(one.hashCode(), Frontier.EMPTY.append(leaves(2).get(1)).hashCode());
    assertTrue(one.toString().contains(leaves(2).get(0).hex()), one.toString());
  }

  @Test
  void aFrontierWithAnotherNumberOfHashesIsRefused() {
    List<Hash> three = leaves(3);
    for (long size : new long[] {-1, 0, 1, 2, 3, 4, 5, 6, 8}) {
      assertThrows(Refused.class, () -> Frontier.of(size, three), "size " + size);
    }
  }

  private static void refuseVariants(InclusionProof proof, Hash leaf, Hash root) {
    List<Hash> longer = new ArrayList<>(proof.path());
    longer.add(root);
    refuse(new InclusionProof(proof.index(), proof.size(), longer), leaf, root);
    refuse(
        new InclusionProof(proof.index() + proof.size(), proof.size(), proof.path()), leaf, root);
    refuse(proof, Hash.sha256(leaf.bytes()), root);
    refuse(proof, leaf, Hash.sha256(root.bytes()));
    for (int i = 0; i < proof.path().size(); i++) {
      List<Hash> altered = new ArrayList<>(proof.path());
      altered.set(i, Hash.sha256(altered.get(i).bytes()));
      refuse(new InclusionProof(proof.index(), proof.size(), altered), leaf, root);
      List<Hash> shorter = new ArrayList<>(proof.path());
      shorter.remove(i);
      refuse(new InclusionProof(proof.index(), proof.size(), shorter), leaf, root);
      refuse(new InclusionProof(proof.index() ^ 1L << i, proof.size(), proof.path()), leaf, root);
    }
  }

  private static void refuse(InclusionProof proof, Hash leaf, Hash root) {
    assertThrows(ProofRefused.class, () -> proof.verify(leaf, root), proof::toString);
  }

  private static void refuseVariants(ConsistencyProof proof, Hash oldRoot, Hash newRoot) {
    List<Hash> longer = new ArrayList<>(proof.path());
    longer.add(newRoot);
    refuse(proof, longer, oldRoot, newRoot);
    refuse(proof, proof.path(), Hash.sha256(oldRoot.bytes()), newRoot);
    if (proof.oldSize() > 0 || proof.newSize() == 0) {
      refuse(proof, proof.path(), oldRoot, Hash.sha256(newRoot.bytes()));
    }
    for (int i = 0; i < proof.path().size(); i++) {
      List<Hash> altered = new ArrayList<>(proof.path());
      altered.set(i, Hash.sha256(altered.get(i).bytes()));
      refuse(proof, altered, oldRoot, newRoot);
      List<Hash> shorter = new ArrayList<>(proof.path());
      shorter.remove(i);
      refuse(proof, shorter, oldRoot, newRoot);
    }
  }

  private static void refuse(ConsistencyProof proof, List<Hash> path, Hash oldRoot, Hash newRoot) {
    ConsistencyProof altered = new ConsistencyProof(proof.oldSize(), proof.newSize(), path);
    assertThrows(ProofRefused.class, () -> altered.verify(oldRoot, newRoot), altered::toString);
  }
}
