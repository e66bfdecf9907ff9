package dev.cadastre.formats.registry;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.text.FixedUnicode;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Which country a provider's region lies in, and which jurisdictions a country belongs to.
 * Immutable; a policy names the registry it was adopted with by {@link #sha256()}, so that a
 * verdict can be repeated with the same one.
 */
public final class Registry {
  /** Prefix of places that a policy declares itself. */
  public static final String ON_PREMISES = "onprem";

  private static final String ANYWHERE = "global";

  private final byte[] jcs;
  private final Hash sha256;
  private final String version;
  private final SortedMap<String, String> countries;
  private final SortedMap<String, Set<String>> jurisdictions;
  private final Map<String, Region> regions;
  private final Map<String, Area> areas;
  private final Map<String, String> providers;
  private final Map<String, Set<String>> controllers;
  private final Map<String, Place> places = new HashMap<>();
  private final Map<String, String> spellings = new HashMap<>();

  Registry(
      byte[] jcs,
      String version,
      SortedMap<String, String> countries,
      SortedMap<String, Set<String>> jurisdictions,
      SortedMap<String, Region> regions,
      SortedMap<String, Area> areas,
      Map<String, String> providers,
      Map<String, Set<String>> controllers) {
    this.jcs = jcs;
    this.sha256 = Hash.sha256(jcs);
    this.version = version;
    this.countries = Collections.unmodifiableSortedMap(countries);
    this.jurisdictions = Collections.unmodifiableSortedMap(jurisdictions);
    this.regions = Collections.unmodifiableMap(new LinkedHashMap<>(regions));
    this.areas = Map.copyOf(areas);
    this.providers = Map.copyOf(providers);
    this.controllers = Map.copyOf(controllers);
    index();
  }

  /** The newest registry this program comes with; policies are adopted with it. */
  public static Registry standard() {
    return RegistryEditions.newest();
  }

  /** The registry with this digest, if the program comes with it. */
  public static Optional<Registry> edition(Hash sha256) {
    return RegistryEditions.of(sha256);
  }

  /** Reads a registry in the form of {@code regions.json}. */
  public static Registry parse(byte[] json) throws Refused {
    return RegistryReader.read(Json.parseObject(json));
  }

  /** The registry's canonical bytes; {@link #sha256()} is theirs. */
  public byte[] jcs() {
    return jcs.clone();
  }

  public Hash sha256() {
    return sha256;
  }

  /** A name of this edition, such as {@code 2026-11}. */
  public String version() {
    return version;
  }

  /** What a canonical place string means; empty when it is unknown or spelled otherwise. */
  public Optional<Place> resolve(String place) {
    return Optional.ofNullable(places.get(place));
  }

  /**
   * As {@link #resolve(String)} after {@link #canonical}: for text as people and senders write it.
   */
  public Optional<Place> resolve(String place, String providerHint) {
    return canonical(place, providerHint).flatMap(this::resolve);
  }

  /**
   * The canonical place string for a place as senders write it: any case, white space around it, a
   * provider's or country's other names, an availability zone for its region, a provider's area.
   *
   * @param providerHint the provider when the text does not name it, or empty
   */
  public Optional<String> canonical(String text, String providerHint) {
    if (places.containsKey(text)) {
      return Optional.of(text);
    }
    String plain = plain(text);
    int colon = plain.indexOf(':');
    if (colon >= 0) {
      return inProvider(plain.substring(colon + 1), plain.substring(0, colon));
    }
    if (plain.equals(ANYWHERE)) {
      return Optional.empty(); // alone it says nothing
    }
    // A provider may call an area as a country or jurisdiction is called: then that is meant.
    Optional<String> inProvider = inProvider(plain, plain(providerHint));
    return inProvider.filter(regions::containsKey).isPresent() || !spellings.containsKey(plain)
        ? inProvider
        : Optional.ofNullable(spellings.get(plain));
  }

  private Optional<String> inProvider(String region, String provider) {
    String known = providers.get(FixedUnicode.strip(provider));
    if (known == null) {
      return Optional.empty();
    }
    if (known.equals(ON_PREMISES)) {
      return Optional.of(ON_PREMISES + ":" + FixedUnicode.strip(region));
    }
    String exact = known + ":" + region;
    return isKnown(exact) ? Optional.of(exact) : spelled(region, known);
  }

  private Optional<String> spelled(String region, String provider) {
    return RegionSpelling.candidates(region).stream()
        .map(candidate -> provider + ":" + candidate)
        .filter(this::isKnown)
        .findFirst();
  }

  private boolean isKnown(String id) {
    return regions.containsKey(id) || areas.containsKey(id);
  }

  private static String plain(String text) {
    return FixedUnicode.lowerCase(FixedUnicode.strip(text));
  }

  /**
   * The registry's name of a provider that may be spelled as {@code cloud.provider} of
   * OpenTelemetry.
   */
  public Optional<String> provider(String text) {
    return Optional.ofNullable(providers.get(plain(text)));
  }

  /** ISO codes and English short names. */
  public SortedMap<String, String> countries() {
    return countries;
  }

  /** Names and their countries. */
  public SortedMap<String, Set<String>> jurisdictions() {
    return jurisdictions;
  }

  /** Every region, by id. */
  public Collection<Region> regions() {
    return regions.values();
  }

  public Optional<Region> region(String id) {
    return Optional.ofNullable(regions.get(id));
  }

  /** Every canonical place string, to suggest from. */
  public Set<String> places() {
    return Collections.unmodifiableSet(places.keySet());
  }

  /** Every provider's registry name. */
  public Set<String> providers() {
    return Set.copyOf(providers.values());
  }

  /**
   * Countries of the companies that control a provider: its own and those above it. None if this
   * registry does not say, or for no provider.
   */
  public Set<String> controllers(String provider) {
    return controllers.getOrDefault(provider, Set.of());
  }

  /** The place of a site in {@code country}. */
  public Place site(String id, String country) {
    Set<String> in = Set.of(country);
    String site = id.substring(id.indexOf(':') + 1);
    return new Place(id, ON_PREMISES, site, Set.of(id), in, holding(in));
  }

  private void index() {
    jurisdictions.forEach(
        (name, members) -> put(new Place(name, "", "", Set.of(), members, holding(members))));
    countries
        .keySet()
        .forEach(
            code -> put(new Place(code, "", "", Set.of(), Set.of(code), holding(Set.of(code)))));
    for (Region region : regions.values()) {
      Set<String> in = Set.of(region.country());
      Set<String> itself = Set.of(region.id());
      put(new Place(region.id(), region.provider(), region.region(), itself, in, holding(in)));
    }
    areas.values().forEach(area -> put(place(area)));
    countries.forEach((code, name) -> spellings.put(plain(name), code));
    jurisdictions.keySet().forEach(name -> spellings.put(plain(name), name));
    countries.keySet().forEach(code -> spellings.put(plain(code), code));
  }

  private Place place(Area area) {
    Set<String> in = new TreeSet<>();
    for (String region : area.regions()) {
      in.add(Objects.requireNonNull(regions.get(region)).country());
    }
    String own = area.id().substring(area.id().indexOf(':') + 1);
    return new Place(area.id(), area.provider(), own, area.regions(), in, holding(in));
  }

  private void put(Place place) {
    places.put(place.id(), place);
  }

  private Set<String> holding(Set<String> members) {
    Set<String> names = new TreeSet<>();
    jurisdictions.forEach(
        (name, all) -> {
          if (all.containsAll(members)) {
            names.add(name);
          }
        });
    return names;
  }

  @Override
  public String toString() {
    return "Registry["
        + version
        + ", "
        + regions.size()
        + " regions, "
        + Encodings.quote(sha256().hex())
        + "]";
  }
}
