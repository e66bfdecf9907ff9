package dev.cadastre.bench.load;

import dev.cadastre.formats.json.Json;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Load on one OTLP/HTTP server.
 *
 * @param firstId record ids count up from here
 * @param events how many to send in all
 * @param number records a request, or requests a second
 */
record Load(URI server, String token, long firstId, long events, int connections, int number) {
  private static final int VARIETY = 8;
  private static final long BACK_OFF_NS = 20_000_000;
  private static final int OK = 200;

  /** As fast as the server answers: {@code acked}, {@code refused} requests, {@code ns}. */
  Json.Obj flood() throws IOException, InterruptedException {
    AtomicLong next = new AtomicLong();
    AtomicLong acked = new AtomicLong();
    AtomicLong refused = new AtomicLong();
    PreparedRequest[][] requests = PreparedRequest.variety(connections, VARIETY, number);
    long begin = System.nanoTime();
    LoadMain.onEach(connections, connection -> flood(requests[connection], next, acked, refused));
    long took = System.nanoTime() - begin;
    return Json.Obj.builder()
        .put("acked", acked.get())
        .put("refused", refused.get())
        .put("ns", took)
        .build();
  }

  private void flood(
      PreparedRequest[] requests, AtomicLong next, AtomicLong acked, AtomicLong refused)
      throws IOException {
    try (HttpConnection http = new HttpConnection(server, token)) {
      for (int i = 0; ; i++) {
        long first = next.getAndAdd(number);
        if (first >= events) {
          return;
        }
        byte[] request = requests[i % VARIETY].numbered(firstId + first);
        while (http.post(request) != OK) {
          refused.incrementAndGet();
          LockSupport.parkNanos(BACK_OFF_NS);
        }
        acked.addAndGet(number);
      }
    }
  }

  /**
   * Requests of one record, started at even times whether or not the ones before are answered:
   * {@code p50_ns} and {@code p99_ns} from the time a request was due to its answer. The first
   * fifth warms up both sides and does not count.
   */
  Json.Obj paced() throws IOException, InterruptedException {
    long[] latencies = new long[(int) events];
    AtomicLong next = new AtomicLong();
    long begin = System.nanoTime();
    LoadMain.onEach(connections, connection -> paced(begin, next, latencies));
    long[] warm = Arrays.copyOfRange(latencies, latencies.length / 5, latencies.length);
    Arrays.sort(warm);
    return Json.Obj.builder()
        .put("p50_ns", (long) Measurements.quantile(warm, 0.5))
        .put("p99_ns", (long) Measurements.quantile(warm, 0.99))
        .build();
  }

  private void paced(long begin, AtomicLong next, long[] latencies) throws IOException {
    PreparedRequest request = new PreparedRequest(1, 1);
    long interval = 1_000_000_000L / number;
    try (HttpConnection http = new HttpConnection(server, token)) {
      for (long i = next.getAndIncrement(); i < events; i = next.getAndIncrement()) {
        long due = begin + i * interval;
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        int status = http.post(request.numbered(firstId + i));
        if (status != OK) {
          throw new IOException("a request of one record was answered " + status);
        }
        latencies[(int) i] = System.nanoTime() - due;
      }
    }
  }
}
