package dev.cadastre.ingest.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ingest.CaseFile;
import dev.cadastre.ingest.Otlp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small inputs as clients, clouds and clusters write them, and what the log says of each. */
class CasesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "inference-without-host.otlp.json; inference | unproven no-rule",
        "inference-host-with-port.otlp.json; inference | unproven no-rule",
        "inference-at-another-cloud.otlp.json; inference | unproven no-rule",
        "bedrock-ran-elsewhere-with-host.cloudtrail.json;"
            + " inference | gateway aws:eu-central-1 claimed | processing aws:us-east-1 claimed"
            + " | violation *.default",
        "bedrock-ran-elsewhere.cloudtrail.json;"
            + " inference | gateway aws:eu-central-1 claimed | processing aws:us-east-1 claimed"
            + " | violation *.default",
        "bedrock-global-profile.cloudtrail.json;"
            + " inference | processing aws:global claimed | unproven *.default",
        "actual-region-against-endpoint.otlp.json;"
            + " inference | processing aws:us-east-1 + aws:eu-central-1 contradicted"
            + " | violation *.default",
        "two-current-locations.gcp.json;"
            + " data.access | processing gcp:europe-west3 + gcp:us-central1 claimed"
            + " | storage gcp:europe-west3 + gcp:us-central1 claimed | violation *.default",
        "patch-with-a-member-twice.kubernetes.ndjson; data.access | unproven no-rule",
        "secret-write-past-a-webhook.kubernetes.json; data.access | unproven no-rule",
        "key-of-a-multi-region.gcp.json;"
            + " key.use | key gcp:europe corroborated | processing gcp:europe claimed"
            + " | unproven keys.custody",
      })
  void everyCaseIsJudgedWhereItWas(String file, String told) {
    assertEquals(told.replace("*.default", "*.processing"), rules(CaseFile.told(file)));
  }

  /** The rule of one hop stands for that of every other. */
  private static String rules(String told) {
    return told.replace(" *.storage", "").replace(" *.gateway", "");
  }

  @Test
  void aShortSpanIdKeepsNothingFromBeingJudged() {
    List<CaseFile.Kept> kept = CaseFile.kept("short-span-id.otlp.json");
    String judged = "data.access | processing aws:us-east-1 claimed | violation *.processing";
    assertEquals(judged, kept.get(0).told());
    assertEquals(judged, kept.get(1).told());
    assertEquals("span_id has 2 bytes; OTLP wants 8 or none", kept.get(0).event().problem());
    assertEquals("0af7651916cd43dd8448eb211c80319c", kept.get(0).event().trace());
    assertEquals("", kept.get(0).event().span());
    assertTrue(kept.get(0).disclosed().containsKey("raw"), "what came is kept beside it");
  }

  @Test
  void whatAdmissionSaidOfASecretStandsBesideTheAccess() {
    CaseFile.Kept kept = CaseFile.kept("secret-write-past-a-webhook.kubernetes.json").get(0);
    assertEquals("data.write", kept.event().name());
    assertEquals("admitted", kept.open("k8s.admission.decision"));
  }

  @Test
  void aClientsBodyIsKeptByItsHashAndTheRecordAroundItIsRead() {
    CaseFile.Kept kept = CaseFile.kept("patch-with-a-member-twice.kubernetes.ndjson").get(0);
    assertEquals("trial-13/ResponseComplete", kept.event().id());
    assertEquals("", kept.event().problem());
    assertTrue(kept.hidden("ledger.source.record").contains("\"a\": \"2\""), "kept to the byte");
    assertFalse(kept.entry().contains("ines.falk"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"n\": 1e400}", "[[[1e400]]]", "{\"a\": {\"b\": {\"c\": 1, \"c\": 2}}}"})
  void whateverTheClientSentTheRecordAroundItIsRead(String body) {
    String record =
        new String(CaseFile.bytes("patch-with-a-member-twice.kubernetes.ndjson"), UTF_8)
            .replace("{\"data\": {\"a\": \"1\", \"a\": \"2\"}}", body);
    assertTrue(record.contains(body));
    assertEquals(
        Kind.DATA_ACCESS, CaseFile.kept("x.ndjson", record.getBytes(UTF_8)).get(0).event().kind());
    String deep = "[".repeat(96) + "]".repeat(96);
    String nested = record.replace(body, deep);
    assertEquals(
        Kind.DATA_ACCESS, CaseFile.kept("x.ndjson", nested.getBytes(UTF_8)).get(0).event().kind());
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  @Test
  void whoeverImportsARecordThatDoesNotSayWhereItsVaultIsMaySayIt() {
    String file = "key-vault-without-location.azure.json";
    assertEquals("key.use | unproven keys.custody place.unknown", sorted(CaseFile.told(file)));
    String told =
        "key.use | key azure:westeurope claimed | processing azure:westeurope claimed"
            + " | unproven assurance.key keys.custody";
    assertEquals(
        told,
        CaseFile.imported(file, Otlp.attribute("cloud.region", "azure:westeurope")).get(0).told());
    VaultPlaces vaults = new VaultPlaces(Map.of("vault-eu", "azure:westeurope"));
    assertEquals(told, CaseFile.imported(file, vaults).get(0).told());
    VaultPlaces others = new VaultPlaces(Map.of("vault", "azure:westeurope"));
    assertEquals("", place(CaseFile.imported(file, others).get(0)));
    String stated = "azure:eastus";
    assertEquals(
        "azure:eastus",
        place(CaseFile.imported(file, vaults, Otlp.attribute("cloud.region", stated)).get(0)));
  }

  private static String sorted(String told) {
    return told.replace("place.unknown keys.custody", "keys.custody place.unknown");
  }

  private static String place(CaseFile.Kept kept) {
    Location key = kept.event().locations().get(Hop.KEY);
    return key == null ? "" : key.place();
  }

  private static RecordEvent json(String record) {
    return jsons("", record).get(0).event();
  }

  private static List<CaseFile.Kept> jsons(String resource, String records) {
    String request =
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":["
            + resource
            + "]},\"scopeLogs\":[{\"logRecords\":["
            + records
            + "]}]}]}";
    return CaseFile.kept("record.otlp.json", request.getBytes(UTF_8));
  }

  private static final String IN_OHIO =
      "{\"key\":\"ledger.location.processing\",\"value\":{\"stringValue\":\"aws:us-east-2\"}}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"timeUnixNano\":\"-5\",\"attributes\":[IN_OHIO]",
        "\"timeUnixNano\":\"18446744073709551615\",\"attributes\":[IN_OHIO]",
        "\"timeUnixNano\":\"yesterday\",\"attributes\":[IN_OHIO]",
        "\"timeUnixNano\":1e30,\"attributes\":[IN_OHIO]",
        "\"severityNumber\":\"INFO\",\"attributes\":[IN_OHIO]",
        "\"severityNumber\":999,\"attributes\":[IN_OHIO]",
        "\"traceId\":\"xyz\",\"attributes\":[IN_OHIO]",
        "\"spanId\":\"abcd\",\"attributes\":[IN_OHIO]",
        "\"flags\":-1,\"attributes\":[IN_OHIO]",
        "\"attributes\":[IN_OHIO,{\"key\":\"a\",\"value\":{\"stringValue\":7}}]",
        "\"attributes\":[IN_OHIO,{\"key\":\"a\",\"value\":\"b\"}]",
        "\"attributes\":[IN_OHIO,{\"key\":\"a\"},{\"value\":{}},\"x\",7]",
        "\"attributes\":[IN_OHIO],\"attributes\":[]",
        "\"attributes\":[IN_OHIO],\"eventName\":7",
        "\"attributes\":[IN_OHIO,{\"key\":\"_sd\",\"value\":{\"stringValue\":\"x\"}}]",
        "\"attributes\":[IN_OHIO,IN_OHIO]",
        "\"attributes\":[IN_OHIO,{\"key\":\"ledger.location.processing\","
            + "\"value\":{\"stringValue\":\"DE\"}}]",
        "\"attributes\":[{\"key\":\"ledger.location.processing\","
            + "\"value\":{\"stringValue\":\"DE\"}},IN_OHIO]",
        "\"attributes\":[{\"key\":\"ledger.location.processing\","
            + "\"value\":{\"stringValue\":\"DE\",\"stringValue\":\"aws:us-east-2\"}}]",
        "\"attributes\":[IN_OHIO,{\"key\":\"t\",\"value\":{\"stringValue\":\"\\ud800\"}}]",
      })
  void noSlipOfFormKeepsARecordFromJudgement(String members) {
    RecordEvent event =
        json("{\"eventName\":\"data.read\"," + members.replace("IN_OHIO", IN_OHIO) + "}");
    assertEquals(Kind.DATA_ACCESS, event.kind());
    assertEquals("violation", event.verdict().orElseThrow().outcome().wire(), event::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drill.read",
        "other.read",
        "portal.read",
        "policy.decision",
        "notice.sent",
        "incident",
        "detectors.state",
        "operator.act",
        "location.evidence",
        "publication",
        "admission",
        "x",
        ""
      })
  void noNameKeepsWhatCarriesDataFromJudgement(String name) {
    for (String carried :
        List.of(
            "ledger.data.category",
            "ledger.key.operation",
            "gen_ai.operation.name",
            "gen_ai.request.model",
            "ledger.inference.region.actual")) {
      RecordEvent event =
          json(
              "{\"eventName\":\""
                  + name
                  + "\",\"attributes\":["
                  + IN_OHIO
                  + ",{\"key\":\""
                  + carried
                  + "\",\"value\":{\"stringValue\":\"x\"}}]}");
      assertEquals("violation", event.verdict().orElseThrow().outcome().wire(), name + carried);
    }
  }

  @Test
  void aBodyThatLooksLikeAnotherSystemsKeepsNothingFromJudgement() {
    RecordEvent event =
        json(
            "{\"eventName\":\"data.read\",\"attributes\":["
                + IN_OHIO
                + "],\"body\":{\"stringValue\":\"{\\\"auditID\\\":1,\\\"verb\\\":\"}}");
    assertEquals(Kind.DATA_ACCESS, event.kind());
    assertEquals("violation", event.verdict().orElseThrow().outcome().wire());
    assertTrue(event.body().isEmpty());
    RecordEvent decision =
        json(
            "{\"eventName\":\"data.read\",\"attributes\":["
                + IN_OHIO
                + ",{\"key\":\"ledger.data.category\",\"value\":{\"stringValue\":\"x\"}}"
                + "],\"body\":{\"stringValue\":\"{\\\"decision_id\\\":\\\"1\\\",\\\"labels\\\":{},"
                + "\\\"timestamp\\\":\\\"2026-03-02T09:00:01Z\\\",\\\"path\\\":\\\"a/allow\\\",\\\"result\\\":true}\"}}");
    assertEquals("opa", decision.attributes().string("ledger.source.format").orElse(""));
    assertEquals("violation", decision.verdict().orElseThrow().outcome().wire());
  }
}
