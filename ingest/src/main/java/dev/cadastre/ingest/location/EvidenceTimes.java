package dev.cadastre.ingest.location;

import java.time.Instant;

/** Instants as entries write them. */
final class EvidenceTimes {
  private static final long NANOS = 1_000_000_000L;

  /** Seconds beyond which nanoseconds leave 63 bits: the year 2262. */
  private static final long SECONDS_MAX = Long.MAX_VALUE / NANOS - 1;

  private EvidenceTimes() {}

  /** Unix nanoseconds; 0, which means "not given", for what lies outside of 1970 to 2262. */
  static long nanos(Instant time) {
    long seconds = time.getEpochSecond();
    return seconds < 0 || seconds > SECONDS_MAX ? 0 : seconds * NANOS + time.getNano();
  }

  /** Of a JSON number of Unix seconds. */
  static Instant ofSeconds(long seconds) throws Unproven {
    if (seconds < 0 || seconds > SECONDS_MAX) {
      throw new Unproven("a time lies outside of 1970 to 2262");
    }
    return Instant.ofEpochSecond(seconds);
  }
}
