package dev.cadastre.ingest;

import static dev.cadastre.ingest.Otlp.attribute;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ingest.request.Encoding;
import dev.cadastre.ingest.request.IntakeOutcome;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Events that come when an exception of the policy has ended, or is about to. */
class LateEventsTest {
  private static final long HOUR_NS = 3_600_000_000_000L;
  private static final Sender SENDER =
      new Sender("token/0000000a", Optional.of(TestCell.ACME_LOG), true);

  private long nowNs = StubSink.NOW_NS;
  private final StubSink sink =
      new StubSink() {
        @Override
        public long nowNs() {
          return nowNs;
        }
      };

  private LateEventsTest() throws Exception {
    String json =
        """
        {"version":1,"tenant":"acme","categories":{"*":{"default":{"allow":["EU"]}}},
         "exceptions":[{"id":"drill","category":"*","hop":"processing","place":"US",
                        "basis":"Annex 7","until":"%s"}]}
        """
            .replace("%s", instant(StubSink.NOW_NS).toString());
    Policy policy = Policy.fromJson(Json.parseObject(json.getBytes(StandardCharsets.UTF_8)));
    sink.adopted = Optional.of(new AdoptedPolicy(1, policy, Registry.standard()));
  }

  private static Instant instant(long ns) {
    return Instant.ofEpochSecond(ns / 1_000_000_000, ns % 1_000_000_000);
  }

  private Draft sent(long timeNs) throws Exception {
    Intake intake =
        new Intake(
            sink,
            none -> Optional.empty(),
            dev.cadastre.ingest.integrity.TrustedKeys.NONE,
            IngestSettings.DEFAULT,
            new IngestMetrics(),
            new Random(1));
    LogRecord record =
        Otlp.log("data.read", attribute("ledger.location.processing", "aws:us-east-1")).toBuilder()
            .setTimeUnixNano(timeNs)
            .build();
    DecodedRequest batch =
        intake.decode(Signal.LOGS, Encoding.PROTOBUF, Otlp.logs(record).toByteArray());
    List<IntakeOutcome> outcomes = new ArrayList<>();
    intake.take(SENDER, batch, Runnable::run, outcomes::add);
    assertEquals(IntakeOutcome.Accepted.class, outcomes.get(0).getClass(), outcomes::toString);
    List<Draft> last = sink.appended.get(sink.appended.size() - 1);
    return last.get(0);
  }

  private static String verdict(Draft draft) throws Exception {
    RecordEvent event = (RecordEvent) EventCodec.decode(draft.eventJcs());
    return event.verdict().orElseThrow().outcome().wire();
  }

  @Test
  void anEventThatIsDatedBackDoesNotRideOnAnExceptionThatEnded() throws Exception {
    long end = StubSink.NOW_NS;
    nowNs = end - 1;
    assertEquals("exception", verdict(sent(end - 1)));
    nowNs = end + HOUR_NS - 1;
    assertEquals("exception", verdict(sent(end - 1)));
    nowNs = end + HOUR_NS;
    assertEquals("violation", verdict(sent(end - 1)));
    nowNs = end + 30 * 24 * HOUR_NS;
    assertEquals("violation", verdict(sent(end - 24 * HOUR_NS)));
  }

  @Test
  void whatIsReceivedLaterThanItWasJudgedForIsJudgedAgain() throws Exception {
    nowNs = StubSink.NOW_NS - 1;
    long receivedNs = nowNs + 2 * HOUR_NS;
    sink.answer =
        drafts ->
            CompletableFuture.completedFuture(
                drafts.get(0).received().contains(receivedNs)
                    ? StubSink.receipts(drafts)
                    : new AppendResult.Untimely(receivedNs));
    assertEquals("violation", verdict(sent(StubSink.NOW_NS - HOUR_NS)));
    assertEquals(2, sink.appended.size());
  }
}
