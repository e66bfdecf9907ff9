package dev.cadastre.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Birth;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.SignedCheckpoint;
import dev.cadastre.proof.chain.ChainChecker;
import dev.cadastre.proof.chain.ChainRefused;
import dev.cadastre.proof.note.VerifierKey;
import dev.cadastre.proof.tlog.EntryBundle;
import dev.cadastre.proof.tlog.InclusionProof;
import dev.cadastre.proof.tlog.TileAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Verifies a log from its own reader after a test's step: chain, tree, tiles, proofs and
 * checkpoint, judged by {@link NaiveTree}.
 */
final class CheckLog {
  private static final int NAIVE_UP_TO = 1_200;

  private final LogReader log;
  private final List<Hash> leaves = new ArrayList<>();
  private final ChainChecker chain = ChainChecker.fromBirth();

  private CheckLog(LogReader log) {
    this.log = log;
  }

  /** Verifies the log and gives back its entries' number. */
  static long check(Ledger ledger, LogName name) throws Refused {
    CheckLog check = new CheckLog(ledger.reader(name));
    check.chain();
    check.checkpoint();
    check.tiles();
    check.proofs();
    return check.leaves.size();
  }

  private void chain() throws Refused {
    log.entries(0, log.size(), this::add);
    assertEquals(log.size(), leaves.size(), "entries read");
    assertEquals(
        log.frontier(leaves.size()),
        chain.frontier(),
        "frontier from tiles against frontier from entries");
    if (leaves.size() <= NAIVE_UP_TO) {
      assertEquals(
          NaiveTree.root(leaves), chain.root(), "root against the naive tree at " + leaves.size());
    }
  }

  private void add(Entry entry) {
    try {
      chain.add(entry);
    } catch (ChainRefused broken) {
      throw new AssertionError(broken);
    }
    leaves.add(NaiveTree.leaf(entry.bytes()));
  }

  private void checkpoint() throws Refused {
    SignedCheckpoint signed = log.checkpoint();
    assertEquals(leaves.size(), signed.checkpoint().size());
    assertEquals(log.origin(), signed.checkpoint().origin());
    assertEquals(chain.root(), signed.checkpoint().root(), "signed root at " + leaves.size());
    Birth birth = (Birth) EventCodec.decode(log.entry(0).eventBytes());
    List<VerifierKey> keys = List.of(VerifierKey.parse(birth.keys().get(0)));
    assertEquals(keys, signed.note().verify(keys));
    assertArrayEquals(signed.bytes(), log.checkpoint().bytes(), "asked again, the same note");
  }

  private void tiles() throws Refused {
    for (long tile = 0; tile * 256 < leaves.size(); tile++) {
      int from = (int) tile * 256;
      int width = Math.min(256, leaves.size() - from);
      byte[] hashes = log.tile(new TileAddress(0, tile, width));
      List<byte[]> bundle = EntryBundle.decode(log.bundle(tile, width), width);
      for (int i = 0; i < width; i++) {
        assertEquals(
            leaves.get(from + i), Hash.of(hashes, i * 32), "tile 0/" + tile + ", hash " + i);
        assertEquals(
            leaves.get(from + i), NaiveTree.leaf(bundle.get(i)), "bundle " + tile + ", entry " + i);
      }
    }
  }

  private void proofs() throws Refused {
    int size = leaves.size();
    Set<Integer> interesting = new LinkedHashSet<>(List.of(0, size / 3, size / 2, size - 1));
    List.of(1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537).stream()
        .filter(i -> i < size)
        .forEach(interesting::add);
    for (int index : interesting) {
      InclusionProof proof = log.inclusion(index, size);
      proof.verify(leaves.get(index), chain.root());
      log.proof(index).inclusion().verify(leaves.get(index), chain.root());
      if (size <= NAIVE_UP_TO) {
        assertEquals(
            NaiveTree.path(index, leaves), proof.path(), "path of " + index + " in " + size);
      }
      Hash oldRoot = log.frontier(index + 1).root();
      log.consistency(index + 1, size).verify(oldRoot, chain.root());
      if (index < NAIVE_UP_TO) {
        assertEquals(
            NaiveTree.root(leaves.subList(0, index + 1)), oldRoot, "root at " + (index + 1));
      }
    }
  }
}
