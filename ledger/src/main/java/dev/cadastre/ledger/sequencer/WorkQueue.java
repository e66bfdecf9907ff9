package dev.cadastre.ledger.sequencer;

import dev.cadastre.ledger.model.LogName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A queue bounded in bytes, drained in batches bounded in bytes. The works of a log come out in
 * their order, and logs take turns: one for which much waits does not hold up the others.
 */
final class WorkQueue {
  /** Whether work was taken in. */
  enum Offer {
    TAKEN,
    FULL,
    CLOSED
  }

  private static final long TURN_BYTES = 1 << 16;

  private final long capacityBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** What waits for each log for which anything waits; the first has the next turn. */
  private final Map<LogName, Deque<Work>> waiting = new LinkedHashMap<>();

  private long queuedBytes;
  private boolean closed;

  WorkQueue(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  /** An empty queue takes anything, or work larger than the queue would never be done. */
  Offer offer(Work work) {
    lock.lock();
    try {
      if (closed) {
        return Offer.CLOSED;
      }
      if (queuedBytes > 0 && queuedBytes + work.bytes() > capacityBytes) {
        return Offer.FULL;
      }
      waiting.computeIfAbsent(work.log(), log -> new ArrayDeque<>(2)).add(work);
      queuedBytes += work.bytes();
      changed.signal();
      return Offer.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for work and takes at most so many bytes of it, but always something; empty once the
   * queue is closed and drained.
   */
  List<Work> take(long batchBytes) {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      return drain(batchBytes);
    } finally {
      lock.unlock();
    }
  }

  /** Refuses further work; what is in may still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses further work and gives back all that waits. */
  List<Work> closeAndDrain() {
    lock.lock();
    try {
      closed = true;
      return drain(Long.MAX_VALUE);
    } finally {
      lock.unlock();
    }
  }

  long queuedBytes() {
    lock.lock();
    try {
      return queuedBytes;
    } finally {
      lock.unlock();
    }
  }

  private List<Work> drain(long limit) {
    List<Work> batch = new ArrayList<>();
    long bytes = 0;
    while (!waiting.isEmpty()) {
      Map.Entry<LogName, Deque<Work>> next = waiting.entrySet().iterator().next();
      Deque<Work> works = next.getValue();
      if (!batch.isEmpty() && bytes + works.element().bytes() > limit) {
        break;
      }
      bytes += turn(works, batch, limit - bytes);
      waiting.remove(next.getKey());
      if (!works.isEmpty()) {
        waiting.put(next.getKey(), works);
      }
    }
    queuedBytes -= bytes;
    return batch;
  }

  /** One work, and as many small ones as make a turn, that another's large ones are not more. */
  private static long turn(Deque<Work> works, List<Work> batch, long limit) {
    long bytes = 0;
    do {
      Work work = works.remove();
      batch.add(work);
      bytes += work.bytes();
    } while (!works.isEmpty() && bytes + works.element().bytes() <= Math.min(TURN_BYTES, limit));
    return bytes;
  }
}
