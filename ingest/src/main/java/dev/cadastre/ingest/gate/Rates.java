package dev.cadastre.ingest.gate;

import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Sender;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Meters what tenants send: a token bucket each for bytes and for records, that holds ten seconds'
 * worth. A request is taken whenever the bucket is not empty and may leave a debt, so that a large
 * one is taken too; whoever is in debt waits until it is paid. Safe for concurrent use.
 */
public final class Rates {
  private static final int BURST_S = 10;
  private static final double NANOS = 1e9;
  private static final int TENANTS_MAX = 10_000;

  private final Limits limits;
  private final LongSupplier nanoTime;
  private final Map<String, Meter> meters =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Meter> eldest) {
          return size() > TENANTS_MAX;
        }
      };

  /**
   * @param nanoTime as {@link System#nanoTime()}
   */
  public Rates(Limits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  private record Meter(Bucket bytes, Bucket records) {}

  /** Refuses a sender that is in debt, before it has sent more. */
  public void admit(Sender sender) throws Rejected {
    Meter meter = meter(sender);
    long now = nanoTime.getAsLong();
    require(sender, meter.bytes.unpaid(now), "bytes");
    require(sender, meter.records.unpaid(now), "records");
  }

  /** Counts a request's body, or refuses it. */
  public void bytes(Sender sender, long count) throws Rejected {
    require(sender, meter(sender).bytes.take(nanoTime.getAsLong(), count), "bytes");
  }

  /** Counts a request's records, or refuses it. */
  public void records(Sender sender, long count) throws Rejected {
    require(sender, meter(sender).records.take(nanoTime.getAsLong(), count), "records");
  }

  private static void require(Sender sender, Duration wait, String what) throws Rejected {
    if (!wait.isZero()) {
      throw Rejected.retry(
          Refusal.Reason.RATE_LIMITED,
          "more " + what + " a second than " + sender.account() + " may send",
          wait);
    }
  }

  private Meter meter(Sender sender) {
    synchronized (meters) {
      return meters.computeIfAbsent(sender.account(), one -> newMeter(sender));
    }
  }

  private Meter newMeter(Sender sender) {
    TenantLimits its = limits.of(sender.tenant());
    long now = nanoTime.getAsLong();
    return new Meter(
        new Bucket(its.bytesPerSecond(), now), new Bucket(its.recordsPerSecond(), now));
  }

  /** Fills at a constant rate up to ten seconds' worth. */
  private static final class Bucket {
    private final double perNano;
    private final double max;
    private double level;
    private long filled;

    Bucket(long perSecond, long now) {
      this.perNano = perSecond / NANOS;
      this.max = (double) perSecond * BURST_S;
      this.level = max;
      this.filled = now;
    }

    /** How long until something may be taken; zero if now. */
    synchronized Duration unpaid(long now) {
      level = Math.min(max, level + (now - filled) * perNano);
      filled = now;
      return level > 0 ? Duration.ZERO : Duration.ofNanos(1 + (long) (-level / perNano));
    }

    /** Takes, unless there is a wait. */
    synchronized Duration take(long now, long count) {
      Duration wait = unpaid(now);
      if (wait.isZero()) {
        level -= count;
      }
      return wait;
    }
  }
}
