package dev.cadastre.proof.detect;

import dev.cadastre.proof.event.Kind;
import dev.cadastre.proof.event.Names;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Data read with a key that had been unwrapped too long before. A key may be cached for as long as
 * its use says ({@code ledger.key.ttl_s}), and no longer than the policy says.
 */
final class CacheDetector implements Detector {
  private static final long NS = 1_000_000_000L;

  /**
   * A key lives in one process's memory, so each instance's use of it counts for that instance
   * alone.
   */
  private record Cache(String stream, String key) {}

  private final Map<Cache, Long> expiryNs = new HashMap<>();

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    sighting
        .text(Names.KEY_ID)
        .ifPresent(key -> see(new Cache(stream(sighting), key), sighting, alerts));
  }

  private void see(Cache cache, Sighting sighting, Consumer<Alert> alerts) {
    Kind kind = sighting.event().kind();
    boolean succeeded = KeyAct.succeeded(sighting.event());
    if (kind == Kind.KEY_USE && succeeded) {
      cached(cache, sighting);
    } else if ((kind == Kind.DATA_ACCESS || kind == Kind.INFERENCE) && succeeded) {
      long expiry = expiryNs.getOrDefault(cache, Long.MAX_VALUE);
      if (sighting.ns() > expiry) {
        String late = (sighting.ns() - expiry) / NS + " s past the cache time";
        alerts.accept(sighting.alert(Alert.Kind.KEY_CACHED_TOO_LONG, cache.key, late));
      }
    }
  }

  private static String stream(Sighting sighting) {
    return SequenceHistories.instance(sighting.event());
  }

  private void cached(Cache cache, Sighting sighting) {
    OptionalLong stated = sighting.event().attributes().integer(Names.KEY_TTL_S);
    long ttlS =
        Math.min(stated.orElse(Long.MAX_VALUE), sighting.maxCacheS().orElse(Long.MAX_VALUE));
    boolean never = ttlS >= (Long.MAX_VALUE - sighting.ns()) / NS;
    long expiry = never ? Long.MAX_VALUE : sighting.ns() + Math.max(0, ttlS) * NS;
    expiryNs.merge(cache, expiry, Math::max);
  }
}
