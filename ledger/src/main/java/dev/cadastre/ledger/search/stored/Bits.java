package dev.cadastre.ledger.search.stored;

import dev.cadastre.ledger.model.StorageFailure;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Which rows of a block are meant, as stored in a posting: while that is shorter, the row numbers
 * in rising order as big-endian u16; else {@value #DENSE} bytes, row r being bit r mod 8 (least
 * significant first) of byte r / 8.
 */
public final class Bits {
  private static final int DENSE = Block.SIZE / 8;

  private Bits() {}

  static byte[] encode(BitSet rows) {
    return 2 * rows.cardinality() < DENSE ? sparse(rows) : dense(rows);
  }

  private static byte[] sparse(BitSet rows) {
    ByteBuffer out = ByteBuffer.allocate(2 * rows.cardinality());
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      out.putShort((short) row);
    }
    return out.array();
  }

  private static byte[] dense(BitSet rows) {
    byte[] bytes = new byte[DENSE];
    byte[] used = rows.toByteArray();
    System.arraycopy(used, 0, bytes, 0, used.length);
    return bytes;
  }

  /** Adds the rows in {@code bytes} to {@code into}. */
  public static void decodeInto(byte[] bytes, BitSet into) {
    if (bytes.length == DENSE) {
      into.or(BitSet.valueOf(bytes));
      return;
    }
    if (bytes.length > DENSE || bytes.length % 2 != 0) {
      throw new StorageFailure("index posting of " + bytes.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    while (in.hasRemaining()) {
      into.set(in.getShort() & (Block.SIZE - 1));
    }
  }
}
