package dev.cadastre.ledger.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * What waits, each for its owner: an owner's come out in their order, and owners take turns, so one
 * for whom much waits does not hold up the others. For use under a lock.
 */
public final class InTurn<K, W> {
  /** What waits for each owner for whom anything waits; the first has the next turn. */
  private final Map<K, Deque<W>> waiting = new LinkedHashMap<>();

  /** Waits behind what waits for the owner. */
  public void add(K owner, W what) {
    waiting.computeIfAbsent(owner, none -> new ArrayDeque<>(2)).add(what);
  }

  /** Whether anything waits for the owner. */
  public boolean waits(K owner) {
    return waiting.containsKey(owner);
  }

  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** How much waits for all. */
  public int size() {
    return waiting.values().stream().mapToInt(Deque::size).sum();
  }

  /**
   * Takes out the first that may go, of the owner who has waited longest for a turn; for what else
   * waits for that one, it stands behind the others again.
   *
   * @param mayGo asked of the first of each owner in turn, until it says so of one; must not change
   *     what waits
   */
  public Optional<W> next(BiPredicate<K, W> mayGo) {
    for (Map.Entry<K, Deque<W>> one : waiting.entrySet()) {
      if (mayGo.test(one.getKey(), one.getValue().element())) {
        return Optional.of(take(one.getKey(), one.getValue()));
      }
    }
    return Optional.empty();
  }

  private W take(K owner, Deque<W> queue) {
    W next = queue.remove();
    waiting.remove(owner);
    if (!queue.isEmpty()) {
      waiting.put(owner, queue);
    }
    return next;
  }

  /** Waits no longer; false if it did not. The owner keeps its turn for what else waits. */
  public boolean remove(K owner, W what) {
    Deque<W> queue = waiting.get(owner);
    if (queue == null || !queue.remove(what)) {
      return false;
    }
    if (queue.isEmpty()) {
      waiting.remove(owner);
    }
    return true;
  }
}
