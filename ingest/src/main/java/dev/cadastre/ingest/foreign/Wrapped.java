package dev.cadastre.ingest.foreign;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.envelope.Envelopes;
import dev.cadastre.ingest.foreign.format.AnyJson;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A log record of which another system's record is a part: wrapped in its body, or in one of its
 * attributes.
 *
 * @param log with that record as its body
 * @param around what is left of the whole: attributes that stand in the entry as digests
 */
public record Wrapped(LogRecord log, List<KeyValue> around) {
  public Wrapped {
    around = List.copyOf(around);
  }

  /**
   * The records that a log record wraps, which is none itself; none if it wraps none.
   *
   * @throws Refused if there are too many
   */
  public static List<Wrapped> in(LogRecord log) throws Refused {
    Optional<String> body = text(log.getBody());
    if (body.isPresent()) {
      List<Wrapped> found = opened(log, body.get(), Optional.empty());
      if (!found.isEmpty()) {
        return found;
      }
    }
    for (int i = 0; i < log.getAttributesCount(); i++) {
      KeyValue one = log.getAttributes(i);
      if (Envelopes.isName(one.getKey())) {
        LogRecord rest = log.toBuilder().removeAttributes(i).build();
        Optional<String> text = text(one.getValue());
        List<Wrapped> found = text.isPresent() ? opened(rest, text.get(), body) : List.of();
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return List.of();
  }

  private static List<Wrapped> opened(LogRecord log, String text, Optional<String> body)
      throws Refused {
    List<Wrapped> found = new ArrayList<>();
    for (Envelopes.Piece piece : Envelopes.open(text, ForeignFormats.AUTO::recognises)) {
      AnyValue record = AnyValue.newBuilder().setStringValue(piece.text()).build();
      List<KeyValue> around = new ArrayList<>();
      if (!piece.around().isEmpty()) {
        around.addAll(Translation.parts(Names.SOURCE_ENVELOPE, piece.around()));
      } else if (body.isPresent()) {
        around.addAll(Translation.parts(Names.SOURCE_ENVELOPE, body.get()));
      }
      found.add(new Wrapped(log.toBuilder().setBody(record).build(), around));
    }
    return found;
  }

  /** A value that may hold a record, as JSON or as it is. */
  private static Optional<String> text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> Optional.of(value.getStringValue());
      case BYTES_VALUE ->
          Optional.of(value.getBytesValue())
              .map(
                  bytes ->
                      bytes.isValidUtf8()
                          ? bytes.toString(StandardCharsets.UTF_8)
                          : Base64.getEncoder().encodeToString(bytes.toByteArray()));
      case KVLIST_VALUE, ARRAY_VALUE -> mayWrap(value) ? json(value) : Optional.empty();
      case BOOL_VALUE, INT_VALUE, DOUBLE_VALUE, STRING_VALUE_STRINDEX, VALUE_NOT_SET ->
          Optional.empty();
    };
  }

  private static boolean mayWrap(AnyValue value) {
    List<AnyValue> maps =
        value.hasKvlistValue() ? List.of(value) : value.getArrayValue().getValuesList();
    return maps.stream()
        .flatMap(map -> map.getKvlistValue().getValuesList().stream())
        .anyMatch(pair -> Envelopes.mayHave(pair.getKey()));
  }

  private static Optional<String> json(AnyValue value) {
    return AnyJson.value(value)
        .map(Json::jcs)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}
