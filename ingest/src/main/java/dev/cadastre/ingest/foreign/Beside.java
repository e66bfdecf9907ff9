package dev.cadastre.ingest.foreign;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Kinds;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.foreign.format.ForeignRecord;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a sender says itself of an event, beside a foreign record that it brings: that must not take
 * away the event's name, its id, or what it is judged for.
 *
 * @param name of the event; empty for none
 * @param own the attributes
 * @param told what they say alone
 */
record Beside(String name, List<KeyValue> own, Attributes told, Attributes resource) {
  /** What a sender says in these words is not the format's. */
  private static final List<String> OURS = List.of("ledger.", "audit.", "gen_ai.");

  /** Each place that is named in these counts, whoever names it. */
  private static final Set<String> PLACES =
      Set.of(
          Names.CLOUD_REGION,
          Names.GEN_AI_MODEL,
          Names.INFERENCE_REGION_ACTUAL,
          Names.INFERENCE_REGION_REQUESTED,
          Names.KEY_ID,
          Names.KEY_REGION,
          Names.LOCATION_BACKUP,
          Names.LOCATION_EDGE,
          Names.LOCATION_EGRESS,
          Names.LOCATION_GATEWAY,
          Names.LOCATION_OPERATOR,
          Names.LOCATION_PROCESSING,
          Names.LOCATION_STORAGE,
          Names.LOCATION_USER,
          Names.SERVER_ADDRESS);

  private static final String REGION = Names.CLOUD_REGION;

  /** Where the name stood before OTLP had a field for it. */
  private static final String EVENT_NAME = "event.name";

  Beside {
    own = List.copyOf(own);
  }

  /** Beside a record that is the log record's body. */
  static Beside of(LogRecord log, Attributes resource) {
    return of(log, log.getAttributesList(), resource);
  }

  /**
   * Beside a record that a Collector took apart into attributes, most of which are that record's.
   */
  static Beside ofCarrier(LogRecord log, Attributes resource) {
    Beside whole = of(log, resource);
    return whole.isNamed()
        ? whole
        : of(
            log,
            log.getAttributesList().stream()
                .filter(pair -> isOurs(pair) || pair.getKey().equals(REGION))
                .toList(),
            resource);
  }

  private static Beside of(LogRecord log, List<KeyValue> own, Attributes resource) {
    Attributes told = open(own);
    String name = log.getEventName();
    return new Beside(
        name.isEmpty() ? told.string(EVENT_NAME).orElse("") : name, own, told, resource);
  }

  static boolean isOurs(KeyValue pair) {
    return OURS.stream().anyMatch(pair.getKey()::startsWith);
  }

  /** Whether an attribute names a place; a key's bare name does not. */
  static boolean isPlace(KeyValue pair) {
    boolean bare =
        pair.getKey().equals(Names.KEY_ID) && !text(pair.getValue()).matches(".*[:/.].*");
    return PLACES.contains(pair.getKey()) && !bare;
  }

  /** Names and texts alone. */
  private static Attributes open(List<KeyValue> pairs) {
    Map<String, Value> open = new TreeMap<>();
    for (KeyValue pair : pairs) {
      if (!pair.getKey().equals(Attributes.SD) && !pair.getKey().equals(Attributes.SD_ELEMENT)) {
        open.putIfAbsent(pair.getKey(), Value.of(text(pair.getValue())));
      }
    }
    return Attributes.of(open);
  }

  private static String text(AnyValue value) {
    return value.hasArrayValue() && value.getArrayValue().getValuesCount() > 0
        ? value.getArrayValue().getValues(0).getStringValue()
        : value.getStringValue();
  }

  /** Whether the event has a name of our vocabulary. */
  boolean isNamed() {
    return Kinds.isTelling(name);
  }

  /**
   * Where the Resource says that the sender runs, for a foreign record that leaves it open; empty
   * where that may not be where the sender's own event was.
   */
  String region() {
    boolean elsewhere = isNamed() || kind() == Kind.INFERENCE || value(REGION, own).isPresent();
    return elsewhere ? "" : resource.string(Names.CLOUD_REGION).orElse("");
  }

  /** Where the sender's own event was, beside where the foreign record says that it was. */
  Optional<KeyValue> whereabouts() {
    Optional<String> ofResource = Kinds.isJudged(name) ? resource.string(REGION) : Optional.empty();
    // Where a caller runs says nothing of the model that it called.
    return value(Names.LOCATION_PROCESSING, own).isPresent() || kind() == Kind.INFERENCE
        ? Optional.empty()
        : value(REGION, own)
            .or(() -> ofResource.map(text -> AnyValue.newBuilder().setStringValue(text).build()))
            .map(
                at -> KeyValue.newBuilder().setKey(Names.LOCATION_PROCESSING).setValue(at).build());
  }

  private static Optional<AnyValue> value(String name, List<KeyValue> in) {
    return in.stream()
        .filter(pair -> pair.getKey().equals(name))
        .map(KeyValue::getValue)
        .findFirst();
  }

  private Kind kind() {
    return Kinds.of(name, told, resource);
  }

  /**
   * Whether an attribute stays as the sender has it, whatever the foreign record says: its id
   * always does, and what decides what the event is.
   */
  boolean keeps(KeyValue pair, String importers) {
    String of = pair.getKey();
    boolean id = of.equals(Names.AUDIT_RECORD_ID) && !text(pair.getValue()).isBlank();
    boolean decides = isNamed() || (!Kinds.isJudged(importers) && kind().judged());
    return id || (decides && isOurs(pair) && !of.equals(Names.SOURCE_FORMAT));
  }

  /** Of whose words the event is made. */
  ForeignRecord.Origin origin(String importers) {
    boolean vouched = own.stream().noneMatch(Beside::isPlace);
    return new ForeignRecord.Origin(
        Kinds.ofBoth(name, told, resource, importers), vouched && !isNamed());
  }

  /** The attribute, with what another of the same name says. */
  static KeyValue joined(KeyValue given, KeyValue other) {
    return given.getKey().equals(other.getKey()) ? both(given, other) : given;
  }

  /** A place with two values is a list. */
  static KeyValue both(KeyValue given, KeyValue own) {
    if (given.getValue().equals(own.getValue())) {
      return given;
    }
    List<AnyValue> all = new ArrayList<>(items(given.getValue()));
    items(own.getValue()).stream().filter(one -> !all.contains(one)).forEach(all::add);
    ArrayValue list = ArrayValue.newBuilder().addAllValues(all).build();
    return given.toBuilder().setValue(AnyValue.newBuilder().setArrayValue(list)).build();
  }

  private static List<AnyValue> items(AnyValue value) {
    return value.hasArrayValue() ? value.getArrayValue().getValuesList() : List.of(value);
  }
}
