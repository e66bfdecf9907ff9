package dev.cadastre.proof.residency;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * What a place string means. A region lies in exactly one country; a jurisdiction is somewhere in
 * one of several.
 *
 * @param id canonical place string
 * @param provider registry name of the provider, {@code onprem} for a declared site, empty for
 *     countries and jurisdictions
 * @param region region or site, empty for countries and jurisdictions
 * @param countries ISO 3166-1 alpha-2 codes of the countries it may lie in, at least one
 * @param jurisdictions names of those jurisdictions that hold all of them
 */
public record Place(
    String id, String provider, String region, Set<String> countries, Set<String> jurisdictions) {

  public Place {
    countries = Set.copyOf(countries);
    jurisdictions = Set.copyOf(jurisdictions);
  }

  /** The one country it lies in; empty for a jurisdiction of several. */
  public Optional<String> country() {
    return countries.size() == 1 ? Optional.of(countries.iterator().next()) : Optional.empty();
  }

  /** Whether {@code other} certainly lies within this place. */
  public boolean covers(Place other) {
    return region.isEmpty() ? countries.containsAll(other.countries) : id.equals(other.id);
  }

  /** Whether {@code other} may lie within this place, for all that its name tells. */
  public boolean touches(Place other) {
    boolean apart = !region.isEmpty() && !other.region.isEmpty() && !id.equals(other.id);
    return !apart && !Collections.disjoint(countries, other.countries);
  }
}
