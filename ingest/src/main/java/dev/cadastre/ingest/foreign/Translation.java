package dev.cadastre.ingest.foreign;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.AnyJson;
import dev.cadastre.ingest.foreign.format.EnclosingLog;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.ForeignRecord;
import dev.cadastre.ingest.foreign.format.Mapping;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts what a foreign record says in the place of what it came as. Nothing is lost: the original,
 * and attributes that had to give way, become attributes that stand in the entry as digests.
 */
final class Translation {
  /** A disclosure's value is bounded as an entry is; JSON text grows at most threefold in UTF-8. */
  private static final int PART_CHARS = 20_000;

  /** Digests of more parts than that would not fit into an entry. */
  private static final int PARTS_MAX = 500;

  private final LogRecord log;
  private final Beside beside;
  private final Mapping mapping;
  private final List<KeyValue> kept = new ArrayList<>();
  private final List<KeyValue> displaced = new ArrayList<>();

  private Translation(ForeignFormat format, Fields record, LogRecord log, Beside beside) {
    this.log = log;
    this.beside = beside;
    this.mapping = new Mapping(beside.region());
    mapping.put(Names.SOURCE_FORMAT, format.name());
    format.map(record, mapping);
  }

  /** A record that is the log record's body; {@code text} is the original. */
  static ForeignRecord ofBody(
      ForeignFormat format, Fields record, String text, LogRecord log, Attributes resource)
      throws Refused {
    Beside beside = Beside.of(log, resource);
    return new Translation(format, record, log, beside).finish(text);
  }

  /** A record put together from the log record's attributes and body, which are the original. */
  static ForeignRecord ofCarrier(
      ForeignFormat format, Fields record, EnclosingLog carrier, LogRecord log) throws Refused {
    Beside beside = Beside.ofCarrier(log, carrier.resource());
    Json.Builder original = Json.Obj.builder();
    AnyJson.object(log.getAttributesList()).ifPresent(all -> original.put("attributes", all));
    AnyJson.value(log.getBody()).ifPresent(body -> original.put("body", body));
    return new Translation(format, record, log, beside)
        .finish(new String(original.build().jcs(), StandardCharsets.UTF_8));
  }

  private ForeignRecord finish(String original) throws Refused {
    List<KeyValue> given = new ArrayList<>(mapping.open());
    if (beside.isNamed()) {
      // Two records of a sender's own that bring the same one are two.
      given.removeIf(pair -> pair.getKey().equals(Names.AUDIT_RECORD_ID));
    }
    for (KeyValue pair : beside.own()) {
      place(pair, given);
    }
    beside.whereabouts().ifPresent(at -> given.replaceAll(pair -> Beside.joined(pair, at)));
    List<KeyValue> hidden = new ArrayList<>(mapping.hidden());
    hidden.addAll(parts(Names.SOURCE_RECORD, original));
    AnyJson.object(displaced)
        .filter(all -> !all.members().isEmpty())
        .map(all -> new String(all.jcs(), StandardCharsets.UTF_8))
        .ifPresent(all -> hidden.add(attribute(Names.SOURCE_ATTRIBUTES, all)));
    LogRecord.Builder told =
        log.toBuilder()
            .clearBody()
            .clearAttributes()
            .setEventName(beside.isNamed() ? beside.name() : mapping.event())
            .addAllAttributes(kept)
            .addAllAttributes(given);
    if (mapping.timeNs() != 0) {
      told.setTimeUnixNano(mapping.timeNs());
    }
    return new ForeignRecord(told.build(), hidden, beside.origin(mapping.event()));
  }

  /** Puts what the sender says with what the foreign record does, of which either may give way. */
  private void place(KeyValue own, List<KeyValue> given) {
    int at = 0;
    while (at < given.size() && !given.get(at).getKey().equals(own.getKey())) {
      at++;
    }
    if (at == given.size()) {
      kept.add(own);
    } else if (Beside.isPlace(own)) {
      given.set(at, Beside.both(given.get(at), own));
    } else if (beside.keeps(own, mapping.event())) {
      given.remove(at);
      kept.add(own);
    } else {
      displaced.add(own);
    }
  }

  /** A text under a name, or in parts under names that end in their number. */
  static List<KeyValue> parts(String name, String original) throws Refused {
    List<KeyValue> parts = new ArrayList<>();
    for (int from = 0; from < original.length(); ) {
      int to = Math.min(from + PART_CHARS, original.length());
      to = Character.isHighSurrogate(original.charAt(to - 1)) ? to - 1 : to;
      parts.add(attribute(name + "." + (parts.size() + 1), original.substring(from, to)));
      from = to;
    }
    if (parts.size() > PARTS_MAX) {
      throw new Refused("a record has at most " + PART_CHARS * PARTS_MAX + " characters");
    }
    return parts.size() == 1 ? List.of(attribute(name, original)) : parts;
  }

  private static KeyValue attribute(String name, String text) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(text))
        .build();
  }
}
