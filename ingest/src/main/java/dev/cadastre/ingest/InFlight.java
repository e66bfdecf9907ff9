package dev.cadastre.ingest;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all requests that are in memory at once. */
final class InFlight {
  private final long bytesMax;
  private final AtomicLong bytes = new AtomicLong();

  InFlight(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  long bytes() {
    return bytes.get();
  }

  Reservation reserve() {
    return new Reservation();
  }

  /** One request's share. Used by one thread at a time. */
  final class Reservation implements AutoCloseable {
    private long held;

    /** Whether {@code more} bytes could be had; if not, nothing changes. */
    boolean grow(long more) {
      if (bytes.addAndGet(more) > bytesMax) {
        bytes.addAndGet(-more);
        return false;
      }
      held += more;
      return true;
    }

    /** Gives back what is held; again is harmless. */
    @Override
    public void close() {
      bytes.addAndGet(-held);
      held = 0;
    }
  }
}
