package dev.cadastre.ledger.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A cache of immutable values, bounded in weight; the least recently used go first. Safe for use by
 * several threads.
 */
public final class RecentlyUsed<K, V> {
  private final long capacity;
  private final ToLongFunction<V> weight;
  private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);
  private long used;

  public RecentlyUsed(long capacity, ToLongFunction<V> weight) {
    this.capacity = capacity;
    this.weight = weight;
  }

  public synchronized Optional<V> get(K key) {
    return Optional.ofNullable(values.get(key));
  }

  public synchronized void put(K key, V value) {
    V before = values.put(key, value);
    used += weight.applyAsLong(value) - (before == null ? 0 : weight.applyAsLong(before));
    Iterator<V> eldest = values.values().iterator();
    while (used > capacity && eldest.hasNext()) {
      used -= weight.applyAsLong(eldest.next());
      eldest.remove();
    }
  }
}
