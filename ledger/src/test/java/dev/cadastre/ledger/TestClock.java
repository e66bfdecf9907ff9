package dev.cadastre.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A clock that a test moves, and can stop the sequencer on: it reads the clock once a batch. */
public final class TestClock implements InstantSource {
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private Optional<Thread> holder = Optional.empty();
  private boolean waiting;

  @Override
  public synchronized Instant instant() {
    boolean interrupted = false;
    while (holder.isPresent() && !holder.get().equals(Thread.currentThread())) {
      waiting = true;
      notifyAll();
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    waiting = false;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return now;
  }

  public synchronized void move(Duration by) {
    now = now.plus(by);
  }

  /** From now on whoever else reads the clock waits. */
  public synchronized void hold() {
    holder = Optional.of(Thread.currentThread());
  }

  public synchronized void awaitReader() throws InterruptedException {
    while (!waiting) {
      wait();
    }
  }

  public synchronized void release() {
    holder = Optional.empty();
    notifyAll();
  }
}
