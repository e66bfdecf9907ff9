package dev.cadastre.proof.detect;

import dev.cadastre.proof.event.Hop;
import dev.cadastre.proof.event.Location;
import dev.cadastre.proof.event.RecordEvent;
import dev.cadastre.proof.residency.Place;
import dev.cadastre.proof.residency.Places;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A record as detectors see it.
 *
 * @param index its entry
 * @param ns when it happened
 * @param event the record
 * @param places what its places mean under the policy in force
 * @param maxCacheS how long the policy lets a key be cached, seconds
 */
record Sighting(long index, long ns, RecordEvent event, Places places, OptionalLong maxCacheS) {

  Optional<Place> at(Hop hop) {
    Location location = event.locations().get(hop);
    return location == null ? Optional.empty() : places.of(location.place());
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
