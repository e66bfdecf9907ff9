package dev.cadastre.formats.event;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Locations in the order of hops, copied once and then shared by all who know that. Immutable. */
final class HopMap extends AbstractMap<Hop, Location> {
  private static final HopMap EMPTY = new HopMap(new EnumMap<>(Hop.class));

  private final Map<Hop, Location> locations;

  private HopMap(Map<Hop, Location> locations) {
    this.locations = Collections.unmodifiableMap(locations);
  }

  static HopMap copyOf(Map<Hop, Location> locations) {
    if (locations instanceof HopMap copied) {
      return copied;
    }
    if (locations.isEmpty()) {
      return EMPTY;
    }
    EnumMap<Hop, Location> copy = new EnumMap<>(Hop.class);
    copy.putAll(locations);
    return new HopMap(copy);
  }

  @Override
  public Set<Entry<Hop, Location>> entrySet() {
    return locations.entrySet();
  }

  @Override
  public @Nullable Location get(@Nullable Object hop) {
    return locations.get(hop);
  }

  @Override
  public boolean containsKey(@Nullable Object hop) {
    return locations.containsKey(hop);
  }
}
