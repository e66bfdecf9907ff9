package dev.cadastre.demo;

import dev.cadastre.formats.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What goes on while the demo runs: events at random moments, so many a second on average. */
public final class Traffic {
  private static final double SECOND_NS = 1e9;
  private static final double NS_PER_MS = 1e6;

  private final Demo demo;
  private final double eventsPerS;
  private final Random random = new Random(7);

  public Traffic(Demo demo, double eventsPerS) {
    this.demo = demo;
    this.eventsPerS = eventsPerS;
  }

  /** Returns when {@code stop} opens, or that time is over. */
  public void run(CountDownLatch stop, Optional<Duration> time)
      throws InterruptedException, IOException, Refused {
    long beganNs = System.nanoTime();
    long endNs = time.map(Duration::toNanos).orElse(Long.MAX_VALUE);
    if (eventsPerS == 0) {
      stop.await(endNs, TimeUnit.NANOSECONDS);
      return;
    }
    List<Tenant> tenants = demo.tenants();
    double dueNs = 0;
    while (dueNs < endNs && !waited(stop, beganNs + (long) dueNs)) {
      int events = Pick.one(tenants, random).live(demo.cell().clock().instant());
      dueNs += events * SECOND_NS / eventsPerS * -Math.log(1 - random.nextDouble());
    }
    stop.await(endNs - (System.nanoTime() - beganNs), TimeUnit.NANOSECONDS);
  }

  /** Waits for the moment unless it is nearly there; answers whether to stop. */
  private static boolean waited(CountDownLatch stop, long dueNs) throws InterruptedException {
    long aheadNs = dueNs - System.nanoTime();
    return stop.await(aheadNs > NS_PER_MS ? aheadNs : 0, TimeUnit.NANOSECONDS);
  }
}
