package dev.cadastre.ledger.search.index;

import dev.cadastre.ledger.search.stored.TermType;
import java.util.Arrays;

/**
 * The numbers of terms met lately, by their UTF-8 bytes, so that no string is made of a word that
 * is known. A slot holds the newest of the terms that fall on it.
 */
final class TermCache {
  private static final int SLOTS = 1 << 15;
  private static final int LONGEST = 128;

  private final byte[][] texts = new byte[SLOTS][];
  private final byte[] types = new byte[SLOTS];
  private final int[] numbers = new int[SLOTS];

  /** The term's number; 0 if it is not here. */
  int get(TermType type, byte[] utf8, int from, int to) {
    int slot = slot(type, utf8, from, to);
    byte[] text = texts[slot];
    return text != null
            && types[slot] == type.code()
            && Arrays.equals(text, 0, text.length, utf8, from, to)
        ? numbers[slot]
        : 0;
  }

  void put(TermType type, byte[] utf8, int from, int to, int number) {
    if (to - from > LONGEST) {
      return;
    }
    int slot = slot(type, utf8, from, to);
    texts[slot] = Arrays.copyOfRange(utf8, from, to);
    types[slot] = (byte) type.code();
    numbers[slot] = number;
  }

  private static int slot(TermType type, byte[] utf8, int from, int to) {
    int hash = type.code();
    for (int i = from; i < to; i++) {
      hash = 31 * hash + utf8[i];
    }
    hash *= 0x9E3779B9;
    return hash >>> 17;
  }
}
