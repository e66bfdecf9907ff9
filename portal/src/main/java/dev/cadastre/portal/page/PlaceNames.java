package dev.cadastre.portal.page;

import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Place;
import dev.cadastre.formats.registry.Region;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ledger.model.AdoptedPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What places are called: regions by city, the customer's own sites and codes by country. */
public final class PlaceNames {
  private static final String SITE = Registry.ON_PREMISES + ":";

  private final Map<String, String> sites;
  private final Registry registry;

  /**
   * @param policy declares the customer's own sites, if there is one
   */
  public PlaceNames(Optional<Policy> policy, Registry registry) {
    this.sites = policy.<Map<String, String>>map(Policy::sites).orElseGet(Map::of);
    this.registry = registry;
  }

  /** With the sites of the policy in force, and the registry it was adopted with. */
  public static PlaceNames of(Optional<AdoptedPolicy> inForce) {
    return new PlaceNames(
        inForce.map(AdoptedPolicy::policy),
        inForce.map(AdoptedPolicy::registry).orElseGet(Registry::standard));
  }

  /** "Frankfurt, Germany" for {@code aws:eu-central-1}; empty where nothing is known. */
  public String of(String place) {
    String country = siteCountry(place).or(() -> country(place)).map(this::area).orElse("");
    String city = registry.region(place).map(Region::name).orElse("");
    if (city.isEmpty() || country.isEmpty() || city.equals(country)) {
      return city.isEmpty() ? country : city;
    }
    return city + ", " + country;
  }

  /** The place as it was reported, with what it is called behind it. */
  public String withName(String place) {
    String name = of(place);
    return name.isEmpty() ? place : place + " (" + name + ")";
  }

  private Optional<String> siteCountry(String place) {
    return place.startsWith(SITE)
        ? Optional.ofNullable(sites.get(place.substring(SITE.length())))
        : Optional.empty();
  }

  private Optional<String> country(String place) {
    return registry.resolve(place).flatMap(Place::country);
  }

  /** What a policy calls an area: countries by name, everything else as it stands there. */
  public String area(String area) {
    return registry.countries().getOrDefault(area, area);
  }

  /** Several areas, as a list for running text. */
  public String areas(List<String> areas) {
    return areas.stream().map(this::area).collect(Collectors.joining(", "));
  }
}
