package dev.cadastre.proof.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.proof.tlog.ConsistencyProof;
import dev.cadastre.proof.tlog.EntryBundle;
import dev.cadastre.proof.tlog.Frontier;
import dev.cadastre.proof.tlog.InclusionProof;
import dev.cadastre.proof.tlog.ProofRefused;
import dev.cadastre.proof.tlog.TileAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tiles, bundles, and proofs with whatever numbers and hashes. */
final class TreeDecoders {
  private static final Hash LEAF = Hash.sha256(new byte[] {0});

  private TreeDecoders() {}

  static void bundle(byte[] input) throws Refused {
    List<byte[]> entries = EntryBundle.decode(input);
    assertArrayEquals(input, EntryBundle.encode(entries));
    assertEquals(entries.size(), EntryBundle.decode(input, entries.size()).size());
  }

  static void tilePath(byte[] input) throws Refused {
    String path = Encodings.utf8(input);
    TileAddress address = TileAddress.parse(path);
    assertEquals(path, address.path());
    assertEquals(address, new TileAddress(address.level(), address.index(), address.width()));
  }

  /** Two numbers of 8 bytes, then hashes: an inclusion, a consistency proof and a frontier. */
  static void proof(byte[] input) throws Refused {
    if (input.length < 16) {
      throw new Refused("two numbers");
    }
    ByteBuffer in = ByteBuffer.wrap(input);
    long one = in.getLong();
    long other = in.getLong();
    List<Hash> hashes = new ArrayList<>();
    while (in.remaining() >= Hash.LENGTH) {
      byte[] hash = new byte[Hash.LENGTH];
      in.get(hash);
      hashes.add(Hash.of(hash));
    }
    inclusion(one, other, hashes);
    consistency(one, other, hashes);
    frontier(one, hashes);
  }

  private static void inclusion(long index, long size, List<Hash> path) throws Refused {
    InclusionProof proof = new InclusionProof(index, size, path);
    Optional<Hash> root = NaivePaths.root(index, size, path, LEAF);
    if (root.isPresent()) {
      assertEquals(root.get(), proof.root(LEAF));
      proof.verify(LEAF, root.get());
      assertThrows(ProofRefused.class, () -> proof.verify(LEAF, Hash.ZERO));
    } else {
      assertThrows(ProofRefused.class, () -> proof.root(LEAF));
    }
  }

  private static void consistency(long oldSize, long newSize, List<Hash> path) throws Refused {
    ConsistencyProof proof = new ConsistencyProof(oldSize, newSize, path);
    if (oldSize <= 0 || oldSize >= newSize) {
      assertThrows(ProofRefused.class, () -> proof.verify(LEAF, Hash.ZERO));
      return;
    }
    Optional<NaivePaths.Roots> roots = NaivePaths.roots(oldSize, newSize, path, LEAF);
    if (roots.isPresent()) {
      proof.verify(roots.get().before(), roots.get().after());
      assertThrows(ProofRefused.class, () -> proof.verify(roots.get().before(), Hash.ZERO));
      assertThrows(ProofRefused.class, () -> proof.verify(Hash.ZERO, roots.get().after()));
    } else {
      assertThrows(ProofRefused.class, () -> proof.verify(LEAF, Hash.ZERO));
    }
  }

  private static void frontier(long size, List<Hash> hashes) throws Refused {
    if (size < 0 || Long.bitCount(size) != hashes.size()) {
      assertThrows(Refused.class, () -> Frontier.of(size, hashes));
      return;
    }
    Frontier frontier = Frontier.of(size, hashes);
    assertEquals(frontier.root(), frontier.toBuilder().frontier().root());
    if (size < Long.MAX_VALUE) {
      assertEquals(frontier.append(LEAF), frontier.toBuilder().append(LEAF).frontier());
    }
  }

  /** Proofs of leaves of small trees and large, right in number of hashes. */
  static List<byte[]> proofs() {
    List<byte[]> seeds = new ArrayList<>();
    for (long[] sizes :
        new long[][] {
          {0, 1, 0},
          {0, 2, 1},
          {1, 3, 2},
          {6, 7, 2},
          {6, 7, 4},
          {5, 8, 3},
          {4, 7, 1},
          {255, 256, 8},
          {1L << 62, (1L << 62) + 1, 1},
          {3, 1L << 62, 62},
          {7, 9, 3},
          {-1, 5, 3},
          {5, 5, 0}
        }) {
      ByteBuffer seed = ByteBuffer.allocate(16 + (int) sizes[2] * Hash.LENGTH);
      seed.putLong(sizes[0]).putLong(sizes[1]);
      for (int i = 0; i < sizes[2]; i++) {
        seed.put(Hash.sha256(new byte[] {(byte) i}).bytes());
      }
      seeds.add(seed.array());
    }
    return seeds;
  }
}
