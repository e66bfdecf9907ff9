package dev.cadastre.ingest;

import dev.cadastre.ingest.gate.FairShare;
import dev.cadastre.ingest.integrity.SignatureResult;
import dev.cadastre.ingest.request.IntakeOutcome;
import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.request.Warnings;
import dev.cadastre.ledger.model.Receipt;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counts what comes in and what becomes of it. Safe for concurrent use. */
public final class IngestMetrics {
  private static final double NANOS = 1e9;

  /** Upper bounds of the latency histogram's buckets, in seconds. */
  private static final double[] BOUNDS = {
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10
  };

  /** The ways in. */
  public enum Transport {
    HTTP,
    GRPC
  }

  private final Map<Signal, LongAdder> records = adders(Signal.class);
  private final Map<Signal, LongAdder> repeats = adders(Signal.class);
  private final Map<Signal, LongAdder> problems = adders(Signal.class);
  private final Map<SignatureResult, LongAdder> signatures = adders(SignatureResult.class);
  private final LongAdder passedOver = new LongAdder();
  private final Map<Transport, LongAdder> accepted = adders(Transport.class);
  private final Map<Transport, Map<Refusal.Reason, LongAdder>> refused =
      new EnumMap<>(Transport.class);
  private final Map<Transport, LongAdder> bytes = adders(Transport.class);
  private final LongAdder[] latency = new LongAdder[BOUNDS.length + 1];
  private final LongAdder latencyNanos = new LongAdder();
  private volatile LongSupplier inFlight = () -> 0;
  private volatile LongSupplier waiting = () -> 0;

  public IngestMetrics() {
    for (Transport transport : Transport.values()) {
      refused.put(transport, adders(Refusal.Reason.class));
    }
    Arrays.setAll(latency, i -> new LongAdder());
  }

  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> keys) {
    Map<E, LongAdder> adders = new EnumMap<>(keys);
    for (E key : keys.getEnumConstants()) {
      adders.put(key, new LongAdder());
    }
    return adders;
  }

  void memory(FairShare share) {
    inFlight = share::held;
    waiting = share::waiting;
  }

  /** Records that are on disk now, and were not before. */
  void kept(Signal signal, List<Receipt> receipts, Warnings warnings) {
    long again = receipts.stream().filter(Receipt::repeat).count();
    at(repeats, signal).add(again);
    at(records, signal).add(receipts.size() - again);
    at(problems, signal).add(warnings.problems());
    passedOver.add(warnings.passedOverCount());
  }

  /** Signatures of senders that were checked, whether or not their records are kept then. */
  void checked(Map<SignatureResult, Integer> results) {
    results.forEach((result, count) -> at(signatures, result).add(count));
  }

  /** Body bytes as they arrived, compressed or not. */
  public void received(Transport transport, long count) {
    at(bytes, transport).add(count);
  }

  /** A request was answered, so long after it began to arrive. */
  public void answered(Transport transport, IntakeOutcome outcome, Duration took) {
    if (outcome instanceof Refusal refusal) {
      at(at(refused, transport), refusal.reason()).increment();
      return;
    }
    at(accepted, transport).increment();
    int bucket = Arrays.binarySearch(BOUNDS, took.toNanos() / NANOS);
    latency[bucket < 0 ? -bucket - 1 : bucket].increment();
    latencyNanos.add(took.toNanos());
  }

  private static <K, V> V at(Map<K, V> map, K key) {
    return java.util.Objects.requireNonNull(map.get(key));
  }

  /** The metric families in the OpenMetrics text format, without the final {@code # EOF}. */
  public String openMetrics() {
    StringBuilder out = new StringBuilder(4096);
    family(out, "cadastre_ingest_records", "counter", "Records on disk.");
    records.forEach((signal, n) -> sample(out, "cadastre_ingest_records_total", signal, n));
    family(out, "cadastre_ingest_repeated_records", "counter", "Records that were there already.");
    repeats.forEach(
        (signal, n) -> sample(out, "cadastre_ingest_repeated_records_total", signal, n));
    family(out, "cadastre_ingest_problem_records", "counter", "Records kept with a problem.");
    problems.forEach(
        (signal, n) -> sample(out, "cadastre_ingest_problem_records_total", signal, n));
    family(out, "cadastre_ingest_spans_passed_over", "counter", "Spans that are no evidence.");
    out.append("cadastre_ingest_spans_passed_over_total ").append(passedOver.sum()).append('\n');
    family(out, "cadastre_ingest_signatures", "counter", "Senders' signatures checked, by result.");
    signatures.forEach((result, n) -> signature(out, result, n));
    family(out, "cadastre_ingest_requests", "counter", "Requests answered, by outcome.");
    for (Transport transport : Transport.values()) {
      request(out, transport, "accepted", at(accepted, transport));
      at(refused, transport).forEach((reason, n) -> request(out, transport, word(reason), n));
    }
    family(out, "cadastre_ingest_received_bytes", "counter", "Body bytes as they arrived.");
    bytes.forEach(
        (transport, n) -> sample(out, "cadastre_ingest_received_bytes_total", transport, n));
    family(out, "cadastre_ingest_in_flight_bytes", "gauge", "Memory that requests hold.");
    out.append("cadastre_ingest_in_flight_bytes ").append(inFlight.getAsLong()).append('\n');
    family(out, "cadastre_ingest_waiting_requests", "gauge", "Requests waiting for memory.");
    out.append("cadastre_ingest_waiting_requests ").append(waiting.getAsLong()).append('\n');
    histogram(out);
    return out.toString();
  }

  private static void family(StringBuilder out, String name, String type, String help) {
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
  }

  private static void sample(StringBuilder out, String name, Enum<?> label, LongAdder value) {
    String key = label instanceof Signal ? "signal" : "transport";
    out.append(name).append('{').append(key).append("=\"").append(word(label)).append("\"} ");
    out.append(value.sum()).append('\n');
  }

  private static void signature(StringBuilder out, SignatureResult result, LongAdder value) {
    out.append("cadastre_ingest_signatures_total{status=\"").append(result.status().wire());
    out.append("\",result=\"").append(word(result)).append("\"} ");
    out.append(value.sum()).append('\n');
  }

  private static void request(
      StringBuilder out, Transport transport, String outcome, LongAdder value) {
    out.append("cadastre_ingest_requests_total{transport=\"").append(word(transport));
    out.append("\",outcome=\"").append(outcome).append("\"} ").append(value.sum()).append('\n');
  }

  private void histogram(StringBuilder out) {
    String name = "cadastre_ingest_request_seconds";
    family(out, name, "histogram", "From first byte to answer, of accepted requests.");
    long count = 0;
    for (int i = 0; i < latency.length; i++) {
      count += latency[i].sum();
      String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
      out.append(name).append("_bucket{le=\"").append(bound).append("\"} ");
      out.append(count).append('\n');
    }
    out.append(name).append("_count ").append(count).append('\n');
    out.append(name).append("_sum ").append(latencyNanos.sum() / NANOS).append('\n');
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
