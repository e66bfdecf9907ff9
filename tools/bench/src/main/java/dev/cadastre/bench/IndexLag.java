package dev.cadastre.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How far a served cell's search index is behind its logs, as its metrics say. */
final class IndexLag {
  private static final String METRIC = "cadastre_index_lag_entries ";
  private static final Duration POLL_EVERY = Duration.ofMillis(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpRequest metrics;

  IndexLag(URI portal) {
    metrics = HttpRequest.newBuilder(portal.resolve("/metrics")).build();
  }

  void awaitNone() throws IOException, InterruptedException {
    while (entries() > 0) {
      LockSupport.parkNanos(POLL_EVERY.toNanos());
    }
  }

  private long entries() throws IOException, InterruptedException {
    return http.send(metrics, BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(METRIC))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(METRIC.length())))
        .findFirst()
        .orElseThrow(() -> new IOException("no metric " + METRIC));
  }
}
