package dev.cadastre.portal.front;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how many requests are answered at once and how many wait for that. A request is answered
 * by the thread that brings it, for waking another costs as much as many an answer; one that has to
 * wait is answered by whichever thread is ready first.
 */
final class Slots {
  private static final Logger LOG = LoggerFactory.getLogger(Slots.class);

  private final int waitingMax;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int free;

  Slots(int atOnce, int waitingMax) {
    this.free = atOnce;
    this.waitingMax = waitingMax;
  }

  /**
   * Runs the work here and now, or leaves it to another thread.
   *
   * @return false if too much waits already; the work is not run then
   */
  boolean take(Runnable work) {
    synchronized (this) {
      if (free == 0) {
        return waiting.size() < waitingMax && waiting.add(work);
      }
      free--;
    }
    for (Optional<Runnable> next = Optional.of(work); next.isPresent(); next = next()) {
      run(next.get());
    }
    return true;
  }

  /** Whatever becomes of it, the slot is not lost, nor who waits for it. */
  private static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error failure) {
      LOG.error("a request broke off", failure);
    }
  }

  /** What waits longest; none gives the slot back. */
  private synchronized Optional<Runnable> next() {
    Optional<Runnable> next = Optional.ofNullable(waiting.poll());
    free += next.isPresent() ? 0 : 1;
    return next;
  }
}
