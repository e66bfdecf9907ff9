package dev.cadastre.ledger.sequencer;

/**
 * Record keys and the entries they stand for, 16 bytes each, by open addressing with linear
 * probing. A key may have several entries. Nothing is ever removed.
 */
final class IdTable {
  private static final int FIRST_SLOTS = 1024;

  /** Key and index + 1 of slot i lie at 2i and 2i + 1; a free slot holds 0 there. */
  private long[] slots;

  private int mask;
  private int size;

  IdTable() {
    this(0);
  }

  /**
   * @param expected so many fit without the table being copied
   */
  IdTable(int expected) {
    int count = Math.max(FIRST_SLOTS, Integer.highestOneBit(Math.max(1, expected)) << 1);
    while (full(expected, count)) {
      count <<= 1;
    }
    slots = new long[2 * count];
    mask = count - 1;
  }

  int size() {
    return size;
  }

  void add(long key, long index) {
    if (full(size, mask + 1)) {
      grow();
    }
    put(key, index + 1);
    size++;
  }

  private static boolean full(int size, int slots) {
    return size >= slots - (slots >> 2);
  }

  private void put(long key, long value) {
    int slot = (int) key & mask;
    while (slots[2 * slot + 1] != 0) {
      slot = slot + 1 & mask;
    }
    slots[2 * slot] = key;
    slots[2 * slot + 1] = value;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    mask = 2 * mask + 1;
    for (int at = 0; at < old.length; at += 2) {
      if (old[at + 1] != 0) {
        put(old[at], old[at + 1]);
      }
    }
  }

  /**
   * Writes a key's entries into an array from a place on, as many as fit.
   *
   * @return the place after the last
   */
  int find(long key, long[] into, int from) {
    int found = from;
    for (int slot = (int) key & mask; slots[2 * slot + 1] != 0; slot = slot + 1 & mask) {
      if (slots[2 * slot] == key && found < into.length) {
        into[found++] = slots[2 * slot + 1] - 1;
      }
    }
    return found;
  }

  boolean contains(long key) {
    int slot = (int) key & mask;
    while (slots[2 * slot + 1] != 0) {
      if (slots[2 * slot] == key) {
        return true;
      }
      slot = slot + 1 & mask;
    }
    return false;
  }
}
