package dev.cadastre.evidence;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The attestations that were asked for last, bounded in what they weigh. The newest stays whatever
 * it weighs, or whoever waited for it could not be shown it. For use under a lock.
 */
final class AttestationCache<K> {
  /** Objects weigh several times the text that they make. */
  private static final long OBJECTS_PER_TEXT = 8;

  private final long capacity;
  private final Map<K, Attester.Attested> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long used;

  /**
   * @param capacity in bytes of the heap
   */
  AttestationCache(long capacity) {
    this.capacity = capacity;
  }

  Optional<Attester.Attested> get(K key) {
    return Optional.ofNullable(kept.get(key));
  }

  void put(K key, Attester.Attested attested) {
    Attester.Attested before = kept.put(key, attested);
    used += weight(attested) - (before == null ? 0 : weight(before));
    Iterator<Attester.Attested> eldest = kept.values().iterator();
    while (used > capacity && kept.size() > 1) {
      used -= weight(eldest.next());
      eldest.remove();
    }
  }

  static long weight(Attester.Attested attested) {
    return 1024 + OBJECTS_PER_TEXT * attested.envelope().payload().length();
  }

  long used() {
    return used;
  }

  int size() {
    return kept.size();
  }
}
