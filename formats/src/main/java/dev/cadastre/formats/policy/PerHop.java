package dev.cadastre.formats.policy;

import dev.cadastre.formats.event.Hop;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something said of some hops, and perhaps of all others.
 *
 * @param byHop what is said of a hop by name
 * @param otherwise what is said of every other hop
 */
public record PerHop<T>(Map<Hop, T> byHop, Optional<T> otherwise) {
  public PerHop {
    byHop = byHop.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(byHop));
  }

  public static <T> PerHop<T> none() {
    return new PerHop<>(Map.of(), Optional.empty());
  }

  public Optional<T> of(Hop hop) {
    T own = byHop.get(hop);
    return own == null ? otherwise : Optional.of(own);
  }

  public boolean isEmpty() {
    return byHop.isEmpty() && otherwise.isEmpty();
  }
}
