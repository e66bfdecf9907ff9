package dev.cadastre.ingest;

import static dev.cadastre.ingest.Otlp.attribute;
import static dev.cadastre.ingest.Otlp.log;
import static dev.cadastre.ingest.Otlp.span;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.cadastre.ingest.integrity.TrustedKeys;
import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ingest.otlp.OtlpJson;
import dev.cadastre.ingest.otlp.OtlpProtobuf;
import dev.cadastre.ingest.otlp.ReceivedRecord;
import dev.cadastre.ingest.record.Locations;
import dev.cadastre.ingest.record.Preparation;
import dev.cadastre.ingest.request.Elements;
import dev.cadastre.ingest.request.Refusal.Reason;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.RequestBounds;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.request.Undecodable;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A few bytes of a request never become much in memory or in the log. */
class AmplificationTest {
  private static final int RECORDS_MAX = 1_000;
  private static final int MANY = Elements.MAX + 1;
  private static final long BYTES_MAX = 1 << 20;

  private static Reason refused(Signal signal, byte[] request) {
    return assertThrows(
            Rejected.class,
            () -> OtlpProtobuf.decode(signal, request, RequestBounds.of(64 << 20, RECORDS_MAX)))
        .refusal()
        .reason();
  }

  private static Reason refusedJson(Signal signal, String request) {
    byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
    return assertThrows(
            Rejected.class,
            () -> OtlpJson.decode(signal, bytes, RequestBounds.of(64 << 20, RECORDS_MAX)))
        .refusal()
        .reason();
  }

  /** A field of a message with as many empty messages in it. */
  private static ByteString empties(int field, int count) {
    UnknownFieldSet.Field.Builder many = UnknownFieldSet.Field.newBuilder();
    for (int i = 0; i < count; i++) {
      many.addLengthDelimited(ByteString.EMPTY);
    }
    return UnknownFieldSet.newBuilder().addField(field, many.build()).build().toByteString();
  }

  private static byte[] around(ByteString resourceLogs) {
    UnknownFieldSet.Field one =
        UnknownFieldSet.Field.newBuilder().addLengthDelimited(resourceLogs).build();
    return UnknownFieldSet.newBuilder().addField(1, one).build().toByteArray();
  }

  private static byte[] request(Resource resource, LogRecord record, int scopes) {
    ResourceLogs.Builder logs = ResourceLogs.newBuilder().setResource(resource);
    for (int i = 0; i < scopes; i++) {
      logs.addScopeLogs(ScopeLogs.newBuilder().addLogRecords(record));
    }
    return ExportLogsServiceRequest.newBuilder().addResourceLogs(logs).build().toByteArray();
  }

  @Test
  void emptyScopesAndResourcesCountAsRecordsDo() throws Rejected {
    for (Signal signal : Signal.values()) {
      assertEquals(Reason.TOO_LARGE, refused(signal, around(empties(2, RECORDS_MAX + 1))));
      assertEquals(Reason.TOO_LARGE, refused(signal, empties(1, RECORDS_MAX + 1).toByteArray()));
      byte[] fitting = around(empties(2, RECORDS_MAX - 1));
      assertEquals(
          0,
          OtlpProtobuf.decode(signal, fitting, RequestBounds.of(64 << 20, RECORDS_MAX))
              .groups()
              .size());
    }
    String scopes = "{}" + ",{}".repeat(RECORDS_MAX);
    assertEquals(
        Reason.TOO_LARGE,
        refusedJson(Signal.LOGS, "{\"resourceLogs\":[{\"scopeLogs\":[" + scopes + "]}]}"));
    assertEquals(
        Reason.TOO_LARGE, refusedJson(Signal.TRACES, "{\"resourceSpans\":[" + scopes + "]}"));
  }

  @Test
  void aResourceOfTooManyAttributesIsTooLarge() {
    Resource resource =
        Resource.newBuilder()
            .addAllAttributes(Collections.nCopies(MANY, KeyValue.getDefaultInstance()))
            .build();
    assertEquals(Reason.TOO_LARGE, refused(Signal.LOGS, request(resource, log("x"), 1)));
  }

  @Test
  void aRecordOfTooManyPartsIsNotRead() throws Rejected {
    Span events =
        span("chat").toBuilder()
            .addAllEvents(Collections.nCopies(MANY, Span.Event.getDefaultInstance()))
            .build();
    Span links =
        span("chat").toBuilder()
            .addAllLinks(Collections.nCopies(MANY, Span.Link.getDefaultInstance()))
            .build();
    ArrayValue values =
        ArrayValue.newBuilder()
            .addAllValues(Collections.nCopies(MANY, AnyValue.getDefaultInstance()))
            .build();
    LogRecord list =
        log("x", attribute("list", AnyValue.newBuilder().setArrayValue(values).build()));
    LogRecord attributes =
        log("x").toBuilder()
            .addAllAttributes(Collections.nCopies(MANY, KeyValue.getDefaultInstance()))
            .build();
    undecodable(Signal.TRACES, Otlp.spans(events).toByteArray());
    undecodable(Signal.TRACES, Otlp.spans(links).toByteArray());
    undecodable(Signal.LOGS, Otlp.logs(list).toByteArray());
    undecodable(Signal.LOGS, Otlp.logs(attributes).toByteArray());
  }

  private static void undecodable(Signal signal, byte[] request) throws Rejected {
    undecodable(OtlpProtobuf.decode(signal, request, RequestBounds.of(64 << 20, RECORDS_MAX)));
  }

  private static void undecodable(DecodedRequest batch) {
    ReceivedRecord only = batch.groups().get(0).records().get(0);
    String why = assertThrows(Undecodable.class, only::decoded).getMessage();
    assertTrue(why.startsWith("more than " + Elements.MAX), why);
  }

  @Test
  void aJsonRecordOfTooManyPartsIsNotRead() throws Rejected {
    String events = "{}" + ",{}".repeat(MANY);
    String json =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"events\":[" + events + "]}]}]}]}";
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    undecodable(OtlpJson.decode(Signal.TRACES, bytes, RequestBounds.of(64 << 20, RECORDS_MAX)));
  }

  @Test
  void partsOfJsonRecordsAreBoundedInSum() {
    String record = "{\"attributes\":[{}" + ",{}".repeat(1_000) + "]}";
    String records = record + ("," + record).repeat(40);
    assertEquals(
        Reason.TOO_LARGE,
        refusedJson(
            Signal.LOGS,
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + records + "]}]}]}"));
  }

  @Test
  void aResourceThatFillsEveryEntryIsBoundedInSum() throws Rejected {
    Resource resource =
        Resource.newBuilder().addAttributes(attribute("ballast", "x".repeat(30_000))).build();
    assertEquals(
        Reason.TOO_LARGE,
        assertThrows(Rejected.class, () -> prepare(request(resource, log("x"), 100)))
            .refusal()
            .reason());
    assertEquals(10, prepare(request(resource, log("x"), 10)).drafts().size());
  }

  /** Each of a batch's records becomes an entry with the Resource. */
  @Test
  void aBatchInOneRecordIsBoundedInSum() {
    Resource resource =
        Resource.newBuilder().addAttributes(attribute("ballast", "x".repeat(60_000))).build();
    String alert =
        "{\"rule\":\"r\",\"priority\":\"Notice\",\"time\":\"2026-01-01T00:00:00Z\",\"output_fields\":{}}";
    LogRecord batch =
        LogRecord.newBuilder()
            .setBody(Otlp.text("[" + alert + ("," + alert).repeat(9_999) + "]"))
            .build();
    Rejected rejected = assertThrows(Rejected.class, () -> prepare(request(resource, batch, 1)));
    assertEquals(Reason.TOO_LARGE, rejected.refusal().reason());
  }

  @Test
  void whatIsHiddenCountsToo() {
    Resource resource =
        Resource.newBuilder().addAttributes(attribute("user.name", "x".repeat(30_000))).build();
    byte[] request = request(resource, log("x", attribute("audit.record.id", "1")), 100);
    assertEquals(
        Reason.TOO_LARGE, assertThrows(Rejected.class, () -> prepare(request)).refusal().reason());
  }

  private static Preparation.Prepared prepare(byte[] request) throws Rejected {
    Sender sender = new Sender("token/0123cafe", Optional.of(TestCell.ACME_LOG), true);
    return Preparation.prepare(
        sender,
        OtlpProtobuf.decode(Signal.LOGS, request, RequestBounds.of(64 << 20, RECORDS_MAX)),
        new StubSink(),
        TrustedKeys.NONE,
        Locations.BY_NAMES,
        new Random(1),
        BYTES_MAX,
        0);
  }
}
