package dev.cadastre.ingest.otlp;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.request.EventSource;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * CloudEvents 1.0 as log records: the type becomes the event's name, the data its body, and the
 * context attributes what OpenTelemetry calls them ("HTTP Protocol Binding for CloudEvents", "JSON
 * Event Format").
 */
public final class CloudEvent {
  private static final String HEADER = "ce-";
  private static final String DATA = "data";
  private static final String DATA_BASE64 = "data_base64";
  private static final Set<String> REQUIRED = Set.of("id", "source", "specversion", "type");

  /** What OpenTelemetry has a name for; others keep theirs behind {@code cloudevents.}. */
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "id", "cloudevents.event_id",
          "source", "cloudevents.event_source",
          "specversion", "cloudevents.event_spec_version",
          "type", "cloudevents.event_type",
          "subject", "cloudevents.event_subject");

  private CloudEvent() {}

  /** The event whose context is in headers, without its data; empty if there is none. */
  public static Optional<LogRecord> binary(EventSource source, HttpFields headers) {
    if (source != EventSource.CLOUDEVENTS) {
      return Optional.empty();
    }
    SortedMap<String, String> context = new TreeMap<>();
    for (HttpField header : headers) {
      String name = header.getLowerCaseName();
      if (name.startsWith(HEADER) && header.getValue() != null) {
        context.putIfAbsent(name.substring(HEADER.length()), decoded(header.getValue()));
      }
    }
    return context.keySet().containsAll(REQUIRED)
        ? Optional.of(record(context).build())
        : Optional.empty();
  }

  /**
   * A header's value, in which bytes of UTF-8 may be {@code %XX}, and which may stand in quotes
   * ("HTTP Protocol Binding for CloudEvents", 3.1.3.2); as it came if those are no UTF-8.
   */
  private static String decoded(String header) {
    String value = unquoted(header);
    if (value.indexOf('%') < 0) {
      return value;
    }
    byte[] in = value.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      boolean coded = in[i] == '%' && i + 2 < in.length && isHex(in[i + 1]) && isHex(in[i + 2]);
      out.write(coded ? HexFormat.fromHexDigits(value(in, i + 1)) : in[i]);
      i += coded ? 2 : 0;
    }
    try {
      return Encodings.utf8(out.toByteArray());
    } catch (Refused notUtf8) {
      return value;
    }
  }

  private static boolean isHex(byte digit) {
    return HexFormat.isHexDigit(digit);
  }

  private static String value(byte[] in, int at) {
    return new String(in, at, 2, StandardCharsets.US_ASCII);
  }

  private static String unquoted(String header) {
    boolean quoted = header.length() > 1 && header.startsWith("\"") && header.endsWith("\"");
    return quoted ? header.substring(1, header.length() - 1).replaceAll("\\\\(.)", "$1") : header;
  }

  /** The event that a JSON object is; empty if it is none. */
  static Optional<LogRecord> structured(byte[] json) {
    Json.Obj event;
    try {
      event = Json.parseObject(json);
    } catch (Refused notReadable) {
      return Optional.empty();
    }
    SortedMap<String, String> context = new TreeMap<>();
    event
        .members()
        .forEach(
            (name, value) -> {
              if (value instanceof Json.Str text && !name.startsWith(DATA)) {
                context.put(name.toLowerCase(Locale.ROOT), text.value());
              }
            });
    if (!context.keySet().containsAll(REQUIRED)) {
      return Optional.empty();
    }
    LogRecord.Builder record = record(context);
    data(event).ifPresent(record::setBody);
    return Optional.of(OwnWords.told(record.build()));
  }

  private static Optional<AnyValue> data(Json.Obj event) {
    Optional<Json> data = event.optValue(DATA);
    if (data.isPresent() && data.get() instanceof Json.Str text) {
      return Optional.of(AnyValue.newBuilder().setStringValue(text.value()).build());
    }
    if (data.isPresent()) {
      return Optional.of(EventsBody.text(data.get().jcs()));
    }
    return event.optValue(DATA_BASE64).flatMap(CloudEvent::decoded);
  }

  private static Optional<AnyValue> decoded(Json base64) {
    String text = base64 instanceof Json.Str string ? string.value() : "";
    try {
      return Optional.of(EventsBody.text(Base64.getDecoder().decode(text)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.of(EventsBody.text(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static LogRecord.Builder record(SortedMap<String, String> context) {
    LogRecord.Builder record = LogRecord.newBuilder();
    context.forEach(
        (name, value) -> {
          if (name.equals("time")) {
            record.setTimeUnixNano(nanos(value));
          } else {
            record.addAttributes(
                KeyValue.newBuilder()
                    .setKey(ATTRIBUTES.getOrDefault(name, "cloudevents." + name))
                    .setValue(AnyValue.newBuilder().setStringValue(value)));
          }
        });
    return record.setEventName(context.getOrDefault("type", ""));
  }

  /** 0 for what is no time in RFC 3339. */
  private static long nanos(String time) {
    try {
      Instant instant = OffsetDateTime.parse(time).toInstant();
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    } catch (DateTimeException | ArithmeticException unreadable) {
      return 0;
    }
  }
}
