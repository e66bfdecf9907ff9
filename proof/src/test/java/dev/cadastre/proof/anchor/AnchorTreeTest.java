package dev.cadastre.proof.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.proof.tlog.InclusionProof;
import dev.cadastre.proof.tlog.ProofRefused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnchorTreeTest {
  @Test
  void everyLeafLeadsToTheRootAndToNoOtherPlace() throws ProofRefused {
    for (int count : new int[] {0, 1, 2, 15, 16, 17, 33, 100}) {
      List<BlindedLeaf> leaves = leaves(count);
      AnchorTree tree = AnchorTree.build(leaves, new Random(count));
      Set<Long> positions = new HashSet<>();
      for (int i = 0; i < count; i++) {
        InclusionProof proof = tree.proof(i);
        proof.verify(leaves.get(i).hash(), tree.root());
        assertTrue(positions.add(proof.index()), "two leaves at " + proof.index());
        InclusionProof moved = new InclusionProof(proof.index() ^ 1, proof.size(), proof.path());
        Hash leaf = leaves.get(i).hash();
        assertThrows(ProofRefused.class, () -> moved.verify(leaf, tree.root()));
      }
    }
  }

  @Test
  void theSizeIsAPowerOfTwoThatHidesTheNumberOfLogs() {
    assertEquals(16, AnchorTree.build(leaves(0), new Random(1)).size());
    assertEquals(16, AnchorTree.build(leaves(1), new Random(1)).size());
    assertEquals(16, AnchorTree.build(leaves(16), new Random(1)).size());
    assertEquals(32, AnchorTree.build(leaves(17), new Random(1)).size());
    assertEquals(128, AnchorTree.build(leaves(65), new Random(1)).size());
  }

  @Test
  void leavesAreElsewhereEachTime() {
    Set<Long> positions = new HashSet<>();
    for (int seed = 0; seed < 400; seed++) {
      positions.add(AnchorTree.build(leaves(3), new Random(seed)).proof(0).index());
    }
    assertEquals(16, positions.size());
  }

  @Test
  void theSameCheckpointUnderAnotherSaltLooksUnrelated() {
    BlindedLeaf one = new BlindedLeaf(Hash.sha256(new byte[] {1}), "o\n1\nr\n");
    BlindedLeaf other = new BlindedLeaf(Hash.sha256(new byte[] {2}), "o\n1\nr\n");
    assertNotEquals(one.hash(), other.hash());
    assertEquals(one.hash(), new BlindedLeaf(one.salt(), one.checkpoint()).hash());
  }

  private static List<BlindedLeaf> leaves(int count) {
    List<BlindedLeaf> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(new BlindedLeaf(Hash.sha256(new byte[] {(byte) i}), "origin\n" + i + "\nroot\n"));
    }
    return leaves;
  }
}
