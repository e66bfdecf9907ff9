package dev.cadastre.ingest.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was made of slices of one array, found again by equal bytes. It may forget: a sender that
 * makes slices collide is looked up no further than {@link #PROBES} places. Used by one thread.
 */
final class Slices<T> {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SEED = new SecureRandom().nextLong();
  private static final long ODD = 0x9E3779B97F4A7C15L;
  private static final int PROBES = 8;
  private static final int FIRST_SLOTS = 64;

  private final byte[] bytes;
  private @Nullable Slot<T>[] slots = slots(FIRST_SLOTS);
  private int size;

  private record Slot<T>(int hash, int start, int length, T made) {}

  Slices(byte[] bytes) {
    this.bytes = bytes;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <T> @Nullable Slot<T>[] slots(int count) {
    return new Slot[count];
  }

  /** Tells slices apart; equal for equal bytes. */
  int hash(int start, int length) {
    long hash = SEED + length;
    int at = start;
    for (int end = start + length - Long.BYTES; at <= end; at += Long.BYTES) {
      hash = mixed(hash ^ (long) LONG.get(bytes, at));
    }
    long rest = 0;
    for (int end = start + length; at < end; at++) {
      rest = rest << 8 | bytes[at] & 0xff;
    }
    return (int) (mixed(hash ^ rest) >>> 32);
  }

  private static long mixed(long hash) {
    long product = hash * ODD;
    return product ^ product >>> 32;
  }

  @Nullable T find(int hash, int start, int length) {
    for (int probe = 0; probe < PROBES; probe++) {
      Slot<T> slot = slots[hash + probe & slots.length - 1];
      if (slot == null) {
        return null;
      }
      if (slot.hash == hash
          && slot.length == length
          && Arrays.equals(bytes, start, start + length, bytes, slot.start, slot.start + length)) {
        return slot.made;
      }
    }
    return null;
  }

  void put(int hash, int start, int length, T made) {
    if (2 * size >= slots.length) {
      grow();
    }
    place(new Slot<>(hash, start, length, made));
  }

  private void place(Slot<T> slot) {
    for (int probe = 0; probe < PROBES; probe++) {
      int at = slot.hash + probe & slots.length - 1;
      if (slots[at] == null) {
        slots[at] = slot;
        size++;
        return;
      }
    }
  }

  private void grow() {
    @Nullable Slot<T>[] old = slots;
    slots = slots(2 * old.length);
    size = 0;
    for (Slot<T> slot : old) {
      if (slot != null) {
        place(slot);
      }
    }
  }
}
