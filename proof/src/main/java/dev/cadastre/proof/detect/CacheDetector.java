package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Attempt;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Names;
import dev.cadastre.proof.detect.Memory.Part;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Uses of a key that had been unwrapped too long before. A key may be cached for as long as its use
 * says ({@code ledger.key.ttl_s}), and no longer than the policy says.
 */
final class CacheDetector implements Detectors.Detector {
  private static final long NS = 1_000_000_000L;
  private static final String UNWRAP = "unwrap";
  private static final Set<String> WITH_HELD_KEY = Set.of("decrypt", "encrypt");

  /**
   * A key lives in one process's memory, so each instance's use of it counts for that instance
   * alone.
   */
  record Cache(String stream, String key) {
    /** As one text, from which both can be told again. */
    String item() {
      return stream.length() + " " + stream + key;
    }

    static Cache of(String item) {
      int space = item.indexOf(' ');
      int end = space + 1 + Integer.parseInt(item.substring(0, space));
      return new Cache(item.substring(space + 1, end), item.substring(end));
    }
  }

  /**
   * @param expiryNs when it should be forgotten
   * @param unwrapped whether it is known to have been fetched apart from its use
   */
  record Held(long expiryNs, boolean unwrapped) {
    String text() {
      return expiryNs + (unwrapped ? " unwrapped" : "");
    }

    static Held of(String text) {
      int space = text.indexOf(' ');
      return new Held(Long.parseLong(space < 0 ? text : text.substring(0, space)), space >= 0);
    }

    Held and(Held later) {
      return new Held(Math.max(expiryNs, later.expiryNs), unwrapped || later.unwrapped);
    }
  }

  private final Memory memory;

  CacheDetector(Memory memory) {
    this.memory = memory;
  }

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    Optional<String> key = sighting.text(Names.KEY_ID);
    if (key.isPresent()
        && KeyAct.isUse(sighting.event())
        && Attempt.of(sighting.event()) == Attempt.SUCCEEDED) {
      see(new Cache(stream(sighting), key.get()), sighting, alerts);
    }
  }

  private void see(Cache cache, Sighting sighting, Consumer<Alert> alerts) {
    Kind kind = sighting.event().kind();
    Optional<Held> held = memory.get(Part.FETCHED, cache.item()).map(Held::of);
    if (kind == Kind.KEY_USE && isFetch(held, sighting.event())) {
      Held fetched = fetched(sighting);
      Held now = held.map(before -> before.and(fetched)).orElse(fetched);
      memory.keep(Part.FETCHED, cache.item(), now.text());
    } else {
      held.ifPresent(before -> used(cache.key, before, sighting, alerts));
    }
  }

  /**
   * Whether a key use asks the key store. {@code decrypt} is that where the key never leaves the
   * store; for an instance that had unwrapped the key it is a use of what it holds, unless it says
   * how long it will hold it.
   */
  private static boolean isFetch(Optional<Held> held, RecordEvent event) {
    return held.isEmpty()
        || !held.get().unwrapped
        || !WITH_HELD_KEY.contains(KeyAct.operation(event))
        || event.attributes().has(Names.KEY_TTL_S);
  }

  private static void used(String key, Held before, Sighting sighting, Consumer<Alert> alerts) {
    if (sighting.ns() > before.expiryNs) {
      String late = (sighting.ns() - before.expiryNs) / NS + " s past the cache time";
      alerts.accept(sighting.alert(Alert.Kind.KEY_CACHED_TOO_LONG, key, late));
    }
  }

  private static String stream(Sighting sighting) {
    return Streams.instance(sighting.event());
  }

  private static Held fetched(Sighting sighting) {
    OptionalLong stated = sighting.event().attributes().integer(Names.KEY_TTL_S);
    long ttlS =
        Math.min(stated.orElse(Long.MAX_VALUE), sighting.maxCacheS().orElse(Long.MAX_VALUE));
    boolean never = ttlS > (Long.MAX_VALUE - sighting.ns()) / NS;
    long expiryNs = never ? Long.MAX_VALUE : sighting.ns() + Math.max(0, ttlS) * NS;
    return new Held(expiryNs, KeyAct.operation(sighting.event()).equals(UNWRAP));
  }
}
