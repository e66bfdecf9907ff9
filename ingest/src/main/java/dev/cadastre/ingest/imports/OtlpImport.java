package dev.cadastre.ingest.imports;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.cadastre.ingest.request.Texts;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Sends imported records to a cell over OTLP/HTTP, and again while it asks for that. */
public final class OtlpImport implements ImportTarget {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int ATTEMPTS_MAX = 10;
  private static final int WAIT_MAX_S = 30;
  private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI logs;
  private final String token;
  private final Resource resource;

  /**
   * @param url the OTLP/HTTP server, with or without the path {@code /v1/logs}
   * @param resource the Resource of all records
   */
  public OtlpImport(URI url, String token, Resource resource) {
    this.resource = resource;
    String text = url.toString();
    String base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.logs = URI.create(base.endsWith("/v1/logs") ? base : base + "/v1/logs");
    this.token = token;
  }

  @Override
  public Taken take(List<LogRecord> records) throws ImportFailed {
    HttpRequest request =
        HttpRequest.newBuilder(logs)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-protobuf")
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofByteArray(message(records).toByteArray()))
            .build();
    try {
      for (int attempt = 1; attempt < ATTEMPTS_MAX; attempt++) {
        HttpResponse<byte[]> response = send(request);
        if (!RETRYABLE.contains(response.statusCode())) {
          return taken(response, records);
        }
        TimeUnit.SECONDS.sleep(waitS(response));
      }
      return taken(send(request), records);
    } catch (IOException e) {
      throw new ImportFailed("cannot send to " + logs + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImportFailed("interrupted", e);
    }
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private ExportLogsServiceRequest message(List<LogRecord> records) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(resource)
                .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(records)))
        .build();
  }

  private Taken taken(HttpResponse<byte[]> response, List<LogRecord> records) throws ImportFailed {
    if (response.statusCode() != 200) {
      throw new ImportFailed(
          logs + " answered " + response.statusCode() + ": " + reason(response.body()));
    }
    return new Taken(records.size(), 0);
  }

  private static String reason(byte[] body) {
    try {
      return Texts.cut(Status.parseFrom(body).getMessage(), 300);
    } catch (InvalidProtocolBufferException notOurs) {
      return "no reason that OTLP knows";
    }
  }

  private static long waitS(HttpResponse<byte[]> response) {
    String after = response.headers().firstValue("Retry-After").orElse("1");
    return after.matches("[0-9]{1,4}") ? Math.min(Long.parseLong(after), WAIT_MAX_S) : 1;
  }
}
