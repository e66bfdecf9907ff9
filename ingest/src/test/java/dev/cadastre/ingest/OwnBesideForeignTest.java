package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sender says of its own event, with another system's record as the event's body. */
class OwnBesideForeignTest {
  private static final String FALCO =
      "{\"output\":\"x\",\"priority\":\"Error\",\"rule\":\"rr\",\"time\":\"2026-03-02T13:00:19Z\","
          + "\"output_fields\":{\"evt.type\":\"open\"}}";
  private static final String OPA =
      "{\"decision_id\":\"1\",\"labels\":{},\"timestamp\":\"2026-03-02T09:00:01Z\","
          + "\"path\":\"a/allow\",\"result\":true}";
  private static final String VAULT =
      "{\"time\":\"2026-03-02T09:00:01Z\",\"type\":\"request\",\"auth\":{},\"request\":{\"id\":\"r\","
          + "\"operation\":\"read\",\"path\":\"secret/data/x\"}}";
  private static final String KUBERNETES =
      "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"auditID\":\"a1\","
          + "\"stage\":\"RequestReceived\",\"requestURI\":\"/api\",\"verb\":\"get\",\"user\":{}}";
  private static final String CLOUDTRAIL =
      "{\"eventVersion\":\"1.08\",\"eventSource\":\"s3.amazonaws.com\",\"eventName\":\"GetObject\","
          + "\"eventTime\":\"2026-03-02T09:00:01Z\",\"eventID\":\"ct\",\"awsRegion\":\"eu-central-1\","
          + "\"managementEvent\":false,\"userIdentity\":{}}";
  private static final List<String> BODIES =
      List.of("x", FALCO, OPA, VAULT, KUBERNETES, CLOUDTRAIL);

  private static String quoted(String text) {
    return new String(Json.of(text).jcs(), StandardCharsets.UTF_8);
  }

  private static String text(String name, String text) {
    return "{\"key\":\"" + name + "\",\"value\":{\"stringValue\":" + quoted(text) + "}}";
  }

  private static List<CaseFile.Kept> kept(String region, String... records) {
    String request =
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":["
            + text("cloud.provider", "aws")
            + ","
            + text("cloud.region", region)
            + "]},\"scopeLogs\":[{\"logRecords\":["
            + String.join(",", records)
            + "]}]}]}";
    return CaseFile.kept("record.otlp.json", request.getBytes(StandardCharsets.UTF_8));
  }

  private static String record(String name, String body, String... attributes) {
    return "{\"eventName\":\""
        + name
        + "\",\"body\":{\"stringValue\":"
        + quoted(body)
        + "},\"attributes\":["
        + String.join(",", attributes)
        + "]}";
  }

  private static Stream<List<String>> denied() {
    return Stream.of(
        List.of("data.read", text("ledger.location.storage", "aws:us-east-1")),
        List.of("data.export", text("ledger.location.processing", "aws:us-east-1")),
        List.of("backup.done", text("ledger.location.backup", "aws:us-east-1")),
        List.of("flow.edge", text("ledger.location.edge", "aws:us-east-1")),
        List.of("model.load", text("cloud.region", "aws:us-east-1")),
        List.of("", text("ledger.data.category", "x"), text("cloud.region", "aws:us-east-1")),
        List.of(
            "",
            text("audit.action", "READ"),
            text("audit.target.id", "t"),
            text("ledger.location.processing", "aws:us-east-1")),
        List.of(
            "key.use.decrypt",
            text("ledger.key.id", "k"),
            text("ledger.key.region", "aws:us-east-1")));
  }

  @ParameterizedTest
  @MethodSource("denied")
  void noBodyKeepsItFromJudgement(List<String> said) {
    String[] attributes = said.subList(1, said.size()).toArray(String[]::new);
    for (String body : BODIES) {
      CaseFile.Kept kept = kept("eu-central-1", record(said.get(0), body, attributes)).get(0);
      assertTrue(kept.told().contains("violation"), () -> kept.told() + " of " + body);
    }
  }

  @ParameterizedTest
  @MethodSource("denied")
  void noAttributesKeepItFromJudgement(List<String> said) {
    List<String> attributes = new ArrayList<>(said.subList(1, said.size()));
    for (String one : List.of("rule", "source", "hostname")) {
      attributes.add(text(one, "r"));
    }
    attributes.add(text("priority", "Error"));
    String record = record(said.get(0), "x", attributes.toArray(String[]::new));
    CaseFile.Kept kept = kept("eu-central-1", record).get(0);
    assertTrue(kept.told().contains("violation"), kept::told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data.read", "backup.done", "key.use.decrypt", "model.load"})
  void whereItsSenderRunsIsJudgedWithEveryBody(String name) {
    for (String body : BODIES.subList(1, BODIES.size() - 1)) {
      CaseFile.Kept kept = kept("us-east-1", record(name, body)).get(0);
      assertTrue(kept.told().contains("violation"), () -> kept.told() + " of " + body);
      assertEquals(name, kept.event().name());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gen_ai.client.inference.operation.details", "inference", ""})
  void anInferenceIsNotWhereItsCallerRunsWithAnyBody(String name) {
    for (String body : BODIES.subList(0, BODIES.size() - 1)) {
      for (String region : List.of("gen_ai.x", "cloud.region")) {
        CaseFile.Kept kept =
            kept(
                    "eu-central-1",
                    record(
                        name,
                        body,
                        text("gen_ai.operation.name", "chat"),
                        text(region, "eu-central-1"),
                        text("gen_ai.system", "vllm"),
                        text("url.full", "https://api.openai.com/v1")))
                .get(0);
        assertEquals("inference", kept.event().kind().wire(), kept::told);
        assertFalse(kept.told().contains("processing "), () -> kept.told() + " of " + body);
      }
    }
  }

  @Test
  void aPlaceThatBothNameIsTwoPlaces() {
    CaseFile.Kept kept =
        kept(
                "eu-central-1",
                record("", CLOUDTRAIL, text("ledger.location.processing", "aws:us-east-1")))
            .get(0);
    assertTrue(kept.told().contains("aws:eu-central-1 + aws:us-east-1"), kept::told);
    assertTrue(kept.told().contains("violation"), kept::told);
  }

  @Test
  void whatASenderSaysOfAPlaceCorroboratesNothing() {
    String key = "arn:aws:kms:eu-central-1:1:key/k";
    CaseFile.Kept kept =
        kept(
                "eu-central-1",
                record(
                    "",
                    FALCO,
                    text("ledger.key.id", key),
                    text("ledger.key.region", "eu-central-1")))
            .get(0);
    assertTrue(kept.told().contains("key aws:eu-central-1 claimed"), kept::told);
  }

  @Test
  void itsOwnIdAndNameStay() {
    CaseFile.Kept kept =
        kept("eu-central-1", record("", FALCO, text("audit.record.id", "own-1"))).get(0);
    assertEquals("own-1", kept.event().id());
    assertEquals("policy.decision.runtime", kept.event().name());
    List<CaseFile.Kept> both =
        kept("eu-central-1", record("flow.edge", FALCO), record("model.load", FALCO));
    assertEquals(
        List.of("flow.edge", "model.load"), both.stream().map(one -> one.event().name()).toList());
    assertEquals(List.of("", ""), both.stream().map(one -> one.event().id()).toList());
  }

  @Test
  void severalRecordsInOneHaveIdsOfTheirOwn() {
    String batch = "{\"Records\":[" + CLOUDTRAIL + "," + CLOUDTRAIL.replace("ct", "cu") + "]}";
    List<CaseFile.Kept> kept =
        kept("eu-central-1", record("", batch, text("audit.record.id", "own-1")));
    assertEquals(
        List.of("own-1/1", "own-1/2"), kept.stream().map(one -> one.event().id()).toList());
  }

  @Test
  void anOrdinaryLogWithARuleAndAPriorityIsNoAlert() {
    CaseFile.Kept kept =
        kept(
                "eu-central-1",
                record("job.done", "ok", text("rule", "R-17"), text("priority", "Warning")))
            .get(0);
    assertEquals("other", kept.event().kind().wire());
    assertEquals("", kept.open("ledger.source.format"));
  }

  @Test
  void itsIdStaysBesideABodyThatCannotBeRead() {
    String broken = "{\"auditID\":1,\"audit.k8s.io\":,\"verb\":";
    CaseFile.Kept kept =
        kept("eu-central-1", record("incident.x", broken, text("audit.record.id", "own-1"))).get(0);
    assertEquals("own-1", kept.event().id());
    assertEquals("incident", kept.event().kind().wire());
  }
}
