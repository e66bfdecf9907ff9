package dev.cadastre.proof.event;

import java.util.Optional;

/**
 * Where a hop was.
 *
 * @param place {@code <provider>:<region>}, an ISO 3166-1 alpha-2 country, a jurisdiction of the
 *     registry, or, when it is none of these, the text that was given
 * @param evidence what supports the place, or contradicts what was claimed, where the server
 *     appraised such a thing
 */
public record Location(String place, Assurance assurance, Optional<LocationEvidence> evidence) {
  /** A location that rests on what names say alone. */
  public Location(String place, Assurance assurance) {
    this(place, assurance, Optional.empty());
  }
}
