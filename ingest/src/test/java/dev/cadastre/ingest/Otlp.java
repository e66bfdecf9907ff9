package dev.cadastre.ingest;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** OTLP messages in few words. */
public final class Otlp {
  private Otlp() {}

  public static KeyValue attribute(String name, String text) {
    return attribute(name, AnyValue.newBuilder().setStringValue(text).build());
  }

  public static KeyValue attribute(String name, long integer) {
    return attribute(name, AnyValue.newBuilder().setIntValue(integer).build());
  }

  public static KeyValue attribute(String name, AnyValue value) {
    return KeyValue.newBuilder().setKey(name).setValue(value).build();
  }

  public static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  public static AnyValue map(KeyValue... members) {
    return AnyValue.newBuilder()
        .setKvlistValue(KeyValueList.newBuilder().addAllValues(List.of(members)))
        .build();
  }

  public static AnyValue array(AnyValue... items) {
    return AnyValue.newBuilder()
        .setArrayValue(ArrayValue.newBuilder().addAllValues(List.of(items)))
        .build();
  }

  public static LogRecord log(String eventName, KeyValue... attributes) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(1_750_000_000_000_000_000L)
        .setEventName(eventName)
        .addAllAttributes(Arrays.asList(attributes))
        .build();
  }

  public static Span span(String name, KeyValue... attributes) {
    return Span.newBuilder()
        .setTraceId(
            ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}))
        .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
        .setName(name)
        .setStartTimeUnixNano(1_750_000_000_000_000_000L)
        .setEndTimeUnixNano(1_750_000_000_000_000_001L)
        .addAllAttributes(Arrays.asList(attributes))
        .build();
  }

  public static ExportLogsServiceRequest logs(LogRecord... records) {
    return logs(Resource.getDefaultInstance(), records);
  }

  public static ExportLogsServiceRequest logs(Resource resource, LogRecord... records) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(resource)
                .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(Arrays.asList(records))))
        .build();
  }

  public static ExportTraceServiceRequest spans(Span... spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(Arrays.asList(spans))))
        .build();
  }

  public static Resource resource(KeyValue... attributes) {
    return Resource.newBuilder().addAllAttributes(Arrays.asList(attributes)).build();
  }

  /** A request of two good records around one whose bytes are given, which need not be a record. */
  static byte[] aroundRaw(byte[] record) throws IOException {
    ByteArrayOutputStream scope = new ByteArrayOutputStream();
    field(scope, 2, log("data.access").toByteArray());
    field(scope, 2, record);
    field(scope, 2, log("key.use").toByteArray());
    return framed(scope.toByteArray());
  }

  /** A request with one ScopeLogs of these bytes. */
  static byte[] framed(byte[] scopeLogs) throws IOException {
    ByteArrayOutputStream resource = new ByteArrayOutputStream();
    field(resource, 2, scopeLogs);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    field(request, 1, resource.toByteArray());
    return request.toByteArray();
  }

  /** A length-delimited protobuf field. */
  public static void field(ByteArrayOutputStream out, int number, byte[] bytes) throws IOException {
    out.write(number << 3 | 2);
    int length = bytes.length;
    while (length > 0x7f) {
      out.write(length & 0x7f | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.write(bytes);
  }

  public static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
