package dev.cadastre.ingest;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds what all requests hold of something at once, and keeps one tenant from holding so much of
 * it that others find nothing left. A tenant may hold as much as is free, so alone it gets a half,
 * two get a third each, and there is always room for one more (dynamic thresholds, Choudhury and
 * Hahne 1998). A tenant's first request is bound by the whole alone, or large ones would never be
 * taken, and what nobody holds takes anything.
 */
final class FairShare {
  static final Duration RETRY = Duration.ofSeconds(1);

  private final long max;
  private final String what;
  private final Map<String, Holder> holders = new HashMap<>();
  private long total;

  /** What one tenant holds. */
  private static final class Holder {
    private long held;
    private int requests;
  }

  /**
   * @param what is shared, for messages
   */
  FairShare(long max, String what) {
    this.max = max;
    this.what = what;
  }

  /** What is held by all. */
  synchronized long held() {
    return total;
  }

  /** How many tenants hold something; they are forgotten with their last request. */
  synchronized int tenants() {
    return holders.size();
  }

  /** Begins a request of a tenant, with nothing held yet. */
  Reservation reserve(String tenant) {
    return new Reservation(tenant);
  }

  private synchronized void grow(Reservation by, long more) throws Rejected {
    Holder holder = holders.computeIfAbsent(by.tenant, one -> new Holder());
    boolean alone = holder.requests == (by.counted ? 1 : 0);
    if (total > 0 && total + more > max) {
      forget(by.tenant, holder);
      throw Rejected.retry(Refusal.Reason.OVERLOADED, what + " is taken by requests", RETRY);
    }
    if (!alone && holder.held + more > max - total) {
      throw Rejected.retry(
          Refusal.Reason.SHARE_EXCEEDED, "the tenant's share of " + what + " is taken", RETRY);
    }
    if (!by.counted) {
      by.counted = true;
      holder.requests++;
    }
    holder.held += more;
    by.held += more;
    total += more;
  }

  private synchronized void giveBack(Reservation by) {
    Holder holder = holders.get(by.tenant);
    if (holder == null || !by.counted) {
      return;
    }
    total -= by.held;
    holder.held -= by.held;
    holder.requests--;
    by.held = 0;
    by.counted = false;
    forget(by.tenant, holder);
  }

  private void forget(String tenant, Holder holder) {
    if (holder.requests == 0) {
      holders.remove(tenant);
    }
  }

  /** One request's share. Used by one thread at a time. */
  final class Reservation implements AutoCloseable {
    private final String tenant;
    private long held;
    private boolean counted;

    private Reservation(String tenant) {
      this.tenant = tenant;
    }

    /**
     * Takes more.
     *
     * @throws Rejected if that cannot be had now; then nothing changes
     */
    void grow(long more) throws Rejected {
      FairShare.this.grow(this, more);
    }

    /** Gives back what is held; again is harmless. */
    @Override
    public void close() {
      giveBack(this);
    }
  }
}
