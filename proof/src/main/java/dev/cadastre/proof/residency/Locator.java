package dev.cadastre.proof.residency;

import dev.cadastre.proof.event.Assurance;
import dev.cadastre.proof.event.Attributes;
import dev.cadastre.proof.event.Hop;
import dev.cadastre.proof.event.Location;
import dev.cadastre.proof.event.Names;
import dev.cadastre.proof.event.RecordEvent;
import java.util.EnumMap;
import java.util.Map;

/**
 * Makes out, at ingest, where each hop of an event was and how well that is supported. What it
 * writes becomes part of the entry; the judge and the verifier take it from there. What a sender
 * says is a claim; what a key's resource name or a provider's endpoint says as well corroborates
 * it, and when they differ, theirs is taken and marked as contradicted.
 */
public final class Locator {
  private static final Map<Hop, String> STATED =
      Map.of(
          Hop.BACKUP, Names.LOCATION_BACKUP,
          Hop.EDGE, Names.LOCATION_EDGE,
          Hop.GATEWAY, Names.LOCATION_GATEWAY,
          Hop.OPERATOR, Names.LOCATION_OPERATOR,
          Hop.PROCESSING, Names.LOCATION_PROCESSING,
          Hop.STORAGE, Names.LOCATION_STORAGE);

  private final Attributes attributes;
  private final Attributes resource;
  private final Registry registry;
  private final String provider;
  private final Map<Hop, Location> found = new EnumMap<>(Hop.class);

  private Locator(Attributes attributes, Attributes resource, Registry registry) {
    this.attributes = attributes;
    this.resource = resource;
    this.registry = registry;
    this.provider =
        attributes
            .string(Names.CLOUD_PROVIDER)
            .or(() -> resource.string(Names.CLOUD_PROVIDER))
            .orElse("");
  }

  public static Map<Hop, Location> locate(RecordEvent event, Registry registry) {
    return locate(event.attributes(), event.resourceAttributes(), registry);
  }

  public static Map<Hop, Location> locate(
      Attributes attributes, Attributes resource, Registry registry) {
    Locator locator = new Locator(attributes, resource, registry);
    STATED.forEach(locator::stated);
    locator.inference();
    locator.key();
    locator.endpoint();
    locator.sender();
    return locator.found;
  }

  private static boolean callsAnywhere(Attributes attributes) {
    return attributes.string(Names.SERVER_ADDRESS).filter(GlobalEndpoints::has).isPresent();
  }

  /**
   * Whether the processing was not where the sender runs: it called a model that named its region,
   * or a regional endpoint, or one that may answer anywhere. What proves the sender's place then
   * says nothing of the processing's.
   */
  public static boolean processesElsewhere(RecordEvent event, Registry registry) {
    Attributes attributes = event.attributes();
    return attributes.has(Names.INFERENCE_REGION_ACTUAL)
        || callsAnywhere(attributes)
        || attributes
            .string(Names.SERVER_ADDRESS)
            .flatMap(address -> Endpoints.read(address, registry))
            .filter(endpoint -> endpoint.hop() == Hop.PROCESSING)
            .isPresent();
  }

  private void stated(Hop hop, String name) {
    attributes
        .string(name)
        .or(() -> resource.string(name))
        .ifPresent(text -> found.put(hop, claim(text, provider)));
  }

  /** Where the model answered is more than where its caller says that processing was. */
  private void inference() {
    attributes
        .string(Names.INFERENCE_REGION_ACTUAL)
        .ifPresent(text -> found.put(Hop.PROCESSING, claim(text, provider)));
  }

  private void key() {
    String keyProvider = attributes.string(Names.KEY_PROVIDER).orElse(provider);
    attributes
        .string(Names.KEY_REGION)
        .ifPresent(text -> found.put(Hop.KEY, claim(text, keyProvider)));
    attributes
        .string(Names.KEY_ID)
        .flatMap(id -> KeyNames.place(id, registry))
        .ifPresent(place -> weigh(Hop.KEY, place));
  }

  private void endpoint() {
    attributes
        .string(Names.SERVER_ADDRESS)
        .flatMap(address -> Endpoints.read(address, registry))
        .ifPresent(endpoint -> weigh(endpoint.hop(), endpoint.place()));
  }

  /**
   * {@code cloud.region} says where the sender runs: processing, unless something more specific was
   * said, or it called a service that may answer anywhere.
   */
  private void sender() {
    if (!found.containsKey(Hop.PROCESSING)) {
      if (callsAnywhere(attributes)) {
        return;
      }
      attributes
          .string(Names.CLOUD_REGION)
          .or(() -> resource.string(Names.CLOUD_REGION))
          .or(() -> resource.string(Names.CLOUD_ZONE))
          .ifPresent(text -> found.put(Hop.PROCESSING, claim(text, provider)));
    } else if (attributes.has(Names.SOURCE_FORMAT)) {
      resource.string(Names.CLOUD_REGION).ifPresent(this::crossCheck);
    }
  }

  /**
   * A collector sets the Resource of what another system wrote, sometimes of many records after the
   * first of them. So the record is taken, and that they differ is told.
   */
  private void crossCheck(String ofResource) {
    String hint = resource.string(Names.CLOUD_PROVIDER).orElse(provider);
    String said = claim(ofResource, hint).place();
    found.computeIfPresent(
        Hop.PROCESSING,
        (hop, record) ->
            record.place().equals(said)
                ? record
                : new Location(record.place(), Assurance.CONTRADICTED));
  }

  /** Sets what was claimed against what a name tells; the name alone is a claim like others. */
  private void weigh(Hop hop, String named) {
    Location claim = found.get(hop);
    if (claim == null) {
      found.put(hop, new Location(named, Assurance.CLAIMED));
    } else if (!claim.place().equals(named)) {
      found.put(hop, new Location(named, Assurance.CONTRADICTED));
    } else if (claim.assurance() == Assurance.CLAIMED) {
      found.put(hop, new Location(named, Assurance.CORROBORATED));
    }
  }

  private Location claim(String text, String providerHint) {
    String place = registry.canonical(text, providerHint).orElse(text.strip());
    return new Location(place, Assurance.CLAIMED);
  }
}
