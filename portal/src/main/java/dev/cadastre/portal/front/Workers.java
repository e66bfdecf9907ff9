package dev.cadastre.portal.front;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads of their own for some requests: a bounded number, with a bounded number waiting. */
final class Workers implements AutoCloseable {
  private static final Duration KEPT = Duration.ofSeconds(30);
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final ThreadPoolExecutor threads;

  Workers(String name, int threadsMax, int waitingMax) {
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            threadsMax,
            threadsMax,
            KEPT.toSeconds(),
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waitingMax),
            work -> {
              Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Runs the work soon; false if too much waits already. */
  boolean take(Runnable work) {
    try {
      threads.execute(work);
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
  }

  /** Finishes what was taken. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
