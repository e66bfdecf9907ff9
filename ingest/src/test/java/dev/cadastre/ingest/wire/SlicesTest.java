package dev.cadastre.ingest.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SlicesTest {
  private static final int SLICES = 5_000;
  private static final int LENGTH = 8;

  @Test
  void findsWhatHasEqualBytesAndNothingElse() {
    ByteBuffer bytes = ByteBuffer.allocate(2 * SLICES * LENGTH);
    for (long i = 0; i < 2 * SLICES; i++) {
      bytes.putLong(i % SLICES);
    }
    Slices<Integer> slices = new Slices<>(bytes.array());
    for (int i = 0; i < SLICES; i++) {
      int hash = slices.hash(i * LENGTH, LENGTH);
      assertNull(slices.find(hash, i * LENGTH, LENGTH));
      slices.put(hash, i * LENGTH, LENGTH, i);
    }
    int found = 0;
    for (int i = 0; i < SLICES; i++) {
      int again = (SLICES + i) * LENGTH;
      Integer made = slices.find(slices.hash(again, LENGTH), again, LENGTH);
      if (made != null) {
        assertEquals(i, made);
        found++;
      }
    }
    assertTrue(found > SLICES * 9 / 10, found + " found");
  }

  @Test
  void tellsSlicesOfOneHashApartAndForgetsWhatIsTooMany() {
    byte[] bytes = new byte[40];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    Slices<Integer> slices = new Slices<>(bytes);
    for (int i = 0; i < bytes.length; i++) {
      slices.put(7, i, 1, i);
    }
    assertEquals(0, slices.find(7, 0, 1));
    assertEquals(7, slices.find(7, 7, 1));
    assertNull(slices.find(7, 39, 1));
  }

  @Test
  void hashesEveryByteAndTheLength() {
    byte[] bytes = new byte[64];
    Slices<Integer> slices = new Slices<>(bytes);
    for (int length = 0; length < 30; length++) {
      int before = slices.hash(3, length);
      assertNotEquals(before, slices.hash(3, length + 1));
      for (int at = 3; at < 3 + length; at++) {
        bytes[at] = 1;
        assertNotEquals(before, slices.hash(3, length), "byte " + at + " of " + length);
        bytes[at] = 0;
      }
    }
  }
}
