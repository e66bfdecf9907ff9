package dev.cadastre.proof.detect;

import dev.cadastre.proof.event.Kind;
import dev.cadastre.proof.event.Names;
import dev.cadastre.proof.event.RecordEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Uses of a key that had been unwrapped too long before. A key may be cached for as long as its use
 * says ({@code ledger.key.ttl_s}), and no longer than the policy says.
 */
final class CacheDetector implements Detector {
  private static final long NS = 1_000_000_000L;
  private static final String UNWRAP = "unwrap";
  private static final Set<String> WITH_HELD_KEY = Set.of("decrypt", "encrypt");

  /**
   * A key lives in one process's memory, so each instance's use of it counts for that instance
   * alone.
   */
  private record Cache(String stream, String key) {}

  /**
   * @param expiryNs when it should be forgotten
   * @param unwrapped whether it is known to have been fetched apart from its use
   */
  private record Held(long expiryNs, boolean unwrapped) {
    Held and(Held later) {
      return new Held(Math.max(expiryNs, later.expiryNs), unwrapped || later.unwrapped);
    }
  }

  private final Map<Cache, Held> held = new HashMap<>();

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    Optional<String> key = sighting.text(Names.KEY_ID);
    if (key.isPresent() && KeyAct.succeeded(sighting.event())) {
      see(new Cache(stream(sighting), key.get()), sighting, alerts);
    }
  }

  private void see(Cache cache, Sighting sighting, Consumer<Alert> alerts) {
    Kind kind = sighting.event().kind();
    if (kind == Kind.KEY_USE && isFetch(cache, sighting.event())) {
      held.merge(cache, fetched(sighting), Held::and);
    } else if (kind == Kind.KEY_USE || kind == Kind.DATA_ACCESS || kind == Kind.INFERENCE) {
      used(cache, sighting, alerts);
    }
  }

  /**
   * Whether a key use asks the key store. {@code decrypt} is that where the key never leaves the
   * store; for an instance that had unwrapped the key it is a use of what it holds, unless it says
   * how long it will hold it.
   */
  private boolean isFetch(Cache cache, RecordEvent event) {
    Held before = held.get(cache);
    return before == null
        || !before.unwrapped
        || !WITH_HELD_KEY.contains(KeyAct.operation(event))
        || event.attributes().has(Names.KEY_TTL_S);
  }

  private void used(Cache cache, Sighting sighting, Consumer<Alert> alerts) {
    Held before = held.get(cache);
    if (before != null && sighting.ns() > before.expiryNs) {
      String late = (sighting.ns() - before.expiryNs) / NS + " s past the cache time";
      alerts.accept(sighting.alert(Alert.Kind.KEY_CACHED_TOO_LONG, cache.key, late));
    }
  }

  private static String stream(Sighting sighting) {
    return SequenceHistories.instance(sighting.event());
  }

  private static Held fetched(Sighting sighting) {
    OptionalLong stated = sighting.event().attributes().integer(Names.KEY_TTL_S);
    long ttlS =
        Math.min(stated.orElse(Long.MAX_VALUE), sighting.maxCacheS().orElse(Long.MAX_VALUE));
    boolean never = ttlS >= (Long.MAX_VALUE - sighting.ns()) / NS;
    long expiryNs = never ? Long.MAX_VALUE : sighting.ns() + Math.max(0, ttlS) * NS;
    return new Held(expiryNs, KeyAct.operation(sighting.event()).equals(UNWRAP));
  }
}
