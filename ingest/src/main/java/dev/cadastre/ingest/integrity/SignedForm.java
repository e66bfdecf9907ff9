package dev.cadastre.ingest.integrity;

import com.google.protobuf.ByteString;
import dev.cadastre.formats.json.Json;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The bytes that a sender signs: its record as JSON in RFC 8785 form, without the attributes {@code
 * audit.integrity.*}. OpenTelemetry's audit-logging draft (data-model.md, "Integrity Attributes")
 * names no members; these are those of the Collector's signing and verifying processors. Draft and
 * processors differ in how values are written, so there are several forms. No two records have the
 * same bytes in any of them: the forms tell times from one another, and the plain ones exist only
 * for records that they write unambiguously.
 */
enum SignedForm {
  /** The draft's: every scalar in an object that names its type, times as decimal strings. */
  TYPED(true, false),
  /** The same with every integer as a decimal string, as the Collector's verifying processor. */
  TYPED_TEXT(true, true),
  /** Plain values, times as numbers, a body only if it is a string: its signing processor. */
  PLAIN(false, false);

  private static final String NOT_SIGNED = "audit.integrity.";
  private static final HexFormat HEX = HexFormat.of();

  private final boolean typed;
  private final boolean integersAsText;

  SignedForm(boolean typed, boolean integersAsText) {
    this.typed = typed;
    this.integersAsText = integersAsText;
  }

  /** The record cannot be written in this form. */
  private static final class Unwritable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unwritable() {
      super(null, null, false, false);
    }
  }

  /** The bytes; empty if the record has none in this form. */
  Optional<byte[]> bytes(LogRecord record) {
    try {
      return Optional.of(json(record).jcs());
    } catch (Unwritable | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The members of the record's event that these bytes are of, ascending. */
  List<String> covers(LogRecord record) {
    List<String> covers = new ArrayList<>();
    covers(covers, "attributes", true);
    covers(covers, "body", typed ? hasBody(record) : record.getBody().hasStringValue());
    covers(covers, "name", !record.getEventName().isEmpty());
    covers(covers, "observed", record.getObservedTimeUnixNano() != 0);
    covers(covers, "severity", !typed && hasSeverity(record));
    covers(covers, "span", isGiven(record.getSpanId()));
    covers(covers, "time", record.getTimeUnixNano() != 0);
    covers(covers, "trace", isGiven(record.getTraceId()));
    return covers;
  }

  private static void covers(List<String> into, String member, boolean covered) {
    if (covered) {
      into.add(member);
    }
  }

  private Json.Obj json(LogRecord record) {
    Json.Builder json = Json.Obj.builder();
    text(json, "event_name", record.getEventName());
    text(json, "trace_id", hex(record.getTraceId()));
    text(json, "span_id", hex(record.getSpanId()));
    time(json, "timestamp", record.getTimeUnixNano());
    time(json, "observed_timestamp", record.getObservedTimeUnixNano());
    body(json, record);
    if (!typed) {
      severity(json, record);
    }
    List<KeyValue> signed =
        record.getAttributesList().stream()
            .filter(pair -> !pair.getKey().startsWith(NOT_SIGNED))
            .toList();
    if (!signed.isEmpty()) {
      json.put("attributes", map(signed));
    }
    return json.build();
  }

  private void body(Json.Builder json, LogRecord record) {
    if (typed && hasBody(record)) {
      json.put("body", value(record.getBody()));
    } else if (!typed && record.getBody().hasStringValue()) {
      json.put("body", record.getBody().getStringValue());
    }
  }

  private static boolean hasBody(LogRecord record) {
    return record.hasBody() && record.getBody().getValueCase() != AnyValue.ValueCase.VALUE_NOT_SET;
  }

  private static boolean hasSeverity(LogRecord record) {
    return record.getSeverityNumberValue() != 0 || !record.getSeverityText().isEmpty();
  }

  private static void severity(Json.Builder json, LogRecord record) {
    if (record.getSeverityNumberValue() != 0) {
      json.put("severity_number", record.getSeverityNumberValue());
    }
    text(json, "severity_text", record.getSeverityText());
  }

  /** Without a time there is nothing to tell the plain form from a typed one. */
  private void time(Json.Builder json, String name, long unixNs) {
    if (typed && unixNs != 0) {
      json.put(name, Long.toUnsignedString(unixNs));
    } else if (!typed && unixNs > 0) {
      json.put(name, new Json.Num((double) unixNs));
    } else if (!typed && (unixNs < 0 || name.equals("timestamp"))) {
      throw new Unwritable();
    }
  }

  private static void text(Json.Builder json, String name, String text) {
    if (!text.isEmpty()) {
      json.put(name, text);
    }
  }

  private static boolean isGiven(ByteString id) {
    return !hex(id).isEmpty();
  }

  private static String hex(ByteString id) {
    String hex = HEX.formatHex(id.toByteArray());
    return hex.chars().allMatch(digit -> digit == '0') ? "" : hex;
  }

  private Json map(List<KeyValue> pairs) {
    Json.Builder map = Json.Obj.builder();
    pairs.forEach(pair -> map.put(pair.getKey(), value(pair.getValue())));
    return map.build();
  }

  private Json value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> tagged("stringValue", new Json.Str(value.getStringValue()));
      case BOOL_VALUE -> tagged("boolValue", Json.of(value.getBoolValue()));
      case INT_VALUE -> tagged("intValue", integer(value.getIntValue()));
      case DOUBLE_VALUE -> typedOnly("doubleValue", new Json.Num(value.getDoubleValue()));
      case BYTES_VALUE -> typedOnly("bytesValue", new Json.Str(base64(value.getBytesValue())));
      case ARRAY_VALUE ->
          new Json.Arr(value.getArrayValue().getValuesList().stream().map(this::value).toList());
      case KVLIST_VALUE -> {
        requireTyped();
        yield map(value.getKvlistValue().getValuesList());
      }
      case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> Json.Null.NULL;
    };
  }

  private Json integer(long value) {
    boolean exact = value <= Json.MAX_INTEGER && value >= -Json.MAX_INTEGER;
    if (!typed && !exact) {
      throw new Unwritable();
    }
    return typed && (integersAsText || !exact)
        ? new Json.Str(Long.toString(value))
        : Json.of(value);
  }

  private Json tagged(String type, Json scalar) {
    return typed ? Json.Obj.builder().put(type, scalar).build() : scalar;
  }

  private Json typedOnly(String type, Json scalar) {
    requireTyped();
    return tagged(type, scalar);
  }

  /** Written plainly, bytes would look like text, doubles like integers, maps like typed values. */
  private void requireTyped() {
    if (!typed) {
      throw new Unwritable();
    }
  }

  private static String base64(ByteString bytes) {
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
