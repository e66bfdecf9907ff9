package dev.cadastre.formats.residency;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.registry.Place;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Scope;
import dev.cadastre.formats.value.Value;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes out, at ingest, where each hop of an event was and how well that is supported. What it
 * writes becomes part of the entry; the judge and the verifier take it from there. Every place that
 * is named for a hop stands in its location: what was stated, what a key's resource name says, and
 * what the called host's name says. Sources that differ contradict each other, and the judge looks
 * at all of them, so that the worst counts.
 */
public final class Locator {
  private static final Map<Hop, String> STATED =
      Map.of(
          Hop.BACKUP, Names.LOCATION_BACKUP,
          Hop.EDGE, Names.LOCATION_EDGE,
          Hop.EGRESS, Names.LOCATION_EGRESS,
          Hop.GATEWAY, Names.LOCATION_GATEWAY,
          Hop.OPERATOR, Names.LOCATION_OPERATOR,
          Hop.PROCESSING, Names.LOCATION_PROCESSING,
          Hop.STORAGE, Names.LOCATION_STORAGE,
          Hop.USER, Names.LOCATION_USER);

  /** In the place of a place that is given as something else than a text. No place is called so. */
  private static final String NOT_A_TEXT = "(not a text)";

  static final String NOT_A_HOST = "(not a host)";

  private final RecordEvent event;
  private final Attributes attributes;
  private final Attributes resource;
  private final Registry registry;
  private final boolean foreign;
  private final String provider;
  private final Map<Hop, Location> found = new EnumMap<>(Hop.class);

  private Locator(RecordEvent event, Registry registry, boolean foreign) {
    this.event = event;
    this.attributes = event.attributes();
    this.resource = event.resourceAttributes();
    this.registry = registry;
    this.foreign = foreign;
    this.provider =
        attributes
            .string(Names.CLOUD_PROVIDER)
            .or(() -> resource.string(Names.CLOUD_PROVIDER))
            .orElse("");
  }

  /** The hops of an event that its sender tells: nobody else vouches for what it says. */
  public static Map<Hop, Location> locate(RecordEvent event, Registry registry) {
    return new Locator(event, registry, false).located();
  }

  /**
   * The hops of an event that another system's record tells. That system, and not the sender, wrote
   * both a key's name and where the call was, so they may corroborate each other.
   */
  public static Map<Hop, Location> locateForeign(RecordEvent event, Registry registry) {
    return new Locator(event, registry, true).located();
  }

  private Map<Hop, Location> located() {
    STATED.forEach(
        (hop, name) -> {
          if (hop != Hop.PROCESSING) {
            // People work in a country, whatever a cloud calls its areas.
            weigh(
                hop,
                claims(own(name), hop == Hop.OPERATOR || hop == Hop.USER ? "" : provider),
                hosts(hop));
          }
        });
    processing();
    key();
    return found;
  }

  /**
   * Whether the processing was not where the sender runs: it called a model that somebody else
   * runs, or a regional endpoint, or one that may answer anywhere. What proves the sender's place
   * then says nothing of the processing's.
   */
  public static boolean processesElsewhere(RecordEvent event, Registry registry) {
    Locator locator = new Locator(event, registry, false);
    return !locator.ran().isEmpty()
        || locator.callsAnywhere()
        || !locator.hosts(Hop.PROCESSING).isEmpty()
        || (CalledModel.isIn(event) && !locator.isOwn());
  }

  private boolean isOwn() {
    return CalledModel.isOwn(event, addresses(), registry);
  }

  private boolean callsAnywhere() {
    return event.kind() != Kind.EGRESS && addresses().stream().anyMatch(GlobalEndpoints::has);
  }

  private void processing() {
    Set<String> ran = ran();
    Set<String> stated = claims(own(Names.LOCATION_PROCESSING), provider);
    if (!ran.isEmpty()) {
      // What a cloud says of where it ran a model is more than which of its doors was called.
      Set<String> others = foreign ? Set.of() : union(stated, hosts(Hop.PROCESSING));
      weigh(Hop.PROCESSING, ran, union(others, models(ran)));
    } else {
      Set<String> named = union(stated, hosts(Hop.PROCESSING));
      weigh(Hop.PROCESSING, stated, union(hosts(Hop.PROCESSING), models(named)));
      Set<String> profiles = profiles();
      if (!profiles.isEmpty()) {
        widen(profiles);
      }
    }
    sender();
  }

  /** Where a model is said to have run. */
  private Set<String> ran() {
    return claims(ofCall(Names.INFERENCE_REGION_ACTUAL), provider);
  }

  /** What the names of the models say of where these are, beside what is named otherwise. */
  private Set<String> models(Set<String> named) {
    Set<String> places = new LinkedHashSet<>();
    for (String model : attributes.strings(Names.GEN_AI_MODEL)) {
      ModelNames.place(model, registry).ifPresent(places::add);
    }
    places.removeAll(named);
    return places;
  }

  private Set<String> profiles() {
    boolean bedrock =
        attributes
            .string(Names.GEN_AI_PROVIDER)
            .or(() -> attributes.string(CalledModel.SYSTEM))
            .filter(text -> FixedUnicode.lowerCase(text).contains("bedrock"))
            .isPresent();
    Set<String> areas = new LinkedHashSet<>();
    for (String model : attributes.strings(Names.GEN_AI_MODEL)) {
      InferenceProfile.area(model, bedrock)
          .filter(area -> registry.resolve(area).isPresent())
          .ifPresent(areas::add);
    }
    return areas;
  }

  /** The processing was anywhere in these areas, and at whatever else is named outside them. */
  private void widen(Set<String> areas) {
    Location narrow = found.get(Hop.PROCESSING);
    Set<String> places = new LinkedHashSet<>(areas);
    if (narrow != null) {
      for (String place : narrow.places()) {
        Optional<Place> one = registry.resolve(place);
        boolean inside =
            areas.stream()
                .anyMatch(
                    area -> one.filter(registry.resolve(area).orElseThrow()::covers).isPresent());
        if (!inside) {
          places.add(place);
        }
      }
    }
    boolean contradicted = narrow != null && narrow.assurance() == Assurance.CONTRADICTED;
    Assurance assurance = contradicted ? Assurance.CONTRADICTED : Assurance.CLAIMED;
    found.put(Hop.PROCESSING, new Location(Location.all(places), assurance));
  }

  private void key() {
    // A key store that is a program, such as Vault, runs in somebody's region.
    String keyProvider =
        attributes
            .string(Names.KEY_PROVIDER)
            .filter(name -> registry.provider(name).isPresent())
            .orElse(provider);
    Set<String> named = new LinkedHashSet<>();
    for (String id : attributes.strings(Names.KEY_ID)) {
      KeyNames.place(id, registry).ifPresent(named::add);
    }
    named.addAll(hosts(Hop.KEY));
    weigh(Hop.KEY, claims(texts(attributes, Names.KEY_REGION), keyProvider), named);
  }

  /** An address that programs read as different hosts names a place that nobody knows. */
  private static Optional<String> unread(List<HostName> readings) {
    return Optional.of(NOT_A_HOST).filter(none -> readings.size() > 1);
  }

  /** What the names of the called hosts say of a hop. */
  private Set<String> hosts(Hop hop) {
    Set<String> places = new LinkedHashSet<>();
    Set<String> unread = new LinkedHashSet<>();
    for (String address : addresses()) {
      List<HostName> readings = HostName.readings(address);
      for (HostName host : readings) {
        CloudEndpoints.read(host, registry)
            .filter(endpoint -> hopOf(endpoint) == hop)
            .ifPresentOrElse(
                endpoint -> places.add(endpoint.place()),
                () -> unread(readings).ifPresent(unread::add));
      }
      if (!places.isEmpty()) {
        places.addAll(unread);
      }
    }
    return places;
  }

  /** What is let out goes to the host that is called, whatever that does. */
  private Hop hopOf(CloudEndpoints.Endpoint endpoint) {
    return event.kind() == Kind.EGRESS ? Hop.EGRESS : endpoint.hop();
  }

  /**
   * {@code cloud.region} says where the sender runs: processing, unless something more specific was
   * said, or it called a service that runs elsewhere.
   */
  private void sender() {
    if (found.containsKey(Hop.PROCESSING)) {
      if (foreign) {
        resource.string(Names.CLOUD_REGION).ifPresent(this::crossCheck);
      }
      return;
    }
    boolean elsewhere = CalledModel.isIn(event) ? !isOwn() : callsAnywhere();
    if (!elsewhere) {
      Set<String> regions = claims(region(), provider);
      Set<String> zones = zones();
      zones.removeAll(regions);
      boolean narrow = regions.isEmpty() && zones.isEmpty();
      weigh(Hop.PROCESSING, narrow ? claims(own(Names.CLOUD_ZONE), provider) : regions, zones);
    }
  }

  private Collection<String> region() {
    Collection<String> region = texts(attributes, Names.CLOUD_REGION);
    return region.isEmpty() ? texts(resource, Names.CLOUD_REGION) : region;
  }

  /** Places in zones' names. Others are numbers within a region, or the sender's own names. */
  private Set<String> zones() {
    Set<String> places = new LinkedHashSet<>();
    for (String zone : own(Names.CLOUD_ZONE)) {
      registry.canonical(zone, provider).ifPresent(places::add);
    }
    return places;
  }

  /**
   * A collector sets the Resource of what another system wrote, sometimes of many records after the
   * first of them. So the record is taken, and that they differ is told.
   */
  private void crossCheck(String ofResource) {
    String hint = resource.string(Names.CLOUD_PROVIDER).orElse(provider);
    String said = canonical(ofResource, hint);
    found.computeIfPresent(
        Hop.PROCESSING,
        (hop, record) ->
            record.place().equals(said)
                ? record
                : new Location(record.place(), Assurance.CONTRADICTED));
  }

  /** Sets what was claimed against what names tell; a name alone is a claim like others. */
  private void weigh(Hop hop, Set<String> claimed, Set<String> named) {
    Set<String> all = union(claimed, named);
    if (all.isEmpty()) {
      return;
    }
    boolean differ =
        named.size() > 1 || !claimed.isEmpty() && !named.isEmpty() && !claimed.equals(named);
    boolean agree = foreign && !differ && !claimed.isEmpty() && !named.isEmpty();
    Assurance assurance =
        differ ? Assurance.CONTRADICTED : agree ? Assurance.CORROBORATED : Assurance.CLAIMED;
    found.put(hop, new Location(Location.all(all), assurance));
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(others);
    return all;
  }

  /** The called hosts; of a call of a model also those that its Scope or its Resource names. */
  private Collection<String> addresses() {
    Collection<String> own = texts(attributes, Names.SERVER_ADDRESS);
    if (!CalledModel.isIn(event) || foreign && !own.isEmpty()) {
      return own;
    }
    Set<String> all = new LinkedHashSet<>(own);
    all.addAll(texts(ofScope(), Names.SERVER_ADDRESS));
    all.addAll(texts(resource, Names.SERVER_ADDRESS));
    return all;
  }

  /** What the record says; of a call of a model what its Scope says, or else its Resource. */
  private Collection<String> ofCall(String name) {
    if (attributes.has(name) || !CalledModel.isIn(event)) {
      return texts(attributes, name);
    }
    Attributes scope = ofScope();
    return scope.has(name) ? texts(scope, name) : texts(resource, name);
  }

  private Attributes ofScope() {
    return event.scope().map(Scope::attributes).orElse(Attributes.EMPTY);
  }

  /** What the record says, or else its Resource. */
  private Collection<String> own(String name) {
    return attributes.has(name) ? texts(attributes, name) : texts(resource, name);
  }

  /** The texts of an attribute, be it one or several; blank ones are not given. */
  private static Collection<String> texts(Attributes of, String name) {
    Optional<Value> value = of.get(name);
    if (value.isEmpty()) {
      return List.of();
    }
    List<Value> items =
        value.get() instanceof Value.Items list ? list.items() : List.of(value.get());
    Set<String> texts = new LinkedHashSet<>();
    for (Value item : items) {
      String text = item instanceof Value.Text given ? given.text() : NOT_A_TEXT;
      if (!FixedUnicode.isBlank(text)) {
        texts.add(text);
      }
    }
    return texts;
  }

  private Set<String> claims(Collection<String> texts, String providerHint) {
    Set<String> places = new LinkedHashSet<>();
    texts.forEach(text -> places.add(canonical(text, providerHint)));
    return places;
  }

  private String canonical(String text, String providerHint) {
    // A cloud's own record says an area's name as the cloud means it.
    return (foreign ? registry.canonical(providerHint + ":" + text, "") : Optional.<String>empty())
        .or(() -> registry.canonical(text, providerHint))
        .orElse(FixedUnicode.strip(text));
  }
}
