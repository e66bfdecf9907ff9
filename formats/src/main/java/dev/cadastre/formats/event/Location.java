package dev.cadastre.formats.event;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where a hop was.
 *
 * @param place {@code <provider>:<region>}, an ISO 3166-1 alpha-2 country, a jurisdiction of the
 *     registry, or, when it is none of these, the text that was given; several, each of which
 *     counts, stand with {@code " + "} between them
 * @param evidence what supports the place, or contradicts what was claimed, where the server
 *     appraised such a thing
 */
public record Location(String place, Assurance assurance, Optional<LocationEvidence> evidence) {
  private static final String AND = " + ";

  /** A location that rests on what names say alone. */
  public Location(String place, Assurance assurance) {
    this(place, assurance, Optional.empty());
  }

  /** The text for a hop that was at all of these places. */
  public static String all(Collection<String> places) {
    return String.join(AND, places);
  }

  /** Every place that is named, at least one. */
  public List<String> places() {
    return place.contains(AND) ? List.of(place.split(" \\+ ", -1)) : List.of(place);
  }
}
