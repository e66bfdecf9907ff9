package dev.cadastre.ledger.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.ledger.model.LogName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentTest {
  private static final int ENTRIES = 20;

  private final List<byte[]> entries = new ArrayList<>();

  private byte[] segment() throws Refused {
    SegmentBuilder segment = new SegmentBuilder(new LogName("acme"), 5);
    Hash last = Hash.ZERO;
    for (int i = 0; i < ENTRIES; i++) {
      byte[] event =
          ("{\"kind\":\"other\",\"name\":\"" + i + "\"}").getBytes(StandardCharsets.US_ASCII);
      byte[] entry = EntryFrame.seal(event, 5 + i, last, 77 + i);
      last = segment.seal(event, 5 + i, last, 77 + i);
      assertEquals(Merkle.leafHash(entry), last);
      entries.add(entry);
    }
    return segment.build().getBytes();
  }

  @Test
  void holdsTheEntriesThatWereSealed() throws Refused {
    List<byte[]> decoded = SegmentCodec.decode(segment(), ENTRIES);
    for (int i = 0; i < ENTRIES; i++) {
      assertArrayEquals(entries.get(i), decoded.get(i));
    }
  }

  /** Some bits of a frame mean nothing: reserved ones, and what pads the ends of bit streams. */
  @Test
  void noAlteredBitChangesAnEntryUnnoticed() throws Refused {
    byte[] stored = segment();
    List<Integer> unnoticed = new ArrayList<>();
    for (int bit = 0; bit < 8 * stored.length; bit++) {
      byte[] altered = stored.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        List<byte[]> decoded = SegmentCodec.decode(altered, ENTRIES);
        unnoticed.add(bit);
        for (int i = 0; i < ENTRIES; i++) {
          assertArrayEquals(entries.get(i), decoded.get(i), "bit " + bit);
        }
      } catch (Refused noticed) {
        // As it should be.
      }
    }
    assertTrue(unnoticed.size() < stored.length / 20, unnoticed::toString);
  }
}
