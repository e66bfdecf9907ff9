package dev.cadastre.ingest.wire;

/** Bytes that are ASCII need no decoding. */
final class Ascii {
  private Ascii() {}

  static boolean is(byte[] bytes, int start, int length) {
    int seen = 0;
    for (int i = start; i < start + length; i++) {
      seen |= bytes[i];
    }
    return seen >= 0;
  }
}
