package dev.cadastre.proof.detect;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.policy.KeyRules;
import dev.cadastre.formats.policy.Places;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Place;
import dev.cadastre.formats.registry.Registry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A record as detectors see it.
 *
 * @param index its entry
 * @param ns when it happened
 * @param event the record
 * @param inForce what was agreed
 */
record Sighting(long index, long ns, RecordEvent event, InForce inForce) {

  /**
   * What the policy in force says to detectors.
   *
   * @param places what places mean under it
   * @param policy empty where there is none, or none in a language that is ours
   * @param inventory what is declared of resources
   */
  record InForce(Places places, Optional<Policy> policy, Optional<Inventory> inventory) {
    /** Nothing is agreed yet. */
    static InForce none(Registry registry) {
      return new InForce(new Places(Map.of(), registry), Optional.empty(), Optional.empty());
    }

    /**
     * @param registry where the edition that the adoption names is not known
     */
    static InForce of(PolicyAdoption adoption, Registry registry) {
      Registry edition = Registry.edition(adoption.registry()).orElse(registry);
      try {
        Policy policy = Policy.fromJson(adoption.policy());
        return new InForce(
            new Places(policy.sites(), edition), Optional.of(policy), Inventory.orNone(adoption));
      } catch (Refused e) {
        return none(edition);
      }
    }
  }

  Optional<Inventory> inventory() {
    return inForce.inventory;
  }

  Places places() {
    return inForce.places;
  }

  /** How long the policy lets a key be cached, seconds. */
  OptionalLong maxCacheS() {
    return inForce
        .policy
        .flatMap(Policy::keys)
        .map(KeyRules::maxCacheS)
        .orElse(OptionalLong.empty());
  }

  /** Where a hop was, if that is known and is one place. */
  Optional<Place> at(Hop hop) {
    Location location = event.locations().get(hop);
    return location == null ? Optional.empty() : places().of(location.place());
  }

  /** The countries of all places that are named for a hop, each where it is known and is one. */
  Set<String> countries(Hop hop) {
    Location location = event.locations().get(hop);
    Set<String> countries = new LinkedHashSet<>();
    for (String named : location == null ? List.<String>of() : location.places()) {
      places().of(named).flatMap(Place::country).ifPresent(countries::add);
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
