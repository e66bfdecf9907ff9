package dev.cadastre.ingest;

import dev.cadastre.ingest.gate.Authentication;
import dev.cadastre.ingest.gate.FairShare;
import dev.cadastre.ingest.gate.Rates;
import dev.cadastre.ingest.gate.Turns;
import dev.cadastre.ingest.integrity.TrustedKeys;
import dev.cadastre.ingest.location.EvidenceAppraiser;
import dev.cadastre.ingest.otlp.AuditRules;
import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ingest.otlp.EventsBody;
import dev.cadastre.ingest.otlp.NoRecord;
import dev.cadastre.ingest.otlp.OtlpJson;
import dev.cadastre.ingest.otlp.OtlpProtobuf;
import dev.cadastre.ingest.record.Locations;
import dev.cadastre.ingest.record.Preparation;
import dev.cadastre.ingest.request.AuditReceipt;
import dev.cadastre.ingest.request.Encoding;
import dev.cadastre.ingest.request.EventSink;
import dev.cadastre.ingest.request.EventSource;
import dev.cadastre.ingest.request.IntakeOutcome;
import dev.cadastre.ingest.request.InternalErrors;
import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Refusal.Reason;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.SenderDirectory;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.tls.Peers;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.Receipt;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLSession;

/**
 * The way of a request from its bytes to the log, the same for every transport: authenticate,
 * decode, prepare, append, and judge again if a policy was adopted meanwhile. Safe for concurrent
 * use; all but the append runs on the caller's thread.
 */
public final class Intake {
  private static final int ATTEMPTS_MAX = 5;
  public static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(5);

  private final EventSink sink;
  private final IngestSettings settings;
  private final IngestMetrics metrics;
  private final TrustedKeys trusted;
  private final Locations locations;
  private final RandomGenerator random;
  private final Authentication authentication;
  private final FairShare inFlight;
  private final FairShare queued;
  private final Turns turns = new Turns(Runtime.getRuntime().availableProcessors());
  private final Rates rates;

  public Intake(
      Ledger ledger,
      SenderDirectory senders,
      TrustedKeys trusted,
      IngestSettings settings,
      IngestMetrics metrics) {
    this(ledger, senders, trusted, settings, metrics, Optional.empty());
  }

  /**
   * @param trusted whose signatures on records count
   * @param appraiser of evidence of senders' locations; without one no location is ever proven
   */
  public Intake(
      Ledger ledger,
      SenderDirectory senders,
      TrustedKeys trusted,
      IngestSettings settings,
      IngestMetrics metrics,
      Optional<EvidenceAppraiser> appraiser) {
    this(
        EventSink.of(ledger),
        senders,
        trusted,
        settings,
        metrics,
        appraiser,
        ledger.health().queueBytes(),
        new SecureRandom());
  }

  public Intake(
      EventSink sink,
      SenderDirectory senders,
      TrustedKeys trusted,
      IngestSettings settings,
      IngestMetrics metrics,
      RandomGenerator random) {
    this(sink, senders, trusted, settings, metrics, Optional.empty(), Long.MAX_VALUE, random);
  }

  private Intake(
      EventSink sink,
      SenderDirectory senders,
      TrustedKeys trusted,
      IngestSettings settings,
      IngestMetrics metrics,
      Optional<EvidenceAppraiser> appraiser,
      long queueBytes,
      RandomGenerator random) {
    this.sink = sink;
    this.authentication = new Authentication(senders, appraiser.map(Peers::new));
    this.trusted = trusted;
    this.settings = settings;
    this.metrics = metrics;
    this.locations = new Locations(appraiser, settings.vaults());
    this.random = random;
    this.inFlight =
        new FairShare(
            settings.inFlightBytesMax(),
            settings.inFlightBytesMaxOfAll(),
            "the memory for requests");
    this.queued = new FairShare(queueBytes, queueBytes, "the queue to the disk");
    this.rates = new Rates(settings.limits(), System::nanoTime);
    metrics.memory(inFlight);
  }

  public IngestSettings settings() {
    return settings;
  }

  public boolean accepting() {
    return sink.accepting();
  }

  public IngestMetrics metrics() {
    return metrics;
  }

  public FairShare inFlight() {
    return inFlight;
  }

  public Turns turns() {
    return turns;
  }

  /** How large a request of this sender may be, as sent and decompressed. */
  public int requestBytesMax(Sender sender) {
    int its = settings.limits().of(sender.tenant()).requestBytesMax();
    return Math.min(its, settings.requestBytesMax());
  }

  /**
   * Counts a request against its sender's limits, and decodes its frame.
   *
   * @param share of the memory, settled now that the request's size is known
   */
  public DecodedRequest decode(
      Sender sender, Signal signal, Encoding encoding, byte[] body, FairShare.Reservation share)
      throws Rejected {
    return decode(sender, body, share, () -> decode(signal, encoding, body));
  }

  /** The same for what another system sends; see {@link EventsBody}. */
  public DecodedRequest decodeEvents(
      Sender sender,
      EventSource source,
      Optional<LogRecord> binary,
      byte[] body,
      FairShare.Reservation share)
      throws Rejected {
    return decode(
        sender, body, share, () -> EventsBody.decode(source, binary, body, settings.recordsMax()));
  }

  private interface Decoding {
    public DecodedRequest decode() throws Rejected;
  }

  private DecodedRequest decode(
      Sender sender, byte[] body, FairShare.Reservation share, Decoding decoding) throws Rejected {
    rates.bytes(sender, body.length);
    DecodedRequest batch = decoding.decode();
    long records = (long) batch.size() * IngestSettings.RECORD_BYTES;
    share.settle(Math.max(records, (long) IngestSettings.WEIGHT * body.length));
    rates.records(sender, batch.size());
    return batch;
  }

  /** Decodes a request's frame; see {@link OtlpProtobuf} and {@link OtlpJson}. */
  public DecodedRequest decode(Signal signal, Encoding encoding, byte[] body) throws Rejected {
    DecodedRequest batch =
        switch (encoding) {
          case PROTOBUF -> OtlpProtobuf.decode(signal, body, settings.bounds());
          case JSON -> OtlpJson.decode(signal, body, settings.bounds());
        };
    return batch.size() > 0 ? batch : batch.remarked(NoRecord.in(encoding, body).orElse(""));
  }

  /**
   * Who sends, of whom more may come now.
   *
   * @param authorization the {@code Authorization} header as it came
   * @param session of the connection, if it is one over TLS
   * @throws Rejected if that is nobody, or nobody who may send, or nobody who may send now
   */
  public Sender authenticate(Optional<String> authorization, Optional<SSLSession> session)
      throws Rejected {
    Sender sender = authentication.of(authorization, session);
    rates.admit(sender);
    return sender;
  }

  /**
   * Takes a request in and answers once: when every record kept is on disk, or with a refusal, and
   * then the sender may not count on anything. Storage trouble is a refusal that asks to retry.
   *
   * @param executor runs what has to be done again
   * @param answer runs on any thread and must not block
   */
  public void take(
      Sender sender, DecodedRequest batch, Executor executor, Consumer<IntakeOutcome> answer) {
    begin(sender, batch, executor)
        .exceptionally(InternalErrors::refusal)
        .thenAccept(answer)
        .exceptionally(InternalErrors::unanswered);
  }

  /**
   * Takes OTLP logs in protobuf from a transport outside this package, which has made out who
   * sends. The array is not read any more once the answer is there.
   *
   * @return how many records are on disk, synced; empty if the request was refused
   */
  public CompletableFuture<OptionalInt> logs(Sender sender, byte[] protobuf) {
    try {
      DecodedRequest batch = decode(Signal.LOGS, Encoding.PROTOBUF, protobuf);
      return attempt(sender, batch, ForkJoinPool.commonPool(), 1, 0).thenApply(Intake::kept);
    } catch (Rejected e) {
      return CompletableFuture.completedFuture(OptionalInt.empty());
    }
  }

  private static OptionalInt kept(IntakeOutcome outcome) {
    return outcome instanceof IntakeOutcome.Accepted accepted
        ? OptionalInt.of(accepted.receipts().size())
        : OptionalInt.empty();
  }

  private CompletableFuture<IntakeOutcome> begin(
      Sender sender, DecodedRequest batch, Executor executor) {
    try {
      AuditRules.require(batch);
    } catch (Rejected e) {
      return CompletableFuture.completedFuture(e.refusal());
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
    return attempt(sender, batch, executor, 1, 0);
  }

  /**
   * @param leastNs before which the ledger will not have received it, Unix nanoseconds
   */
  private CompletableFuture<IntakeOutcome> attempt(
      Sender sender, DecodedRequest batch, Executor executor, int attempt, long leastNs) {
    Preparation.Prepared prepared;
    try {
      long bytesMax = settings.entriesBytesMax();
      long receivedNs = Math.max(leastNs, sink.nowNs());
      prepared =
          Preparation.prepare(
              sender, batch, sink, trusted, locations, random, bytesMax, receivedNs);
      if (attempt == 1) {
        metrics.checked(prepared.signatures());
      }
      AuditRules.requireNoProblem(batch, prepared.warnings());
    } catch (Rejected e) {
      return CompletableFuture.completedFuture(e.refusal());
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
    if (prepared.drafts().isEmpty()) {
      return CompletableFuture.completedFuture(accepted(batch, prepared, List.of()));
    }
    FairShare.Reservation waiting = queued.reserve(sender.account());
    try {
      waiting.use(bytes(prepared.drafts()));
    } catch (Rejected e) {
      return CompletableFuture.completedFuture(e.refusal());
    }
    return sink.append(prepared.drafts(), AuditRules.onConflict(batch))
        .whenComplete((result, failure) -> waiting.close())
        .thenCompose(
            result ->
                attempt < ATTEMPTS_MAX && mustBeJudgedAgain(result)
                    ? again(sender, batch, executor, attempt + 1, receivedNs(result))
                    : ended(batch, prepared, result, executor));
  }

  private static boolean mustBeJudgedAgain(AppendResult result) {
    return result instanceof AppendResult.StalePolicy || result instanceof AppendResult.Untimely;
  }

  private static long receivedNs(AppendResult result) {
    return result instanceof AppendResult.Untimely untimely ? untimely.receivedNs() : 0;
  }

  /**
   * Receipts of audit records may have to be read from the log, which the ledger's pool must not.
   */
  private CompletableFuture<IntakeOutcome> ended(
      DecodedRequest batch, Preparation.Prepared prepared, AppendResult result, Executor executor) {
    boolean reads =
        batch.signal() == Signal.AUDIT
            && result instanceof AppendResult.Appended appended
            && appended.receipts().stream().anyMatch(Receipt::repeat);
    return reads
        ? CompletableFuture.supplyAsync(() -> outcome(batch, prepared, result), executor)
        : CompletableFuture.completedFuture(outcome(batch, prepared, result));
  }

  private static long bytes(List<Draft> drafts) {
    return drafts.stream().mapToLong(draft -> draft.eventJcs().length).sum();
  }

  private CompletableFuture<IntakeOutcome> again(
      Sender sender, DecodedRequest batch, Executor executor, int attempt, long leastNs) {
    return CompletableFuture.supplyAsync(
            () -> attempt(sender, batch, executor, attempt, leastNs), executor)
        .thenCompose(outcome -> outcome);
  }

  private IntakeOutcome outcome(
      DecodedRequest batch, Preparation.Prepared prepared, AppendResult result) {
    if (result instanceof AppendResult.Appended appended) {
      return accepted(batch, prepared, appended.receipts());
    }
    if (result instanceof AppendResult.Conflict conflict) {
      return AuditRules.conflict(conflict.clashes());
    }
    if (result instanceof AppendResult.Overloaded overloaded) {
      return Refusal.retry(
          Reason.OVERLOADED, "more arrives than can be written", overloaded.retryAfter());
    }
    if (result instanceof AppendResult.Unavailable unavailable) {
      String why =
          unavailable.stopped().isPresent() ? unavailable.why() : "the ledger takes no entries now";
      return Refusal.retry(Reason.UNAVAILABLE, why, LATER);
    }
    return Refusal.retry(
        Reason.UNAVAILABLE, "the tenant's policy keeps changing; nothing was kept", SOON);
  }

  private IntakeOutcome accepted(
      DecodedRequest batch, Preparation.Prepared prepared, List<Receipt> receipts) {
    prepared.warnings().conflicts(receipts);
    metrics.kept(batch.signal(), receipts, prepared.warnings());
    if (batch.signal() == Signal.AUDIT) {
      return new IntakeOutcome.Audited(
          AuditReceipt.of(prepared.drafts(), prepared.ids(), receipts, sink));
    }
    return new IntakeOutcome.Accepted(receipts, prepared.warnings().text());
  }
}
