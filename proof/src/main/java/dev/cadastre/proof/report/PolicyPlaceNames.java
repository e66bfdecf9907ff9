package dev.cadastre.proof.report;

import dev.cadastre.formats.registry.Region;
import dev.cadastre.formats.registry.Registry;
import java.util.Optional;

/** What places are called in the registry of the policy that was in force at the end. */
record PolicyPlaceNames(Optional<Registry> registry) {
  /** Empty for a place that the registry does not name. */
  String of(String place) {
    return registry.map(known -> in(known, place)).orElse("");
  }

  private static String in(Registry registry, String place) {
    Optional<Region> region = registry.region(place);
    String country =
        registry.countries().getOrDefault(region.map(Region::country).orElse(place), "");
    return region.isEmpty()
        ? country
        : region.get().name() + (country.isEmpty() ? "" : ", " + country);
  }
}
