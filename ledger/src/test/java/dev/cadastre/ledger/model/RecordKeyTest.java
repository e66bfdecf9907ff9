package dev.cadastre.ledger.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

class RecordKeyTest {
  @Test
  void isSipHashAsBouncyCastleHasIt() {
    Random random = new Random(1);
    for (int length = 0; length < 100; length++) {
      byte[] key = new byte[16];
      byte[] message = new byte[length];
      random.nextBytes(key);
      random.nextBytes(message);
      SipHash theirs = new SipHash();
      theirs.init(new KeyParameter(key));
      theirs.update(message, 0, length);
      ByteBuffer halves = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
      assertEquals(
          theirs.doFinal(),
          RecordKey.sipHash(halves.getLong(0), halves.getLong(8), message),
          "length " + length);
    }
  }

  @Test
  void tellsLogAndIdApart() {
    assertNotEquals(key("a", "bc"), key("ab", "c"));
    assertNotEquals(key("a", "b"), key("a", "b\0"));
    assertEquals(key("a", "b"), key("a", "b"));
  }

  private static long key(String log, String id) {
    return RecordKey.of(new LogName(log), id.getBytes(StandardCharsets.UTF_8));
  }
}
