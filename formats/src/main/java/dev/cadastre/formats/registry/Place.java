package dev.cadastre.formats.registry;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * What a place string means. A region lies in exactly one country; an area of a provider, or a
 * jurisdiction, is somewhere in one of several.
 *
 * @param id canonical place string
 * @param provider registry name of the provider, {@code onprem} for a declared site, empty for
 *     countries and jurisdictions
 * @param region region, area or site, empty for countries and jurisdictions
 * @param regions ids of the regions it may be: of a region or site itself; none for countries and
 *     jurisdictions
 * @param countries ISO 3166-1 alpha-2 codes of the countries it may lie in, at least one
 * @param jurisdictions names of those jurisdictions that hold all of them
 */
public record Place(
    String id,
    String provider,
    String region,
    Set<String> regions,
    Set<String> countries,
    Set<String> jurisdictions) {

  public Place {
    regions = Set.copyOf(regions);
    countries = Set.copyOf(countries);
    jurisdictions = Set.copyOf(jurisdictions);
  }

  /** The one country it lies in; empty for a place that may be in several. */
  public Optional<String> country() {
    return countries.size() == 1 ? Optional.of(countries.iterator().next()) : Optional.empty();
  }

  /** Whether {@code other} certainly lies within this place. */
  public boolean covers(Place other) {
    return regions.isEmpty()
        ? countries.containsAll(other.countries)
        : !other.regions.isEmpty() && regions.containsAll(other.regions);
  }

  /** Whether {@code other} may lie within this place, for all that its name tells. */
  public boolean touches(Place other) {
    return regions.isEmpty() || other.regions.isEmpty()
        ? !Collections.disjoint(countries, other.countries)
        : !Collections.disjoint(regions, other.regions);
  }
}
