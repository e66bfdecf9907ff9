package dev.cadastre.ingest.gate;

import dev.cadastre.ledger.queue.InTurn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Bounds how many requests are worked on at once, tenants in turn. Work keeps a processor busy and
 * waits for nothing; were it begun for every request that is there, a tenant's single record would
 * get no more of the processors than any of another's hundreds. One tenant may use them all, and
 * there is a turn left for the next.
 */
public final class Turns {
  private final int ofOne;
  private final int ofAll;
  private final Map<String, Integer> working = new HashMap<>();
  private final InTurn<String, Waiting> waiting = new InTurn<>();
  private int total;

  private record Waiting(String tenant, Executor executor, Runnable work) {}

  /**
   * @param processors that there are to use
   */
  public Turns(int processors) {
    this.ofOne = processors;
    this.ofAll = processors + 1;
  }

  /**
   * Does the work on this thread now, or later on one of the executor's, behind others of the
   * tenant.
   */
  public void take(String tenant, Executor executor, Runnable work) {
    if (!begun(tenant, executor, work)) {
      return;
    }
    try {
      work.run();
    } finally {
      end(tenant);
    }
  }

  private synchronized boolean begun(String tenant, Executor executor, Runnable work) {
    if (!waiting.waits(tenant) && free(tenant)) {
      count(tenant);
      return true;
    }
    waiting.add(tenant, new Waiting(tenant, executor, work));
    return false;
  }

  private boolean free(String tenant) {
    return total < ofAll && working.getOrDefault(tenant, 0) < ofOne;
  }

  private void count(String tenant) {
    total++;
    working.merge(tenant, 1, Integer::sum);
  }

  private void end(String tenant) {
    Deque<String> ended = new ArrayDeque<>(List.of(tenant));
    while (!ended.isEmpty()) {
      for (Waiting next : ended(ended.remove())) {
        try {
          next.executor.execute(() -> take(next));
        } catch (RejectedExecutionException serverStops) {
          ended.add(next.tenant);
        }
      }
    }
  }

  private void take(Waiting next) {
    try {
      next.work.run();
    } finally {
      end(next.tenant);
    }
  }

  /** Gives a turn back; who has theirs now. */
  private synchronized List<Waiting> ended(String tenant) {
    total--;
    working.computeIfPresent(tenant, (one, turns) -> turns == 1 ? null : turns - 1);
    List<Waiting> next = new ArrayList<>(1);
    Optional<Waiting> one = first();
    for (; one.isPresent(); one = first()) {
      next.add(one.get());
    }
    return next;
  }

  /** Lets the first that waits begin, of the tenant that has been waiting for longest. */
  private Optional<Waiting> first() {
    Optional<Waiting> next = waiting.next((tenant, one) -> free(tenant));
    next.ifPresent(one -> count(one.tenant));
    return next;
  }
}
