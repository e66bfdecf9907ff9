package dev.cadastre.ledger.access;

import java.time.Instant;

/** Times as the vault keeps them: unix nanoseconds. */
final class UnixNanos {
  private static final long PER_SECOND = 1_000_000_000L;

  private UnixNanos() {}

  static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), PER_SECOND), time.getNano());
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
  }
}
