import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Sends an audit record with the OpenTelemetry Java SDK (opentelemetry-sdk and
 * opentelemetry-exporter-otlp). Its exporter speaks to /v1/audit as it would to /v1/logs.
 *
 * <p>The SDK's processors drop records when an export fails for good. Whoever must not lose one
 * uses the exporter itself and looks at its result, as here.
 */
public final class AuditSender {
  private AuditSender() {}

  public static void main(String[] args) {
    send(System.getenv("CADASTRE_OTLP"), System.getenv("CADASTRE_TOKEN"));
  }

  /** Sends one record; throws if it is not known to be on disk. */
  public static void send(String otlp, String token) {
    LogRecordExporter exporter =
        OtlpHttpLogRecordExporter.builder()
            .setEndpoint(otlp + "/v1/audit")
            .addHeader("Authorization", "Bearer " + token)
            .setCompression("gzip")
            .build();
    Acknowledged acknowledged = new Acknowledged(exporter);
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.of(
                        stringKey("service.name"), "payments",
                        stringKey("cloud.provider"), "aws",
                        stringKey("cloud.region"), "eu-central-1")))
            .addLogRecordProcessor(SimpleLogRecordProcessor.create(acknowledged))
            .build()) {
      provider
          .get("audit")
          .logRecordBuilder()
          .setEventName("config.change")
          .setTimestamp(Instant.now())
          .setAttribute(stringKey("audit.record.id"), UUID.randomUUID().toString())
          .setAttribute(stringKey("audit.actor.id"), "svc-deployer")
          .setAttribute(stringKey("audit.actor.type"), "service")
          .setAttribute(stringKey("audit.action"), "UPDATE")
          .setAttribute(stringKey("audit.outcome"), "success")
          .setAttribute(stringKey("audit.target.id"), "production/app-secrets")
          .emit();
      acknowledged.require();
    }
  }

  /** Remembers how the last export ended. */
  private static final class Acknowledged implements LogRecordExporter {
    private final LogRecordExporter exporter;
    private volatile CompletableResultCode last = CompletableResultCode.ofFailure();

    Acknowledged(LogRecordExporter exporter) {
      this.exporter = exporter;
    }

    void require() {
      if (!last.join(30, TimeUnit.SECONDS).isSuccess()) {
        throw new IllegalStateException("not acknowledged", last.getFailureThrowable());
      }
    }

    @Override
    public CompletableResultCode export(
        java.util.Collection<io.opentelemetry.sdk.logs.data.LogRecordData> records) {
      last = exporter.export(records);
      return last;
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }
}
