package dev.cadastre.ingest;

import static dev.cadastre.ingest.Otlp.attribute;
import static dev.cadastre.ingest.Otlp.log;
import static dev.cadastre.ingest.Otlp.logs;
import static dev.cadastre.ingest.Otlp.resource;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ingest.HttpClientOf.Answer;
import dev.cadastre.ledger.Policies;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.proof.detect.Alert;
import dev.cadastre.proof.detect.Detectors;
import dev.cadastre.proof.detect.OrderViolations;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Habits that undo residency, from the OTLP record to what is found: the verdict and the rules that
 * are broken, what the order of the log violates, and what detectors notice.
 */
class AntiPatternsTest {
  private static final String POLICY =
      """
      {"version":1,"tenant":"acme",
       "categories":{"billing":{"default":{"allow":["DE"]}},
                     "traces":{"default":{"allow":["*"]}},
                     "ci-artifact":{"default":{"allow":["EU"]}},
                     "*":{"default":{"allow":["EU"]}}},
       "keys":{"allow":["DE"],"max-cache":"5m"},
       "exceptions":[{"id":"dr","category":"billing","hop":"backup","place":"US",
                      "basis":"Annex 7","until":"2099-12-31"}]}
      """;

  private static final long S = 1_000_000_000L;
  private static final long NOW = 1_750_000_000L * S;
  private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/1";

  @TempDir private Path directory;
  private TestCell cell;
  private HttpClientOf client;

  @BeforeEach
  void open() throws Exception {
    cell = new TestCell(directory);
    client = new HttpClientOf(cell);
    byte[] json = POLICY.getBytes(StandardCharsets.UTF_8);
    Policies.adopt(
        cell.ledger, TestCell.ACME_LOG, Policy.fromJson(Json.parseObject(json)), POLICY, "test");
  }

  @AfterEach
  void close() {
    cell.close();
  }

  @Test
  void rawLogsShippedToACentralPlaceAreFoundEvenWhereThePolicyAllowsIt() throws Exception {
    send(
        log("data.access", category("logs"), at("storage", "aws:us-east-1")),
        log("data.access", category("telemetry"), at("storage", "aws:eu-west-1")));
    assertEquals(
        List.of(
            "violation *.storage; edge.cross-border, habit.central-logging",
            "compliant; edge.cross-border, habit.central-logging"),
        found());
  }

  private static LogRecord approval(String id, String place) {
    return log(
        "ledger.approval",
        attribute("ledger.approval.id", id),
        attribute("ledger.approval.authority", "Board"),
        attribute("ledger.approval.until", "2099-12-31"),
        attribute("ledger.approval.category", "traces"),
        attribute("ledger.approval.place", place));
  }

  @Test
  void aBackupAbroadIsFoundUnlessAnExceptionOrAnApprovalAllowsIt() throws Exception {
    send(
        approval("CAB-7", "US"),
        log(
            "backup.created",
            category("support"),
            at("storage", "aws:eu-central-1"),
            at("backup", "aws:us-east-1")),
        log(
            "backup.created",
            category("billing"),
            at("storage", "aws:eu-central-1"),
            at("backup", "aws:us-east-1")),
        log(
            "backup.created",
            category("traces"),
            at("storage", "aws:eu-central-1"),
            at("backup", "aws:us-east-1"),
            attribute("ledger.approval.id", "CAB-7")),
        log(
            "backup.created",
            category("traces"),
            at("storage", "aws:eu-central-1"),
            at("backup", "aws:us-east-2"),
            attribute("ledger.approval.id", "CAB-8")));
    assertEquals(
        List.of(
            "unjudged",
            "violation *.backup; edge.cross-border, habit.backup-abroad",
            "exception exceptions.dr; edge.cross-border",
            "compliant; edge.cross-border",
            "compliant; approval.unbound, habit.backup-abroad"),
        found());
  }

  @Test
  void aCallOfAnAnalyticsServiceIsFound() throws Exception {
    send(log("egress.allowed", attribute("server.address", "cdn.segment.com")));
    assertEquals(List.of("unproven place.unknown; habit.analytics-egress"), found());
  }

  @Test
  void aPlaceInferredFromAnAddressIsFound() throws Exception {
    send(
        log(
            "location.evidence",
            attribute("ledger.location.evidence.type", "geoip"),
            attribute("ledger.location.evidence.value", "198.51.100.7")));
    assertEquals(List.of("unjudged; habit.geo-by-ip"), found());
  }

  @Test
  void aKeyCachedWithoutBoundIsFoundByItsStatementAndByItsUse() throws Exception {
    send(
        key("key.unwrap", 0, attribute("ledger.key.ttl_s", 86_400)),
        key("key.unwrap", 10, attribute("ledger.key.ttl_s", 300)),
        key("data.access", 310, category("billing")),
        key("data.access", 311, category("billing")),
        key("key.decrypt", 312));
    assertEquals(
        List.of(
            "violation keys.max-cache",
            "compliant",
            "compliant",
            "compliant; violation keys.cache-expired; key.cached-too-long",
            "compliant; violation keys.cache-expired; key.cached-too-long"),
        found());
  }

  @Test
  void aKeyUsedAfterItsDisableIsFoundAndTheFirstDenialToo() throws Exception {
    send(
        key("key.unwrap", 0),
        key("key.disable", 10),
        key("data.access", 11, category("billing")),
        key("key.unwrap", 12),
        key("key.unwrap", 13, attribute("audit.outcome", "denied")));
    assertEquals(
        List.of(
            "compliant",
            "compliant",
            "compliant; violation keys.disabled; key.used-after-disable",
            "compliant; violation keys.disabled; key.used-after-disable",
            "compliant; key.first-denial"),
        found());
  }

  @Test
  void aBuildArtifactPushedToAnotherRegionIsFound() throws Exception {
    send(
        log(
            "artifact.generated",
            category("ci-artifact"),
            at("storage", "aws:eu-west-1"),
            attribute("ledger.data.object.id", "registry/app@sha256:1")));
    assertEquals(List.of("compliant; edge.cross-border, habit.artifact-moved"), found());
  }

  @Test
  void dataStoredInAnotherRegionThanItIsProcessedInBreaksAPolicyThatNamesThePlace()
      throws Exception {
    send(log("data.access", category("billing"), at("storage", "aws:eu-west-1")));
    assertEquals(List.of("violation billing.storage; edge.cross-border"), found());
  }

  @Test
  void aNewEdgeAcrossABorderIsFoundOnceWithItsApproval() throws Exception {
    LogRecord edge = log("flow.edge", category("traces"), at("storage", "gcp:us-east1"));
    send(edge, edge);
    send(
        log(
            "flow.edge",
            category("traces"),
            at("storage", "gcp:europe-west9"),
            attribute("ledger.approval.id", "CAB-9")));
    assertEquals(
        List.of(
            "compliant; edge.cross-border",
            "compliant",
            "compliant; approval.unbound, edge.cross-border"),
        found());
    assertEquals(
        List.of(
            "DE -> US (storage): first seen for data of category traces, without an approval",
            "CAB-9: no approval of that name holds before it",
            "DE -> FR (storage): first seen for data of category traces, approval CAB-9, which"
                + " binds to nothing: no approval of that name holds before it"),
        details());
  }

  @Test
  void anInferenceAtAGlobalEndpointIsFound() throws Exception {
    send(log("inference", attribute("server.address", "aiplatform.googleapis.com")));
    assertEquals(List.of("unproven no-rule; habit.global-endpoint"), found());
  }

  private static KeyValue category(String name) {
    return attribute("ledger.data.category", name);
  }

  private static KeyValue at(String hop, String place) {
    return attribute("ledger.location." + hop, place);
  }

  private static LogRecord key(String event, long seconds, KeyValue... more) {
    return log(event, more).toBuilder()
        .setTimeUnixNano(NOW + seconds * S)
        .addAttributes(attribute("ledger.key.id", KEY))
        .build();
  }

  /** Sends records of a service that runs in Frankfurt. */
  private void send(LogRecord... records) throws Exception {
    byte[] request =
        logs(
                resource(
                    attribute("service.name", "shop"),
                    attribute("cloud.provider", "aws"),
                    attribute("cloud.region", "eu-central-1")),
                records)
            .toByteArray();
    Answer answer = client.protobuf(request);
    assertEquals(200, answer.code(), answer::toString);
  }

  /** One line a record. */
  private List<String> found() throws Exception {
    OrderViolations order = new OrderViolations();
    Detectors detectors = new Detectors(Registry.standard());
    List<String> lines = new ArrayList<>();
    for (Entry entry : entries()) {
      Event event = EventCodec.decode(entry.eventBytes());
      List<Alert> alerts = detectors.add(entry.index(), entry.received(), event);
      if (event instanceof PolicyAdoption adoption) {
        order.adopt(adoption);
      } else if (event instanceof RecordEvent one) {
        lines.add(line(one, order.add(entry.index(), entry.received(), one), alerts));
      }
    }
    return lines;
  }

  private static String line(RecordEvent event, List<Finding> order, List<Alert> alerts) {
    StringBuilder line =
        new StringBuilder(event.verdict().map(one -> one.outcome().wire()).orElse("unjudged"));
    event.verdict().stream()
        .flatMap(verdict -> verdict.findings().stream())
        .filter(one -> one.outcome() != Outcome.COMPLIANT)
        .forEach(one -> line.append(' ').append(one.rule()));
    order.forEach(one -> line.append("; violation ").append(one.rule()));
    if (!alerts.isEmpty()) {
      List<String> wires = alerts.stream().map(one -> one.kind().wire()).distinct().toList();
      line.append("; ").append(String.join(", ", wires));
    }
    return line.toString();
  }

  private List<String> details() throws Exception {
    Detectors detectors = new Detectors(Registry.standard());
    List<String> details = new ArrayList<>();
    for (Entry entry : entries()) {
      Event event = EventCodec.decode(entry.eventBytes());
      detectors
          .add(entry.index(), entry.received(), event)
          .forEach(alert -> details.add(alert.subject() + ": " + alert.detail()));
    }
    return details;
  }

  private List<Entry> entries() throws Exception {
    LogReader log = cell.ledger.reader(TestCell.ACME_LOG);
    List<Entry> entries = new ArrayList<>();
    log.entries(0, log.size(), entries::add);
    return entries;
  }
}
