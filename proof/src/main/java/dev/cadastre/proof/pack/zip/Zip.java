package dev.cadastre.proof.pack.zip;

import dev.cadastre.proof.pack.format.PackRefused;
import java.nio.ByteBuffer;

/** Little-endian numbers, and refusals. */
final class Zip {
  static final long UINT32 = 0xFFFFFFFFL;

  private Zip() {}

  static int u16(ByteBuffer in) {
    return in.getShort() & 0xFFFF;
  }

  static long u32(ByteBuffer in) {
    return in.getInt() & UINT32;
  }

  static void require(boolean holds, String otherwise) throws PackRefused {
    if (!holds) {
      throw new PackRefused(otherwise);
    }
  }
}
