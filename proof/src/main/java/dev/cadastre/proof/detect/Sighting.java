package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.policy.Places;
import dev.cadastre.formats.registry.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A record as detectors see it.
 *
 * @param index its entry
 * @param ns when it happened
 * @param event the record
 * @param places what its places mean under the policy in force
 * @param maxCacheS how long the policy lets a key be cached, seconds
 * @param inventory what is declared of resources
 */
record Sighting(
    long index,
    long ns,
    RecordEvent event,
    Places places,
    OptionalLong maxCacheS,
    Optional<Inventory> inventory) {

  /** One without an inventory. */
  Sighting(long index, long ns, RecordEvent event, Places places, OptionalLong maxCacheS) {
    this(index, ns, event, places, maxCacheS, Optional.empty());
  }

  /** Where a hop was, if that is known and is one place. */
  Optional<Place> at(Hop hop) {
    Location location = event.locations().get(hop);
    return location == null ? Optional.empty() : places.of(location.place());
  }

  /** The countries of all places that are named for a hop, each where it is known and is one. */
  Set<String> countries(Hop hop) {
    Location location = event.locations().get(hop);
    Set<String> countries = new LinkedHashSet<>();
    for (String named : location == null ? List.<String>of() : location.places()) {
      places.of(named).flatMap(Place::country).ifPresent(countries::add);
    }
    return countries;
  }

  /** The country of a hop, where it is known and is one. */
  Optional<String> country(Hop hop) {
    return at(hop).flatMap(Place::country);
  }

  Optional<String> text(String attribute) {
    return event.attributes().string(attribute);
  }

  Alert alert(Alert.Kind kind, String subject, String detail) {
    return new Alert(index, kind, subject, detail);
  }
}
