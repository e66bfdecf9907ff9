package dev.cadastre.proof.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.proof.tlog.Frontier;
import org.junit.jupiter.api.Test;

/** The chain's fold, and the frame it reads. */
class ChainCheckerTest {
  private static final byte[] EVENT = "{\"kind\":\"other\"}".getBytes(UTF_8);

  private static Entry entry(long index, Hash prev, long receivedNs) throws Refused {
    return Entry.parse(EntryFrame.seal(EVENT, index, prev, receivedNs));
  }

  @Test
  void growsChainAndTreeTogether() throws Refused {
    ChainChecker chain = ChainChecker.fromBirth();
    Frontier tree = Frontier.EMPTY;
    for (int i = 0; i < 20; i++) {
      Entry next = entry(i, chain.lastLeaf(), 5 + i / 2);
      chain.add(next);
      tree = tree.append(next.leafHash());
      assertEquals(i + 1, chain.size());
      assertEquals(next.leafHash(), chain.lastLeaf());
      assertEquals(5 + i / 2, chain.lastReceived());
      assertEquals(tree.root(), chain.root());
      assertEquals(tree, chain.frontier());
    }
  }

  @Test
  void goesOnFromTheMiddle() throws Refused {
    ChainChecker whole = ChainChecker.fromBirth();
    whole.add(entry(0, Hash.ZERO, 1));
    whole.add(entry(1, whole.lastLeaf(), 2));
    ChainChecker rest = ChainChecker.from(whole.frontier(), whole.lastLeaf(), 2);
    Entry third = entry(2, whole.lastLeaf(), 2);
    whole.add(third);
    rest.add(third);
    assertEquals(whole.root(), rest.root());
    ChainChecker later = ChainChecker.from(rest.frontier(), rest.lastLeaf(), 3);
    assertThrows(ChainRefused.class, () -> later.add(entry(3, later.lastLeaf(), 2)));
  }

  @Test
  void standsWhereItStoodAfterARefusal() throws Refused {
    ChainChecker chain = ChainChecker.fromBirth();
    chain.add(entry(0, Hash.ZERO, 10));
    Hash root = chain.root();
    refused(ChainRefused.Fault.INDEX, chain, entry(2, chain.lastLeaf(), 10));
    refused(ChainRefused.Fault.INDEX, chain, entry(0, chain.lastLeaf(), 10));
    refused(ChainRefused.Fault.PREV, chain, entry(1, Hash.ZERO, 10));
    refused(ChainRefused.Fault.TIME, chain, entry(1, chain.lastLeaf(), 9));
    assertEquals(root, chain.root());
    chain.add(entry(1, chain.lastLeaf(), 10));
  }

  private static void refused(ChainRefused.Fault fault, ChainChecker chain, Entry entry) {
    ChainRefused refused = assertThrows(ChainRefused.class, () -> chain.add(entry));
    assertEquals(fault, refused.fault());
    assertEquals(1, refused.index());
  }

  @Test
  void entriesAreTheirBytes() throws Refused {
    byte[] bytes = EntryFrame.seal(EVENT, 3, Hash.ZERO, 4);
    Entry entry = Entry.parse(bytes);
    bytes[0] = 'x';
    entry.bytes()[0] = 'x';
    assertEquals(entry, Entry.parse(entry.bytes()));
    assertEquals(entry.hashCode(), Entry.parse(entry.bytes()).hashCode());
    assertNotEquals(entry, entry(4, Hash.ZERO, 4));
    assertEquals(Merkle.leafHash(entry.bytes()), entry.leafHash());
    assertArrayEquals(EVENT, entry.eventBytes());
  }

  @Test
  void theLongestEventFitsAtTheLargestIndexAndTime() throws Refused {
    byte[] event =
        ("{\"a\":\"" + "x".repeat(EntryFrame.MAX_EVENT_BYTES - 8) + "\"}").getBytes(UTF_8);
    assertEquals(EntryFrame.MAX_EVENT_BYTES, event.length);
    byte[] entry = EntryFrame.seal(event, EntryFrame.MAX_INDEX, Hash.ZERO, Long.MAX_VALUE);
    assertEquals(EntryFrame.MAX_BYTES, entry.length);
    assertEquals(EntryFrame.MAX_INDEX, Entry.parse(entry).index());
    byte[] longer =
        ("{\"a\":\"" + "x".repeat(EntryFrame.MAX_EVENT_BYTES - 7) + "\"}").getBytes(UTF_8);
    assertThrows(
        IllegalArgumentException.class,
        () -> EntryFrame.seal(longer, EntryFrame.MAX_INDEX, Hash.ZERO, Long.MAX_VALUE));
  }

  @Test
  void whatCannotBeSealedIsABug() {
    for (String event : new String[] {"", "{", "[]", "1", "{]", "[}"}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> EntryFrame.seal(event.getBytes(UTF_8), 0, Hash.ZERO, 0));
    }
    assertThrows(IllegalArgumentException.class, () -> EntryFrame.seal(EVENT, -1, Hash.ZERO, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> EntryFrame.seal(EVENT, EntryFrame.MAX_INDEX + 1, Hash.ZERO, 0));
    assertThrows(IllegalArgumentException.class, () -> EntryFrame.seal(EVENT, 0, Hash.ZERO, -1));
  }
}
