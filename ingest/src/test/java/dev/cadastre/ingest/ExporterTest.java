package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Value;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenTelemetry Java SDK with its own exporters, as a stranger would use it. */
class ExporterTest {
  private static final int EVENTS = 1_000;

  private static TestCell cell;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    cell = new TestCell(directory);
  }

  @AfterAll
  static void close() {
    cell.close();
  }

  @BeforeEach
  void mark() throws Exception {
    cell.mark();
  }

  private static LogRecordExporter logExporter(String protocol, String token) {
    return switch (protocol) {
      case "grpc" ->
          OtlpGrpcLogRecordExporter.builder()
              .setEndpoint("http://127.0.0.1:" + cell.grpc.port())
              .addHeader("authorization", "Bearer " + token)
              .setCompression("gzip")
              .build();
      default ->
          OtlpHttpLogRecordExporter.builder()
              .setEndpoint(cell.url("/v1/logs").toString())
              .addHeader("Authorization", "Bearer " + token)
              .setCompression(protocol.endsWith("gzip") ? "gzip" : "none")
              .build();
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http", "http gzip"})
  void batchesOfLogsArriveWholeAndOnce(String protocol) throws Exception {
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.of(AttributeKey.stringKey("cloud.region"), "eu-central-1")))
            .addLogRecordProcessor(
                BatchLogRecordProcessor.builder(logExporter(protocol, TestCell.ACME))
                    .setMaxQueueSize(EVENTS * 2)
                    .build())
            .build()) {
      Logger logger = provider.get("test");
      for (int i = 0; i < EVENTS; i++) {
        logger
            .logRecordBuilder()
            .setEventName("data.access")
            .setAttribute(AttributeKey.stringKey("audit.record.id"), protocol + i)
            .setAttribute(AttributeKey.longKey("ledger.data.record.count"), (long) i)
            .setAttribute(AttributeKey.stringArrayKey("list"), List.of("a", "b"))
            .emit();
      }
      assertTrue(provider.forceFlush().join(60, TimeUnit.SECONDS).isSuccess());
    }

    List<RecordEvent> records = cell.records(TestCell.ACME_LOG);
    assertEquals(EVENTS, records.size());
    Set<String> ids = records.stream().map(RecordEvent::id).collect(Collectors.toSet());
    assertEquals(EVENTS, ids.size());
    RecordEvent one = records.get(0);
    assertEquals(Kind.DATA_ACCESS, one.kind());
    assertEquals(
        Value.of(List.of(Value.of("a"), Value.of("b"))),
        one.attributes().get("list").orElseThrow());
    assertEquals("eu-central-1", one.resourceAttributes().string("cloud.region").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void exportersHearOfAWrongToken(String protocol) {
    ExportResults exporter = new ExportResults(logExporter(protocol, "no-such-token"));
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
            .build()) {
      provider.get("test").logRecordBuilder().setBody("x").emit();
      provider.forceFlush().join(30, TimeUnit.SECONDS);
      CompletableResultCode result = exporter.first();
      assertTrue(result.isDone() && !result.isSuccess(), result::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void spansOfModelsBecomeInferences(String protocol) throws Exception {
    SpanExporter exporter =
        protocol.equals("grpc")
            ? OtlpGrpcSpanExporter.builder()
                .setEndpoint("http://127.0.0.1:" + cell.grpc.port())
                .addHeader("authorization", "Bearer " + TestCell.ACME)
                .build()
            : OtlpHttpSpanExporter.builder()
                .setEndpoint(cell.url("/v1/traces").toString())
                .addHeader("Authorization", "Bearer " + TestCell.ACME)
                .build();
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()) {
      provider
          .get("test")
          .spanBuilder("chat gpt")
          .setAttribute("gen_ai.operation.name", "chat")
          .setAttribute("gen_ai.input.messages", "[\"a secret prompt\"]")
          .startSpan()
          .end();
      assertTrue(provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess());
    }
    List<RecordEvent> records = cell.records(TestCell.ACME_LOG);
    assertEquals(1, records.size());
    assertEquals(Kind.INFERENCE, records.get(0).kind());
    assertEquals(16, records.get(0).span().length());
    assertFalse(cell.newestEntry(TestCell.ACME_LOG).contains("secret prompt"));
  }

  @Test
  void typesOfValuesSurviveTheWay() throws Exception {
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .addLogRecordProcessor(
                BatchLogRecordProcessor.builder(logExporter("http", TestCell.ACME)).build())
            .build()) {
      provider
          .get("test")
          .logRecordBuilder()
          .setAttribute(AttributeKey.doubleKey("nan"), Double.NaN)
          .setAttribute(AttributeKey.doubleKey("tenth"), 0.1)
          .setAttribute(AttributeKey.longKey("max"), Long.MAX_VALUE)
          .setAttribute(AttributeKey.booleanKey("yes"), true)
          .setBody("what happened")
          .emit();
      assertTrue(provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess());
    }
    RecordEvent record = cell.records(TestCell.ACME_LOG).get(0);
    assertEquals(Value.of(Double.NaN), record.attributes().get("nan").orElseThrow());
    assertEquals(Value.of(0.1), record.attributes().get("tenth").orElseThrow());
    assertEquals(Value.of(Long.MAX_VALUE), record.attributes().get("max").orElseThrow());
    assertEquals(Value.of(true), record.attributes().get("yes").orElseThrow());
    assertEquals(Value.of("what happened"), cell.disclosures(TestCell.ACME_LOG, 0).get(0).value());
  }
}
