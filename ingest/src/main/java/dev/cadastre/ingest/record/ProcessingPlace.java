package dev.cadastre.ingest.record;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ingest.location.Appraisal.Genuine;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets genuine evidence of where a sender runs against where it says that processing was. */
final class ProcessingPlace {
  private ProcessingPlace() {}

  /**
   * The locations with evidence weighed in. Where it agrees, the more precise place stands with the
   * better assurance; where it does not, both places stand as contradicted.
   *
   * @param supports what evidence of this kind is worth
   */
  static Map<Hop, Location> weigh(
      Map<Hop, Location> locations, Genuine genuine, Assurance supports, Registry registry) {
    Map<Hop, Location> weighed = new EnumMap<>(Hop.class);
    weighed.putAll(locations);
    Optional<Location> claim = Optional.ofNullable(locations.get(Hop.PROCESSING));
    weighed.put(Hop.PROCESSING, location(claim, genuine, supports, registry));
    return weighed;
  }

  private static Location location(
      Optional<Location> claim, Genuine genuine, Assurance supports, Registry registry) {
    String claimed = claim.map(Location::place).orElse("");
    String place = place(genuine, claimed, registry);
    Assurance before = claim.map(Location::assurance).orElse(Assurance.CLAIMED);
    boolean agrees = claimed.isEmpty() || within(place, claimed, genuine, registry);
    Assurance after =
        !agrees || before == Assurance.CONTRADICTED
            ? Assurance.CONTRADICTED
            : before.atLeast(supports) ? before : supports;
    String both = agrees ? place : Location.all(List.of(claimed, place));
    return new Location(both, after, Optional.of(genuine.evidence()));
  }

  /** A SPIFFE id may leave the provider out; then the claim's is meant. */
  private static String place(Genuine genuine, String claimed, Registry registry) {
    if (!genuine.provider().isEmpty()) {
      return genuine.place(registry);
    }
    String provider = claimed.contains(":") ? claimed.substring(0, claimed.indexOf(':')) : "";
    return registry.canonical(genuine.region(), provider).orElseGet(genuine::region);
  }

  /** Whether the claim is that place, or a country or jurisdiction that holds it. */
  private static boolean within(String place, String claimed, Genuine genuine, Registry registry) {
    String spelled = registry.canonical(claimed, genuine.provider()).orElse(claimed);
    return spelled.equals(place)
        || registry
            .resolve(spelled)
            .filter(area -> registry.resolve(place).filter(area::covers).isPresent())
            .isPresent();
  }
}
