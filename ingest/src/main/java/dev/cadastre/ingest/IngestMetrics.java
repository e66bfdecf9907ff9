package dev.cadastre.ingest;

import dev.cadastre.ingest.gate.FairShare;
import dev.cadastre.ingest.integrity.SignatureResult;
import dev.cadastre.ingest.request.IntakeOutcome;
import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.request.Warnings;
import dev.cadastre.ledger.model.Receipt;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counts what comes in and what becomes of it. Safe for concurrent use: counts are adders, which
 * instruments read only when somebody collects.
 */
public final class IngestMetrics {
  private static final double NANOS = 1e9;

  /** Upper bounds of the latency histogram's buckets, in seconds. */
  private static final List<Double> BOUNDS =
      List.of(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0);

  private static final AttributeKey<String> SIGNAL = AttributeKey.stringKey("signal");
  private static final AttributeKey<String> TRANSPORT = AttributeKey.stringKey("transport");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  private static final AttributeKey<String> STATUS = AttributeKey.stringKey("status");
  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");

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
  private final DoubleHistogram latency;
  private volatile LongSupplier inFlight = () -> 0;
  private volatile LongSupplier waiting = () -> 0;

  /** Counts for nobody. */
  public IngestMetrics() {
    this(MeterProvider.noop().get("cadastre"));
  }

  /** Counts for whoever collects the meter. */
  public IngestMetrics(Meter meter) {
    for (Transport transport : Transport.values()) {
      refused.put(transport, adders(Refusal.Reason.class));
    }
    latency =
        meter
            .histogramBuilder("cadastre.ingest.request")
            .setUnit("s")
            .setDescription("From first byte to answer, of accepted requests.")
            .setExplicitBucketBoundariesAdvice(BOUNDS)
            .build();
    ofRecords(meter);
    ofRequests(meter);
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
    latency.record(took.toNanos() / NANOS);
  }

  private static <K, V> V at(Map<K, V> map, K key) {
    return java.util.Objects.requireNonNull(map.get(key));
  }

  private void ofRecords(Meter meter) {
    ofSignals(meter, "cadastre.ingest.records", "Records on disk.", records);
    ofSignals(
        meter, "cadastre.ingest.repeated_records", "Records that were there already.", repeats);
    ofSignals(meter, "cadastre.ingest.problem_records", "Records kept with a problem.", problems);
    meter
        .counterBuilder("cadastre.ingest.spans_passed_over")
        .setDescription("Spans that are no evidence.")
        .buildWithCallback(counter -> counter.record(passedOver.sum()));
    meter
        .counterBuilder("cadastre.ingest.signatures")
        .setDescription("Senders' signatures checked, by result.")
        .buildWithCallback(
            counter ->
                signatures.forEach(
                    (result, n) ->
                        counter.record(
                            n.sum(),
                            Attributes.of(STATUS, result.status().wire(), RESULT, word(result)))));
  }

  private static void ofSignals(
      Meter meter, String name, String help, Map<Signal, LongAdder> adders) {
    meter
        .counterBuilder(name)
        .setDescription(help)
        .buildWithCallback(
            counter ->
                adders.forEach(
                    (signal, n) -> counter.record(n.sum(), Attributes.of(SIGNAL, word(signal)))));
  }

  private void ofRequests(Meter meter) {
    meter
        .counterBuilder("cadastre.ingest.requests")
        .setDescription("Requests answered, by outcome.")
        .buildWithCallback(this::requests);
    meter
        .counterBuilder("cadastre.ingest.received")
        .setUnit("By")
        .setDescription("Body bytes as they arrived.")
        .buildWithCallback(
            counter ->
                bytes.forEach(
                    (transport, n) ->
                        counter.record(n.sum(), Attributes.of(TRANSPORT, word(transport)))));
    meter
        .gaugeBuilder("cadastre.ingest.in_flight")
        .ofLongs()
        .setUnit("By")
        .setDescription("Memory that requests hold.")
        .buildWithCallback(gauge -> gauge.record(inFlight.getAsLong()));
    meter
        .gaugeBuilder("cadastre.ingest.waiting_requests")
        .ofLongs()
        .setDescription("Requests waiting for memory.")
        .buildWithCallback(gauge -> gauge.record(waiting.getAsLong()));
  }

  private void requests(ObservableLongMeasurement counter) {
    for (Transport transport : Transport.values()) {
      request(counter, transport, "accepted", at(accepted, transport));
      at(refused, transport).forEach((reason, n) -> request(counter, transport, word(reason), n));
    }
  }

  private static void request(
      ObservableLongMeasurement counter, Transport transport, String outcome, LongAdder n) {
    counter.record(n.sum(), Attributes.of(TRANSPORT, word(transport), OUTCOME, outcome));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
