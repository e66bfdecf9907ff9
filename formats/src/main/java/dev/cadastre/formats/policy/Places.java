package dev.cadastre.formats.policy;

import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.registry.Place;
import dev.cadastre.formats.registry.Registry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Places as one policy sees them: the registry's and the sites it declares. */
public final class Places {
  private static final String SITE = Registry.ON_PREMISES + ":";

  private final Map<String, String> sites;
  private final Registry registry;

  /**
   * @param sites on-premises sites and the country of each
   */
  public Places(Map<String, String> sites, Registry registry) {
    this.sites = sites;
    this.registry = registry;
  }

  public Registry registry() {
    return registry;
  }

  /** What a canonical place string means; empty when it is unknown. */
  public Optional<Place> of(String text) {
    if (!text.startsWith(SITE)) {
      return registry.resolve(text);
    }
    String country = sites.get(text.substring(SITE.length()));
    return country == null ? Optional.empty() : Optional.of(registry.site(text, country));
  }

  /**
   * What a rule says of a place. One that may be in several regions or countries is as the rule
   * says of each of them, and unproven if that is not the same.
   */
  public Outcome outcome(Place place, PlaceRule rule) {
    Set<String> parts = place.regions().isEmpty() ? place.countries() : place.regions();
    if (parts.size() == 1) {
      return ofOne(place, rule);
    }
    Optional<Outcome> all = Optional.empty();
    for (String part : parts) {
      Outcome one = ofOne(of(part).orElseThrow(), rule);
      if (all.isPresent() && all.get() != one) {
        return Outcome.UNPROVEN;
      }
      all = Optional.of(one);
    }
    return all.orElseThrow();
  }

  /**
   * What a rule says of who controls the provider of a place. Nobody provides a site but whoever
   * the policy is about.
   */
  public Outcome controlled(Place place, ControlRule rule) {
    if (place.provider().equals(Registry.ON_PREMISES)) {
      return Outcome.COMPLIANT;
    }
    Set<String> countries = registry.controllers(place.provider());
    return countries.isEmpty()
        ? Outcome.UNPROVEN
        : countries.stream()
            .map(country -> outcome(of(country).orElseThrow(), rule.places()))
            .reduce(Outcome.COMPLIANT, Outcome::or);
  }

  /** Denied beats allowed; what may be either, for all that the place tells, is unproven. */
  private Outcome ofOne(Place place, PlaceRule rule) {
    boolean maybeDenied = false;
    for (String denied : rule.deny()) {
      if (covers(denied, place)) {
        return Outcome.VIOLATION;
      }
      maybeDenied |= touches(denied, place);
    }
    boolean maybeAllowed = false;
    for (String allowed : rule.allow()) {
      if (allowed.equals(PlaceRule.ANYWHERE) || covers(allowed, place)) {
        return maybeDenied ? Outcome.UNPROVEN : Outcome.COMPLIANT;
      }
      maybeAllowed |= touches(allowed, place);
    }
    return maybeAllowed ? Outcome.UNPROVEN : Outcome.VIOLATION;
  }

  public boolean covers(String area, Place place) {
    return of(area).filter(known -> known.covers(place)).isPresent();
  }

  private boolean touches(String area, Place place) {
    return of(area).filter(known -> known.touches(place)).isPresent();
  }
}
