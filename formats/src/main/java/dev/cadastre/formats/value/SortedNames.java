package dev.cadastre.formats.value;

import java.util.Arrays;

/** Names in ascending order of UTF-16 code units, none twice. Immutable. */
final class SortedNames {
  /** With more names, what collides could cost more than searching by halves. */
  private static final int INDEXED_MAX = 64;

  private static final byte[] NOT_INDEXED = {};

  private final String[] names;

  /**
   * By hash, with linear probing: 1 more than a name's place, or 0 where there is none; at least
   * half of it is free.
   */
  private final byte[] slots;

  private SortedNames(String[] names, byte[] slots) {
    this.names = names;
    this.slots = slots;
  }

  static SortedNames of(String[] sorted) {
    return new SortedNames(sorted, NOT_INDEXED);
  }

  /** The same for names that will be looked for many times. */
  static SortedNames indexed(String[] sorted) {
    if (sorted.length == 0 || sorted.length > INDEXED_MAX) {
      return of(sorted);
    }
    byte[] slots = new byte[Integer.highestOneBit(sorted.length) << 2];
    for (int i = 0; i < sorted.length; i++) {
      int slot = first(sorted[i].hashCode(), slots);
      while (slots[slot] != 0) {
        slot = next(slot, slots);
      }
      slots[slot] = (byte) (i + 1);
    }
    return new SortedNames(sorted, slots);
  }

  /** Where a name stands, or a negative number. */
  int find(String name) {
    if (slots.length == 0) {
      return Arrays.binarySearch(names, name);
    }
    int hash = name.hashCode();
    int slot = first(hash, slots);
    while (slots[slot] != 0) {
      String there = names[slots[slot] - 1];
      if (there.hashCode() == hash && there.equals(name)) {
        return slots[slot] - 1;
      }
      slot = next(slot, slots);
    }
    return -1;
  }

  boolean hasPrefix(String prefix) {
    int i = Arrays.binarySearch(names, prefix);
    int at = i < 0 ? -i - 1 : i;
    return at < names.length && names[at].startsWith(prefix);
  }

  private static int first(int hash, byte[] slots) {
    return (hash ^ hash >>> 16) & slots.length - 1;
  }

  private static int next(int slot, byte[] slots) {
    return slot + 1 & slots.length - 1;
  }
}
