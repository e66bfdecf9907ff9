package dev.cadastre.ingest.gate;

import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ledger.queue.InTurn;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds what all requests hold of something at once, and keeps one tenant from holding so much of
 * it that others find nothing left. A tenant may hold as much as is free, so alone it gets a half,
 * two get a third each, and there is always room for one more (dynamic thresholds, Choudhury and
 * Hahne 1998). A tenant's single request may exceed the share, up to a maximum, or large ones would
 * never be taken; and what nobody holds takes anything.
 *
 * <p>Requests that find no room may wait for it: those of a tenant in their order, tenants in turn.
 */
public final class FairShare {
  static final Duration RETRY = Duration.ofSeconds(1);

  private final long shared;
  private final long max;
  private final String what;
  private final Map<String, Holder> holders = new HashMap<>();
  private final InTurn<String, Reservation> waiting = new InTurn<>();
  private long total;

  /** The same without what single requests hold beyond half of what is shared. */
  private long totalShared;

  /** What one tenant holds. */
  private static final class Holder {
    private long held;
    private int requests;
  }

  /**
   * @param shared how much there is for tenants with several requests
   * @param max how much there is in all
   * @param what is shared, for messages
   */
  public FairShare(long shared, long max, String what) {
    this.shared = shared;
    this.max = Math.max(shared, max);
    this.what = what;
  }

  /** Whether somebody is refused for want of room. */
  public static boolean refuses(Refusal refusal) {
    return refusal.reason() == Refusal.Reason.SHARE_EXCEEDED
        || refusal.reason() == Refusal.Reason.OVERLOADED;
  }

  /** What is held by all. */
  public synchronized long held() {
    return total;
  }

  /** How many requests wait for room. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /** How many tenants hold something; they are forgotten with their last request. */
  synchronized int tenants() {
    return holders.size();
  }

  /** Begins a request of a tenant, with nothing held yet. */
  public Reservation reserve(String tenant) {
    return new Reservation(tenant);
  }

  /** What is answered to whom there was no room for. */
  public static Refusal waitedFor(Duration patience) {
    return Refusal.retry(
        Refusal.Reason.SHARE_EXCEEDED,
        "the tenant's share of the memory for requests was taken for "
            + patience.toMillis()
            + " ms",
        RETRY);
  }

  private Holder holder(Reservation by) {
    return holders.computeIfAbsent(by.tenant, one -> new Holder());
  }

  private boolean tooMuchInAll(long more) {
    return total > 0 && total + more > max;
  }

  private boolean tooMuchOfAShare(Reservation by, Holder holder, long more) {
    boolean single = holder.requests == (by.counted ? 1 : 0);
    return !single && holder.held + more > shared - totalShared;
  }

  private synchronized void use(Reservation by, long more) throws Rejected {
    if (by.used + more > by.held) {
      grow(by, by.used + more - by.held);
    }
    by.used += more;
  }

  private void grow(Reservation by, long more) throws Rejected {
    Holder holder = holder(by);
    if (tooMuchInAll(more)) {
      forget(by.tenant, holder);
      throw Rejected.retry(Refusal.Reason.OVERLOADED, what + " is taken by requests", RETRY);
    }
    if (tooMuchOfAShare(by, holder, more)) {
      throw Rejected.retry(
          Refusal.Reason.SHARE_EXCEEDED, "the tenant's share of " + what + " is taken", RETRY);
    }
    give(by, holder, more);
  }

  private void give(Reservation by, Holder holder, long more) {
    if (!by.counted) {
      by.counted = true;
      holder.requests++;
    }
    by.held += more;
    hold(holder, more);
  }

  private void hold(Holder holder, long more) {
    totalShared -= Math.min(holder.held, shared / 2);
    holder.held += more;
    total += more;
    totalShared += Math.min(holder.held, shared / 2);
  }

  private synchronized boolean reserveOrWait(Reservation by, long more, Runnable whenThereIs) {
    if (!waiting.waits(by.tenant) && given(by, more)) {
      return true;
    }
    by.wanted = more;
    by.whenThereIs = whenThereIs;
    // Who waits does not keep another of the tenant from being its single request.
    uncount(by);
    waiting.add(by.tenant, by);
    return false;
  }

  private boolean given(Reservation by, long more) {
    Holder holder = holder(by);
    if (tooMuchInAll(more) || tooMuchOfAShare(by, holder, more)) {
      forget(by.tenant, holder);
      return false;
    }
    give(by, holder, more);
    return true;
  }

  private void uncount(Reservation by) {
    if (by.counted) {
      by.counted = false;
      holder(by).requests--;
    }
  }

  private synchronized boolean leave(Reservation by, Runnable whenThereIs) {
    return by.whenThereIs == whenThereIs && waiting.remove(by.tenant, by);
  }

  private synchronized boolean leave(Reservation by) {
    return waiting.remove(by.tenant, by);
  }

  private synchronized void giveBack(Reservation by) {
    Holder holder = holders.get(by.tenant);
    if (holder == null || (!by.counted && by.held == 0)) {
      return;
    }
    uncount(by);
    hold(holder, -by.held);
    by.held = 0;
    by.used = 0;
    forget(by.tenant, holder);
    letAllIn();
  }

  private synchronized void settle(Reservation by, long held) throws Rejected {
    if (held > by.held) {
      grow(by, held - by.held);
    } else {
      hold(holder(by), held - by.held);
      by.held = held;
      letAllIn();
    }
    by.used = held;
  }

  /** Lets in who waits, tenants in turn, until there is no room for the first of any. */
  private void letAllIn() {
    for (Optional<Reservation> next = letIn(); next.isPresent(); next = letIn()) {
      next.get().whenThereIs.run();
    }
  }

  private Optional<Reservation> letIn() {
    return waiting.next((tenant, first) -> given(first, first.wanted));
  }

  private void forget(String tenant, Holder holder) {
    if (holder.requests == 0 && holder.held == 0) {
      holders.remove(tenant);
    }
  }

  /** One request's share. Used by one thread at a time. */
  public final class Reservation implements AutoCloseable {
    private final String tenant;
    private long held;
    private long used;
    private boolean counted;
    private long wanted;
    private Runnable whenThereIs = () -> {};

    private Reservation(String tenant) {
      this.tenant = tenant;
    }

    /**
     * Uses more of what was reserved, and takes what goes beyond.
     *
     * @throws Rejected if that cannot be had now; then nothing changes
     */
    public void use(long more) throws Rejected {
      FairShare.this.use(this, more);
    }

    /**
     * Reserves what will be used, or waits for it behind others of the tenant.
     *
     * @param whenThereIs run if it was waited for and is had; must hand its work over to another
     *     thread
     * @return whether it is had now
     */
    public boolean reserveOrWait(long expected, Runnable whenThereIs) {
      return FairShare.this.reserveOrWait(this, expected, whenThereIs);
    }

    /**
     * Takes more or gives back, so that just so much is held and used.
     *
     * @throws Rejected if more cannot be had now; then nothing changes
     */
    public void settle(long held) throws Rejected {
      FairShare.this.settle(this, held);
    }

    /** Waits no longer; false if it did not, or has what it waited for. */
    public boolean leave() {
      return FairShare.this.leave(this);
    }

    /**
     * The same, if what it waits for is what that would go on with: a request waits more than once,
     * and the end of one patience is not the end of the next.
     */
    public boolean leave(Runnable whenThereIs) {
      return FairShare.this.leave(this, whenThereIs);
    }

    /** Gives back what is held; again is harmless. */
    @Override
    public void close() {
      giveBack(this);
    }
  }
}
