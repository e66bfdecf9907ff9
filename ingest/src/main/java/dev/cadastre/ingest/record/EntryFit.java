package dev.cadastre.ingest.record;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Resource;
import dev.cadastre.formats.value.Scope;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.request.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes an event that is too large for an entry fit: its largest values are replaced by their
 * length and SHA-256, as few as will do, and the event says which.
 */
final class EntryFit {
  /** Replacing smaller ones would gain nothing: a hash takes about a hundred bytes itself. */
  private static final int WORTHWHILE_BYTES = 256;

  /** Room for what is added afterwards: the problem's text, locations and the verdict. */
  private static final int RESERVE_BYTES = 4_096;

  private static final int NAMES_SHOWN = 8;
  private static final int NAME_CHARS_SHOWN = 80;

  private enum Place {
    ATTRIBUTE,
    RESOURCE,
    BODY
  }

  private record Large(Place place, String name, Value value, int bytes) {}

  private EntryFit() {}

  /** Whether the event fits, with what may be added to it afterwards. */
  private static boolean fits(RecordEvent event) {
    return EventCodec.encode(event).length <= EntryFrame.MAX_EVENT_BYTES - RESERVE_BYTES;
  }

  /** The event with its largest values replaced; empty if it does not fit even then. */
  static Optional<RecordEvent> shrink(RecordEvent event) {
    int size = EventCodec.encode(event).length;
    List<Large> replaced = new ArrayList<>();
    for (Large large : largest(event)) {
      if (size <= EntryFrame.MAX_EVENT_BYTES - RESERVE_BYTES) {
        break;
      }
      replaced.add(large);
      size -= large.bytes - Sizes.of(AttributeMapper.hashed(large.value));
    }
    RecordEvent smaller = replace(event, replaced);
    return fits(smaller) ? Optional.of(smaller) : Optional.empty();
  }

  /**
   * The event with those attributes alone that decide what is said of it, for one with more names
   * than an entry holds.
   */
  static RecordEvent judgedAlone(RecordEvent event) {
    RecordEvent.Builder rest =
        event.toBuilder()
            .attributes(event.attributes().only(Judge.READS))
            .problem(
                Texts.joined(
                    event.problem(),
                    "too large for an entry: too many attributes; here are those that are judged"));
    event
        .resource()
        .ifPresent(
            was ->
                rest.resource(
                    new Resource(was.attributes().only(Judge.READS), was.schema(), was.dropped())));
    event
        .scope()
        .ifPresent(
            was ->
                rest.scope(
                    new Scope(
                        Attributes.EMPTY, was.name(), was.version(), was.schema(), was.dropped())));
    return rest.body(Value.UNSET).build();
  }

  private static List<Large> largest(RecordEvent event) {
    List<Large> all = new ArrayList<>();
    collect(all, Place.ATTRIBUTE, event.attributes());
    collect(all, Place.RESOURCE, event.resourceAttributes());
    event.body().ifPresent(body -> collect(all, Place.BODY, "", body));
    all.sort(Comparator.comparingInt(Large::bytes).reversed());
    return all;
  }

  private static void collect(List<Large> into, Place place, Attributes attributes) {
    for (int i = 0; i < attributes.size(); i++) {
      collect(into, place, attributes.name(i), attributes.value(i));
    }
  }

  private static void collect(List<Large> into, Place place, String name, Value value) {
    int bytes = Sizes.of(value);
    if (bytes >= WORTHWHILE_BYTES) {
      into.add(new Large(place, name, value, bytes));
    }
  }

  private static RecordEvent replace(RecordEvent event, List<Large> large) {
    Map<String, Value> attributes = hashes(large, Place.ATTRIBUTE);
    Map<String, Value> resource = hashes(large, Place.RESOURCE);
    RecordEvent.Builder smaller =
        event.toBuilder()
            .attributes(replace(event.attributes(), attributes))
            .problem(problem(event.problem(), large));
    event.resource().ifPresent(was -> smaller.resource(replace(was, resource)));
    if (large.stream().anyMatch(one -> one.place == Place.BODY)) {
      event.body().map(AttributeMapper::hashed).ifPresent(smaller::body);
    }
    return smaller.build();
  }

  private static Resource replace(Resource resource, Map<String, Value> hashes) {
    Attributes attributes = replace(resource.attributes(), hashes);
    return new Resource(attributes, resource.schema(), resource.dropped());
  }

  private static Attributes replace(Attributes attributes, Map<String, Value> hashes) {
    Attributes.Builder replaced = Attributes.builder();
    for (int i = 0; i < attributes.size(); i++) {
      String name = attributes.name(i);
      replaced.put(name, hashes.getOrDefault(name, attributes.value(i)));
    }
    attributes.sd().forEach(replaced::sd);
    try {
      return replaced.build();
    } catch (Refused e) {
      throw new IllegalStateException("names that were good before are not now", e);
    }
  }

  private static Map<String, Value> hashes(List<Large> large, Place place) {
    Map<String, Value> hashes = new HashMap<>();
    for (Large one : large) {
      if (one.place == place) {
        hashes.put(one.name, AttributeMapper.hashed(one.value));
      }
    }
    return hashes;
  }

  private static String problem(String before, List<Large> large) {
    StringBuilder text = new StringBuilder(before);
    text.append(before.isEmpty() ? "" : "; ")
        .append("too large for an entry, kept as length and SHA-256: ");
    String separator = "";
    for (Large one : large.subList(0, Math.min(large.size(), NAMES_SHOWN))) {
      text.append(separator).append(shown(one));
      separator = ", ";
    }
    int more = large.size() - NAMES_SHOWN;
    return text.append(more > 0 ? " and " + more + " more" : "").toString();
  }

  private static String shown(Large one) {
    return switch (one.place) {
      case ATTRIBUTE -> "attribute \"" + Texts.cut(one.name, NAME_CHARS_SHOWN) + '"';
      case RESOURCE -> "resource attribute \"" + Texts.cut(one.name, NAME_CHARS_SHOWN) + '"';
      case BODY -> "the body";
    };
  }
}
