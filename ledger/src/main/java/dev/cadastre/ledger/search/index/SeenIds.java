package dev.cadastre.ledger.search.index;

/**
 * Tells which record ids a log has certainly not had yet, so that nearly every new one needs no
 * look-up: a Bloom filter (Bloom 1970) over their hashes, of about {@value #BITS_PER_ID} bits an id
 * up to a limit. Beyond it more ids are looked up in vain; none is missed.
 */
final class SeenIds {
  private static final int BITS_PER_ID = 16;
  private static final int PROBES = 6;
  private static final long LEAST = 1L << 15;
  private static final long MOST = 1L << 25;

  private final long capacity;
  private final long[] bits;
  private long count;

  private SeenIds(long capacity) {
    this.capacity = capacity;
    this.bits = new long[(int) (capacity * BITS_PER_ID / Long.SIZE)];
  }

  /** An empty filter for so many ids and as many again. */
  static SeenIds sizedFor(long ids) {
    return new SeenIds(Math.min(MOST, Long.highestOneBit(Math.max(LEAST, ids)) << 1));
  }

  /** Whether it holds more than it was made for, and a larger one would help. */
  boolean outgrown() {
    return count > capacity && capacity < MOST;
  }

  /** How many it holds. */
  long count() {
    return count;
  }

  void add(long hash) {
    count++;
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = bit(hash, probe);
      bits[(int) (bit >>> 6)] |= 1L << bit;
    }
  }

  boolean mayHold(long hash) {
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = bit(hash, probe);
      if ((bits[(int) (bit >>> 6)] & 1L << bit) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Hashes are uniform: two halves of one serve as two hash functions (Kirsch, Mitzenmacher). */
  private long bit(long hash, int probe) {
    long mixed = (hash >>> 32) + probe * ((hash & 0xFFFF_FFFFL) | 1);
    return mixed & ((long) bits.length * Long.SIZE - 1);
  }
}
