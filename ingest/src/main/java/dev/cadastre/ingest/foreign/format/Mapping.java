package dev.cadastre.ingest.foreign.format;

import dev.cadastre.formats.value.Names;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Collects what a foreign record says in Cadastre's vocabulary. The first value given for a name
 * stays; blank texts are not given.
 */
public final class Mapping {
  private static final long NANOS = 1_000_000_000L;

  private final Map<String, AnyValue> open = new TreeMap<>();
  private final Map<String, AnyValue> hidden = new TreeMap<>();
  private final String region;
  private String event = "other";
  private long timeNs;

  /**
   * @param region where the record's Resource says that its sender runs; empty if it does not say
   */
  public Mapping(String region) {
    this.region = region;
  }

  /** The event's name, which decides its kind: docs/formats/vocabulary.md. */
  public void event(String name) {
    event = name;
  }

  /** Something that is worth keeping and of none of the kinds. */
  public void other(String name) {
    event = "other." + name;
  }

  public void id(Optional<String> id) {
    put(Names.AUDIT_RECORD_ID, id);
  }

  /** The event's time in RFC 3339. One that cannot be read is not given. */
  public void time(Optional<String> time) {
    time.ifPresent(
        text -> {
          try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            timeNs =
                Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
          } catch (DateTimeException | ArithmeticException unreadable) {
            timeNs = 0;
          }
        });
  }

  /** The event's time in Unix milliseconds. */
  public void timeMs(Optional<Long> milliseconds) {
    milliseconds
        .filter(ms -> ms > 0 && ms < Long.MAX_VALUE / 1_000_000)
        .ifPresent(ms -> timeNs = ms * 1_000_000);
  }

  public void put(String name, Optional<String> text) {
    text.ifPresent(given -> put(name, given));
  }

  public void put(String name, String text) {
    put(open, name, text);
  }

  public void put(String name, long number) {
    open.putIfAbsent(name, AnyValue.newBuilder().setIntValue(number).build());
  }

  /** One or several texts. */
  public void putAll(String name, List<String> texts) {
    List<String> given = texts.stream().filter(text -> !text.isBlank()).distinct().toList();
    if (given.size() < 2) {
      put(name, given.stream().findFirst());
      return;
    }
    ArrayValue.Builder all = ArrayValue.newBuilder();
    given.forEach(text -> all.addValues(AnyValue.newBuilder().setStringValue(text)));
    open.putIfAbsent(name, AnyValue.newBuilder().setArrayValue(all).build());
  }

  /** What may tell of persons whatever its name is: it stands in the entry as a digest. */
  public void hide(String name, Optional<String> text) {
    text.ifPresent(given -> put(hidden, name, given));
  }

  private static void put(Map<String, AnyValue> into, String name, String text) {
    if (!text.isBlank()) {
      into.putIfAbsent(name, AnyValue.newBuilder().setStringValue(text).build());
    }
  }

  /**
   * Who did it.
   *
   * @param type one that {@code PrivateAttributes} knows as a machine's, or else the id is private
   */
  public void actor(String type, Optional<String> id) {
    put(Names.AUDIT_ACTOR_TYPE, type);
    put(Names.AUDIT_ACTOR_ID, id);
  }

  public void target(Optional<String> type, Optional<String> id) {
    put(Names.AUDIT_TARGET_TYPE, type);
    name(Names.AUDIT_TARGET_ID, id);
  }

  public void outcome(String outcome) {
    put(Names.AUDIT_OUTCOME, outcome);
  }

  /** Use of a key. */
  public void keyUse(String operation) {
    event("key.use." + operation);
    put(Names.KEY_OPERATION, operation);
  }

  /** An act of a key's life. */
  public void keyLifecycle(String operation) {
    event("key.lifecycle." + operation);
    put(Names.KEY_OPERATION, operation);
  }

  /** Access to data. */
  public void data(String operation, Optional<String> object) {
    event("data." + operation);
    put(Names.DATA_OPERATION, operation);
    name(Names.DATA_OBJECT_ID, object);
  }

  /** What an object is called: open, unless it is a person. */
  private void name(String name, Optional<String> object) {
    if (object.filter(Arns::isPersonal).isPresent()) {
      hide(name, object);
    } else {
      put(name, object.map(ObjectNames::open));
    }
  }

  /** Where the record's Resource says that its sender runs. */
  public Optional<String> resourceRegion() {
    return Optional.of(region).filter(text -> !text.isBlank());
  }

  public String event() {
    return event;
  }

  /** Unix nanoseconds; 0 if not given. */
  public long timeNs() {
    return timeNs;
  }

  public List<KeyValue> open() {
    return pairs(open);
  }

  public List<KeyValue> hidden() {
    return pairs(hidden);
  }

  boolean gives(String name) {
    return open.containsKey(name);
  }

  private static List<KeyValue> pairs(Map<String, AnyValue> values) {
    List<KeyValue> pairs = new ArrayList<>(values.size());
    values.forEach(
        (name, value) -> pairs.add(KeyValue.newBuilder().setKey(name).setValue(value).build()));
    return pairs;
  }
}
