package dev.cadastre.ledger.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * A number that stands for a log and a record id within this process: SipHash-2-4 (Aumasson and
 * Bernstein, 2012) under a key drawn at its start, so that no sender can choose ids that fall
 * together. Whoever finds two equal ones still compares what they stand for.
 */
public final class RecordKey {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long K0;
  private static final long K1;

  static {
    SecureRandom random = new SecureRandom();
    K0 = random.nextLong();
    K1 = random.nextLong();
  }

  private RecordKey() {}

  /**
   * @param recordId the id in UTF-8, as {@link dev.cadastre.formats.event.RecordBytes#identity} has
   *     it of its side
   */
  public static long of(LogName log, byte[] recordId) {
    byte[] name = log.value().getBytes(StandardCharsets.US_ASCII);
    byte[] message = new byte[name.length + 1 + recordId.length];
    System.arraycopy(name, 0, message, 0, name.length);
    System.arraycopy(recordId, 0, message, name.length + 1, recordId.length);
    return sipHash(K0, K1, message);
  }

  /** SipHash-2-4 of the message; the key's two halves are read little-endian. */
  static long sipHash(long k0, long k1, byte[] message) {
    SipState state = new SipState(k0, k1);
    int whole = message.length & ~7;
    for (int at = 0; at < whole; at += 8) {
      state.block((long) LONG.get(message, at));
    }
    long last = (long) message.length << 56;
    for (int i = whole; i < message.length; i++) {
      last |= (message[i] & 0xFFL) << 8 * (i - whole);
    }
    state.block(last);
    return state.finish();
  }

  private static final class SipState {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    private SipState(long k0, long k1) {
      v0 = k0 ^ 0x736f6d6570736575L;
      v1 = k1 ^ 0x646f72616e646f6dL;
      v2 = k0 ^ 0x6c7967656e657261L;
      v3 = k1 ^ 0x7465646279746573L;
    }

    private void block(long m) {
      v3 ^= m;
      round();
      round();
      v0 ^= m;
    }

    private long finish() {
      v2 ^= 0xff;
      for (int i = 0; i < 4; i++) {
        round();
      }
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
