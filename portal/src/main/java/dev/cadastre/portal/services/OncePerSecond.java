package dev.cadastre.portal.services;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What costs something for each log and may be asked for by anybody: computed at most once a
 * second, and by one who asks while the others wait for it.
 */
public final class OncePerSecond<T> {
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Supplier<T> compute;
  private final LongSupplier nanos;
  private Optional<T> known = Optional.empty();
  private long at;

  public OncePerSecond(Supplier<T> compute) {
    this(compute, System::nanoTime);
  }

  OncePerSecond(Supplier<T> compute, LongSupplier nanos) {
    this.compute = compute;
    this.nanos = nanos;
  }

  /** The value, a second old at most. */
  public synchronized T get() {
    long now = nanos.getAsLong();
    if (known.isPresent() && now - at < KEPT_NANOS) {
      return known.get();
    }
    T fresh = compute.get();
    known = Optional.of(fresh);
    at = now;
    return fresh;
  }
}
