package dev.cadastre.evidence;

import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.queue.InTurn;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * A few threads for work that takes minutes. Logs take turns, and one log has one piece of work
 * under way at a time: where there are two threads, nobody waits for another's second.
 */
public final class TurnPool implements AutoCloseable {
  private final ExecutorService threads;
  private final InTurn<LogName, Turn> waiting = new InTurn<>();
  private final Set<LogName> working = new HashSet<>();

  private record Turn(LogName log, Runnable work) {}

  /**
   * @param name of the threads
   */
  public TurnPool(String name, int threads) {
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does the work later, behind what the log asked for before. What it throws is its own affair.
   *
   * @throws RejectedExecutionException once the pool is closed
   */
  public void submit(LogName log, Runnable work) {
    synchronized (this) {
      waiting.add(log, new Turn(log, work));
    }
    threads.execute(this::next);
  }

  private void next() {
    Optional<Turn> turn = take();
    if (turn.isEmpty()) {
      // What waits is of logs that have work under way; whoever ends that goes on with it.
      return;
    }
    try {
      turn.get().work.run();
    } finally {
      if (end(turn.get().log)) {
        threads.execute(this::next);
      }
    }
  }

  private synchronized Optional<Turn> take() {
    return waiting.next((log, turn) -> working.add(log));
  }

  private synchronized boolean end(LogName log) {
    working.remove(log);
    return !waiting.isEmpty() && !threads.isShutdown();
  }

  /** Interrupts what is under way and drops what waits. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
