package dev.cadastre.ingest.foreign.format;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.envelope.Envelopes;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.Optional;
import java.util.Set;

/**
 * The log record that a foreign record came in, for formats that a Collector takes apart.
 *
 * @param attributes the log record's attributes as JSON
 * @param body its body, if that is a map
 * @param text its body, if that is a text; else empty
 * @param resource attributes of its Resource
 */
public record EnclosingLog(Fields attributes, Fields body, String text, Attributes resource) {
  private static final Set<String> MARKS =
      Set.of(
          "aws.cloudtrail.event_id", "gcp.audit.service.name", "azure.operation.name", "priority");

  /** Empty if the log record has no JSON form, which what a Collector makes of JSON always has. */
  public static Optional<EnclosingLog> of(LogRecord log, Attributes resource) {
    Optional<Json.Obj> attributes = AnyJson.object(log.getAttributesList());
    Optional<Json> body =
        log.getBody().hasKvlistValue() ? AnyJson.value(log.getBody()) : Optional.empty();
    return attributes.map(
        obj ->
            new EnclosingLog(
                new Fields(obj), Fields.of(body), log.getBody().getStringValue(), resource));
  }

  /**
   * Refuses what an importer could not understand and says so: it is kept as that.
   *
   * @throws Refused with the importer's words
   */
  public static void requireNoProblem(LogRecord log) throws Refused {
    for (KeyValue pair : log.getAttributesList()) {
      if (pair.getKey().equals(Names.SOURCE_PROBLEM) && pair.getValue().hasStringValue()) {
        throw new Refused(pair.getValue().getStringValue());
      }
    }
  }

  /** Whether the log record has one of the attributes that mark what a Collector took apart. */
  public static boolean isMarked(LogRecord log) {
    for (KeyValue pair : log.getAttributesList()) {
      if (MARKS.contains(pair.getKey())) {
        return true;
      }
    }
    return false;
  }

  /** Whether an attribute of that name makes a log record be looked at. */
  public static boolean isMark(String name) {
    return MARKS.contains(name) || Envelopes.isName(name) || name.equals(Names.SOURCE_PROBLEM);
  }
}
