package dev.cadastre.ledger.search;

import java.time.Instant;

/** Times from {@code fromNs} to before {@code toNs}, unix nanoseconds. */
public record TimeRange(long fromNs, long toNs) {
  /** All of time. */
  public static final TimeRange ALL = new TimeRange(0, Long.MAX_VALUE);

  private static final long NANOS = 1_000_000_000L;

  /** A range between two instants, the second excluded. */
  public static TimeRange between(Instant from, Instant to) {
    return new TimeRange(nanos(from), nanos(to));
  }

  /** This range, starting no earlier than {@code from}. */
  public TimeRange from(Instant from) {
    return new TimeRange(nanos(from), toNs);
  }

  /** This range, ending before {@code to}. */
  public TimeRange to(Instant to) {
    return new TimeRange(fromNs, nanos(to));
  }

  /** The instant of a unix time in nanoseconds. */
  public static Instant instant(long ns) {
    return Instant.ofEpochSecond(ns / NANOS, ns % NANOS);
  }

  /** Unix nanoseconds of an instant, held to what a non-negative long can say. */
  public static long nanos(Instant instant) {
    if (instant.getEpochSecond() < 0) {
      return 0;
    }
    if (instant.getEpochSecond() >= Long.MAX_VALUE / NANOS) {
      return Long.MAX_VALUE;
    }
    return instant.getEpochSecond() * NANOS + instant.getNano();
  }

  boolean contains(long ns) {
    return fromNs <= ns && (ns < toNs || toNs == Long.MAX_VALUE);
  }

  /** Whether all of {@code [min, max]} lies inside. */
  boolean covers(long min, long max) {
    return contains(min) && contains(max);
  }

  /** Whether any of {@code [min, max]} may lie inside. */
  boolean touches(long min, long max) {
    return fromNs <= max && (min < toNs || toNs == Long.MAX_VALUE);
  }
}
