package dev.cadastre.ingest.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.IngestMetrics;
import dev.cadastre.ingest.IngestSettings;
import dev.cadastre.ingest.Intake;
import dev.cadastre.ingest.SoundDrafts;
import dev.cadastre.ingest.StubSink;
import dev.cadastre.ingest.TestCell;
import dev.cadastre.ingest.answer.AuditAnswers;
import dev.cadastre.ingest.answer.OtlpAnswers;
import dev.cadastre.ingest.integrity.TrustedKeys;
import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The whole way of a request, from its bytes to its answer, over a ledger that takes everything:
 * what arrives there is sound, and the answer is one that a sender's fault deserves.
 */
public final class Way {
  /** What gRPC can carry in a header, whatever was sent. */
  private static final int MESSAGE_CHARS_MAX = 4_000;

  private static final int WARNING_CHARS_MAX = 16_000;
  private static final Set<Refusal.Reason> DESERVED =
      Set.of(
          Refusal.Reason.BAD_DATA,
          Refusal.Reason.FORBIDDEN,
          Refusal.Reason.CONFLICT,
          Refusal.Reason.TOO_LARGE);
  private static final Sender BOUND =
      new Sender("token/00000000", Optional.of(TestCell.ACME_LOG), true);
  private static final Sender FREE = new Sender("token/00000001", Optional.empty(), true);
  private static final IngestSettings SETTINGS =
      new IngestSettings(1 << 20, 1_000, 4 << 20, Duration.ofSeconds(1), Duration.ofSeconds(1));

  private final Optional<AdoptedPolicy> policy;
  private final TrustedKeys trusted;

  public Way() throws Refused {
    this(TrustedKeys.NONE);
  }

  public Way(TrustedKeys trusted) throws Refused {
    this.policy = Optional.of(SoundDrafts.policy());
    this.trusted = trusted;
  }

  /** A sender who may write to one log, or one whose records name their logs. */
  static Sender sender(boolean bound) {
    return bound ? BOUND : FREE;
  }

  /**
   * Sends a request.
   *
   * @return what the ledger was to keep
   * @throws Rejected if the request is refused for what it is
   */
  public List<Draft> send(Signal signal, Encoding encoding, boolean bound, byte[] body)
      throws Rejected {
    StubSink sink = new StubSink();
    sink.adopted = policy;
    Intake intake =
        new Intake(
            sink, token -> Optional.empty(), trusted, SETTINGS, new IngestMetrics(), new Random(1));
    DecodedRequest batch;
    try {
      batch = intake.decode(signal, encoding, body);
    } catch (Rejected e) {
      refused(e.refusal());
      throw e;
    }
    return send(intake, sink, sender(bound), batch);
  }

  private List<Draft> send(Intake intake, StubSink sink, Sender sender, DecodedRequest batch)
      throws Rejected {
    List<IntakeOutcome> outcomes = new ArrayList<>();
    intake.take(sender, batch, Runnable::run, outcomes::add);
    assertEquals(1, outcomes.size(), "answers");
    List<Draft> kept = sink.appended.stream().flatMap(List::stream).toList();
    IntakeOutcome outcome = outcomes.get(0);
    if (outcome instanceof Refusal refusal) {
      refused(refusal);
      assertTrue(kept.isEmpty(), "refused, and kept all the same");
      throw new Rejected(refusal);
    }
    SoundDrafts.require(kept, policy);
    for (Draft draft : kept) {
      boolean own = draft.log().equals(TestCell.ACME_LOG) || draft.log().equals(LogName.CELL);
      assertTrue(own, "a record in the log " + draft.log());
    }
    accepted(batch, kept, outcome);
    return kept;
  }

  private static void accepted(DecodedRequest batch, List<Draft> kept, IntakeOutcome outcome) {
    if (outcome instanceof IntakeOutcome.Audited audited) {
      assertEquals(batch.size(), kept.size());
      assertEquals(kept.size(), audited.receipts().size());
      json(AuditAnswers.receipts(Encoding.JSON, audited.receipts()));
      byte[] answer = AuditAnswers.receipts(Encoding.PROTOBUF, audited.receipts());
      try {
        assertFalse(ExportLogsServiceResponse.parseFrom(answer).hasPartialSuccess());
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    } else if (outcome instanceof IntakeOutcome.Accepted accepted) {
      boolean all = batch.signal() == Signal.TRACES || kept.size() >= batch.size();
      assertTrue(all, kept.size() + " of " + batch.size() + " log records were kept");
      assertEquals(kept.size(), accepted.receipts().size());
      assertTrue(accepted.warning().orElse("").length() <= WARNING_CHARS_MAX);
      json(OtlpAnswers.accepted(batch.signal(), Encoding.JSON, accepted.warning()));
    }
  }

  private static void refused(Refusal refusal) {
    assertTrue(DESERVED.contains(refusal.reason()), refusal.reason() + ": " + refusal.message());
    assertTrue(refusal.message().length() <= MESSAGE_CHARS_MAX, "a message too long for gRPC");
    Status status = refusal.status();
    json(OtlpAnswers.refused(Encoding.JSON, status));
    try {
      byte[] answer = OtlpAnswers.refused(Encoding.PROTOBUF, status);
      assertEquals(refusal.message(), Status.parseFrom(answer).getMessage());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** An answer that any JSON parser reads. */
  private static void json(byte[] answer) {
    try {
      Json.parseObject(answer);
    } catch (Refused e) {
      throw new AssertionError("an answer that is no JSON", e);
    }
  }
}
