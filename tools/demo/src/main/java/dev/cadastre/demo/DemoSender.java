package dev.cadastre.demo;

import dev.cadastre.server.cell.Endpoints;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running service: the OpenTelemetry SDK's logger provider with its own OTLP exporter. */
final class DemoSender implements AutoCloseable {
  private static final Duration BATCH_EVERY = Duration.ofMillis(250);

  /** Longer than the SDK's own 10 s: a cell that starts on a busy machine is not a failure. */
  private static final Duration EXPORT_WITHIN = Duration.ofSeconds(45);

  /** How long to wait for everything under way. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Below the processor's queue, so that it never drops: whoever emits waits instead. */
  private static final int MOST_UNDER_WAY = 4096;

  private final Service service;
  private final SendCounts tally;
  private final SdkLoggerProvider provider;
  private final Logger logger;
  private final Semaphore free = new Semaphore(MOST_UNDER_WAY);
  private final String recordIds;
  private long sequence;

  /**
   * @param run tells this run of the service from others, in instance and record ids
   */
  DemoSender(
      String tenant,
      Service service,
      Endpoints endpoints,
      String token,
      String run,
      SendCounts tally) {
    this.service = service;
    this.tally = tally;
    this.recordIds = tenant + "-" + service.name() + "-" + run + "-";
    LogRecordExporter exporter = new LoudExporter(exporter(service, endpoints, token), this::ended);
    this.provider =
        SdkLoggerProvider.builder()
            .setResource(service.resource(run))
            .addLogRecordProcessor(
                BatchLogRecordProcessor.builder(exporter)
                    .setScheduleDelay(BATCH_EVERY)
                    .setExporterTimeout(EXPORT_WITHIN)
                    .setMaxQueueSize(2 * MOST_UNDER_WAY)
                    .build())
            .build();
    this.logger = provider.loggerBuilder("dev.cadastre.demo").build();
  }

  private static LogRecordExporter exporter(Service service, Endpoints endpoints, String token) {
    return switch (service.transport()) {
      case GRPC ->
          OtlpGrpcLogRecordExporter.builder()
              .setEndpoint(endpoints.otlpGrpc())
              .setTimeout(EXPORT_WITHIN)
              .addHeader("authorization", "Bearer " + token)
              .build();
      case HTTP ->
          OtlpHttpLogRecordExporter.builder()
              .setEndpoint(endpoints.otlpHttp() + "/v1/logs")
              .setTimeout(EXPORT_WITHIN)
              .addHeader("Authorization", "Bearer " + token)
              .setCompression("gzip")
              .build();
    };
  }

  private void ended(@Nullable String failure, int records) {
    if (failure == null) {
      tally.acknowledged(records);
    } else {
      tally.failed(recordIds + "*", records, failure);
    }
    free.release(records); // last: whoever waits for answers then counts them
  }

  /** Hands the event to the SDK; waits while too many are under way. */
  void emit(Happening happening, Instant time, SpanContext trace) throws InterruptedException {
    free.acquire();
    tally.sent();
    sequence++;
    logger
        .logRecordBuilder()
        .setEventName(happening.name())
        .setTimestamp(time)
        .setSeverity(happening.severity())
        .setContext(Context.root().with(Span.wrap(trace)))
        .setAllAttributes(happening.attributes())
        .setAttribute("audit.record.id", recordIds + sequence)
        .setAttribute("audit.sequence.number", sequence)
        .emit();
  }

  /** A span of a trace of its own. */
  static SpanContext traced(Random random) {
    HexFormat hex = HexFormat.of();
    String trace = hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1);
    String span = hex.toHexDigits(random.nextLong() | 1);
    return SpanContext.create(trace, span, TraceFlags.getSampled(), TraceState.getDefault());
  }

  /** Sends what was emitted so far, now rather than soon. */
  void flush() {
    provider.forceFlush();
  }

  /**
   * Returns once everything emitted so far was answered. The SDK's own flush may be done before: it
   * answers one that follows another closely with the other's result.
   */
  void awaitAnswers() throws InterruptedException {
    if (free.tryAcquire(MOST_UNDER_WAY, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      free.release(MOST_UNDER_WAY);
    }
  }

  @Override
  public void close() {
    provider.shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
