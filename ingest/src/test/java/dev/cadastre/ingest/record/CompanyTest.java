package dev.cadastre.ingest.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.residency.Locator;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.Otlp;
import dev.cadastre.ingest.StubSink;
import dev.cadastre.ingest.TestCell;
import dev.cadastre.ingest.integrity.TrustedKeys;
import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ingest.otlp.OtlpProtobuf;
import dev.cadastre.ingest.otlp.ReceivedRecord;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.RequestBounds;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.wire.RandomRecords;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a record does not depend on the records that come with it, though much is read,
 * located and judged once for all of them.
 */
class CompanyTest {
  private static final int REQUESTS = 400;
  private static final int RECORDS = 40;
  private static final List<String> PLACES =
      List.of("eu-central-1", "us-east-1", "aws:eu-west-1", "customer-held", "nowhere", "");
  private static final List<String> NAMES =
      List.of(
          Names.LOCATION_PROCESSING,
          Names.LOCATION_STORAGE,
          Names.LOCATION_OPERATOR,
          Names.KEY_REGION,
          Names.KEY_CUSTODY,
          Names.DATA_CATEGORY,
          Names.CLOUD_REGION,
          Names.CLOUD_PROVIDER,
          Names.SERVER_ADDRESS,
          Names.INFERENCE_REGION_ACTUAL);

  private static final String POLICY =
      "{\"categories\":{\"*\":{\"default\":{\"allow\":[\"EU\"]}}},\"keys\":{\"allow\":[\"EU\"],"
          + "\"custody\":[\"customer-held\"]},\"operators\":{\"countries\":[\"DE\"]},"
          + "\"tenant\":\"acme\",\"version\":1}";

  private static final RandomGenerator SALTS = () -> 0;

  private final Sender sender = new Sender("token/00000000", Optional.empty(), true);
  private int judged;

  @Test
  void togetherOrAloneARecordBecomesTheSame() throws Exception {
    RandomRecords records = new RandomRecords(11);
    Random random = new Random(12);
    Policy policy = Policy.fromJson(Json.parseObject(POLICY.getBytes(StandardCharsets.UTF_8)));
    StubSink sink =
        new StubSink() {
          @Override
          public Optional<AdoptedPolicy> policy(LogName log) {
            return Optional.of(new AdoptedPolicy(1, policy, Registry.standard()));
          }
        };
    for (int request = 0; request < REQUESTS; request++) {
      Resource resource =
          Resource.newBuilder()
              .addAttributes(Otlp.attribute("cloud.region", PLACES.get(request % 3)))
              .addAttributes(Otlp.attribute(Names.TENANT_ID, TestCell.ACME_LOG.value()))
              .build();
      List<LogRecord> logs = new ArrayList<>();
      for (int i = 0; i < RECORDS; i++) {
        logs.add(placed(records.next(), random));
      }
      List<Draft> together =
          Preparation.prepare(sender, encoded(resource, logs), sink, TrustedKeys.NONE, SALTS)
              .drafts();
      assertEquals(RECORDS, together.size());
      for (int i = 0; i < RECORDS; i++) {
        DecodedRequest one = decoded(resource, logs.get(i));
        Draft alone =
            Preparation.prepare(sender, one, sink, TrustedKeys.NONE, SALTS).drafts().get(0);
        assertEquals(text(alone), text(together.get(i)));
        assertEquals(alone.disclosures(), together.get(i).disclosures());
        judgedAsVerifiersDo(together.get(i), policy);
      }
    }
    assertTrue(judged > REQUESTS, judged + " verdicts");
  }

  /** Verifiers judge the whole event. */
  private void judgedAsVerifiersDo(Draft draft, Policy policy) throws Exception {
    RecordEvent event = (RecordEvent) EventCodec.decode(draft.eventJcs());
    Optional<Verdict> verdict = event.verdict();
    assertEquals(Locator.locate(event, Registry.standard()), event.locations());
    if (verdict.isPresent()) {
      assertEquals(
          Judge.judge(event, policy, Registry.standard(), 1, StubSink.NOW_NS), verdict.get());
      judged++;
    }
  }

  /** Half of the records say where; names that come twice make a record undecodable. */
  private static LogRecord placed(LogRecord log, Random random) {
    LogRecord.Builder placed = log.toBuilder();
    for (int i = random.nextInt(4) - 1; i > 0; i--) {
      KeyValue said =
          Otlp.attribute(
              NAMES.get(random.nextInt(NAMES.size())), PLACES.get(random.nextInt(PLACES.size())));
      placed.addAttributes(said);
    }
    return random.nextBoolean() ? placed.setEventName("key.use").build() : placed.build();
  }

  private static DecodedRequest encoded(Resource resource, List<LogRecord> logs) throws Rejected {
    byte[] request =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder()
                    .setResource(resource)
                    .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(logs)))
            .build()
            .toByteArray();
    return OtlpProtobuf.decode(Signal.LOGS, request, RequestBounds.of(64 << 20, RECORDS));
  }

  private static DecodedRequest decoded(Resource resource, LogRecord log) {
    return new DecodedRequest(
        Signal.LOGS,
        List.of(
            new DecodedRequest.Group(
                resource,
                "",
                InstrumentationScope.getDefaultInstance(),
                "",
                List.of(new ReceivedRecord.Decoded(log)))));
  }

  private static String text(Draft draft) {
    return new String(draft.eventJcs(), StandardCharsets.UTF_8);
  }
}
