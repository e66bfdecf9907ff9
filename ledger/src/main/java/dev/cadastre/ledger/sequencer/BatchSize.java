package dev.cadastre.ledger.sequencer;

import java.util.concurrent.TimeUnit;

/**
 * How much one group commit takes: what can be linked and packed in a moment, for whoever comes
 * next waits that long. The time to write and sync does not count, because on a slow disk less in a
 * commit would only mean more commits.
 */
final class BatchSize {
  private static final long MOMENT_NS = TimeUnit.MILLISECONDS.toNanos(25);
  private static final long LEAST = 1L << 18;

  private final long least;
  private final long most;
  private long bytes;

  BatchSize(long most) {
    this.least = Math.min(LEAST, most);
    this.most = most;
    this.bytes = most;
  }

  /** For the next batch. */
  long bytes() {
    return bytes;
  }

  /** Learns from a batch. A small one tells more of what every batch costs than of its size. */
  void took(long batchBytes, long nanos) {
    if (batchBytes >= bytes / 2) {
      double inAMoment = (double) batchBytes * MOMENT_NS / Math.max(1, nanos);
      bytes = (long) Math.max(least, Math.min(most, (bytes + inAMoment) / 2));
    }
  }
}
