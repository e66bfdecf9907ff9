package dev.cadastre.ingest.foreign.format;

import dev.cadastre.formats.json.Json;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * OTLP values back in JSON, where a Collector took them from. Integers beyond 2^53 and numbers that
 * JSON has not become strings, bytes become base64.
 */
public final class AnyJson {
  private AnyJson() {}

  /** Empty if a name comes twice in it, or it is nested deeper than JSON may be here. */
  public static Optional<Json> value(AnyValue value) {
    return value(value, 0);
  }

  public static Optional<Json.Obj> object(List<KeyValue> pairs) {
    return object(pairs, 1);
  }

  private static Optional<Json> value(AnyValue value, int depth) {
    if (depth > Json.MAX_DEPTH) {
      return Optional.empty();
    }
    return switch (value.getValueCase()) {
      case STRING_VALUE -> Optional.of(Json.of(value.getStringValue()));
      case BOOL_VALUE -> Optional.of(Json.of(value.getBoolValue()));
      case INT_VALUE -> Optional.of(integer(value.getIntValue()));
      case DOUBLE_VALUE -> Optional.of(number(value.getDoubleValue()));
      case BYTES_VALUE ->
          Optional.of(
              Json.of(Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray())));
      case ARRAY_VALUE -> array(value.getArrayValue().getValuesList(), depth + 1);
      case KVLIST_VALUE ->
          object(value.getKvlistValue().getValuesList(), depth + 1).map(object -> object);
      case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> Optional.of(Json.Null.NULL);
    };
  }

  private static Json integer(long value) {
    boolean exact = value >= -Json.MAX_INTEGER && value <= Json.MAX_INTEGER;
    return exact ? Json.of(value) : Json.of(Long.toString(value));
  }

  private static Json number(double value) {
    return Double.isFinite(value) ? new Json.Num(value) : Json.of(Double.toString(value));
  }

  private static Optional<Json> array(List<AnyValue> values, int depth) {
    List<Json> items = new ArrayList<>(values.size());
    for (AnyValue value : values) {
      Optional<Json> item = value(value, depth);
      if (item.isEmpty()) {
        return Optional.empty();
      }
      items.add(item.get());
    }
    return Optional.of(new Json.Arr(items));
  }

  private static Optional<Json.Obj> object(List<KeyValue> pairs, int depth) {
    SortedMap<String, Json> members = new TreeMap<>();
    for (KeyValue pair : pairs) {
      Optional<Json> value = value(pair.getValue(), depth);
      if (value.isEmpty() || members.put(pair.getKey(), value.get()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new Json.Obj(members));
  }
}
