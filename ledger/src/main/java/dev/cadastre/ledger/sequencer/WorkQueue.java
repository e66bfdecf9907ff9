package dev.cadastre.ledger.sequencer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A queue bounded in bytes, drained in batches bounded in bytes. */
final class WorkQueue {
  /** Whether work was taken in. */
  enum Offer {
    TAKEN,
    FULL,
    CLOSED
  }

  private final long capacityBytes;
  private final long batchBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Work> waiting = new ArrayDeque<>();
  private long queuedBytes;
  private boolean closed;

  WorkQueue(long capacityBytes, long batchBytes) {
    this.capacityBytes = capacityBytes;
    this.batchBytes = batchBytes;
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
      waiting.add(work);
      queuedBytes += work.bytes();
      changed.signal();
      return Offer.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for work; empty once the queue is closed and drained. */
  List<Work> take() {
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
    while (!waiting.isEmpty() && (batch.isEmpty() || bytes + waiting.peek().bytes() <= limit)) {
      Work work = waiting.remove();
      batch.add(work);
      bytes += work.bytes();
    }
    queuedBytes -= bytes;
    return batch;
  }
}
