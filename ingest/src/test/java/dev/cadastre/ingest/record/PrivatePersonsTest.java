package dev.cadastre.ingest.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.JcsWriter;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.CaseFile;
import dev.cadastre.ingest.HttpClientOf;
import dev.cadastre.ingest.HttpClientOf.Answer;
import dev.cadastre.ingest.Otlp;
import dev.cadastre.ingest.TestCell;
import dev.cadastre.ingest.WithCell;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Persons in what senders are free to write: kept, and kept privately. */
class PrivatePersonsTest extends WithCell {
  private static final String ANNA = "anna.berg@example.com";

  private static LogRecord log(String name, String id) {
    return Otlp.log(name, Otlp.attribute(Names.AUDIT_RECORD_ID, id));
  }

  private static RecordEvent kept(ExportLogsServiceRequest request) throws Exception {
    Answer answer = client.protobuf(request.toByteArray());
    assertEquals(200, answer.code(), answer::toString);
    return cell.records(TestCell.ACME_LOG).get(0);
  }

  private static List<String> disclosed() throws Exception {
    return cell.disclosures(TestCell.ACME_LOG, 0).stream()
        .map(one -> one.name() + "=" + json(one))
        .toList();
  }

  private static AnyValue list(String text) {
    ArrayValue values = ArrayValue.newBuilder().addValues(Otlp.text(text)).build();
    return AnyValue.newBuilder().setArrayValue(values).build();
  }

  private static String json(Disclosure one) {
    JcsWriter writer = new JcsWriter();
    one.value().writeTo(writer);
    return new String(writer.toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void noPersonStandsInAnEntryWhereverASenderWritesOne() throws Exception {
    LogRecord log =
        Otlp.log(
                "data.read." + ANNA,
                Otlp.attribute(Names.AUDIT_RECORD_ID, "r/" + ANNA),
                Otlp.attribute(Names.AUDIT_TARGET_ID, "mailboxes/" + ANNA + "/inbox"),
                Otlp.attribute("custom", "call +49 170 1234567"),
                Otlp.attribute("of " + ANNA, "x"),
                Otlp.attribute("list", list("4111 1111 1111 1111")),
                Otlp.attribute("map", Otlp.map(Otlp.attribute(ANNA, "x"))),
                Otlp.attribute(
                    "deep",
                    Otlp.map(
                        Otlp.attribute(
                            "a", Otlp.map(Otlp.attribute("b", "DE89 3704 0044 0532 0130 00"))))))
            .toBuilder()
            .setSeverityText(ANNA)
            .setBody(Otlp.map(Otlp.attribute("to", ANNA), Otlp.attribute("open", "yes")))
            .build();
    ExportLogsServiceRequest.Builder request =
        Otlp.logs(
            Otlp.resource(Otlp.attribute("owner", ANNA), Otlp.attribute("host.name", "n-1")), log)
            .toBuilder();
    request
        .getResourceLogsBuilder(0)
        .getScopeLogsBuilder(0)
        .setScope(InstrumentationScope.newBuilder().setName("of " + ANNA).setVersion("1"));
    RecordEvent event = kept(request.build());
    String entry = cell.newestEntry(TestCell.ACME_LOG);
    for (String secret : List.of("anna", "1234567", "4111", "3704")) {
      assertFalse(entry.contains(secret), entry);
    }
    assertEquals(Kind.DATA_ACCESS, event.kind());
    assertTrue(entry.contains("\"open\":\"yes\"") && entry.contains("n-1"), entry);
    List<String> kept = disclosed();
    assertEquals(11, kept.size(), kept::toString);
    assertTrue(
        kept.contains("ledger.original.event.name=\"data.read." + ANNA + "\""), kept::toString);
    assertTrue(kept.contains("ledger.original.audit.record.id=\"r/" + ANNA + "\""), kept::toString);
    assertTrue(kept.contains("of " + ANNA + "=\"x\""), kept::toString);
  }

  @Test
  void noPersonStandsInTheAddressOfASchema() throws Exception {
    ExportLogsServiceRequest.Builder request = Otlp.logs(log("data.read", "s-1")).toBuilder();
    request.getResourceLogsBuilder(0).setSchemaUrl("https://schema.example/" + ANNA);
    request.getResourceLogsBuilder(0).getScopeLogsBuilder(0).setSchemaUrl("urn:" + ANNA);
    kept(request.build());
    String entry = cell.newestEntry(TestCell.ACME_LOG);
    assertFalse(entry.contains("anna"), entry);
    List<String> kept = disclosed();
    assertTrue(
        kept.contains("otel.resource.schema_url=\"https://schema.example/" + ANNA + "\""),
        kept::toString);
    assertTrue(kept.contains("otel.scope.schema_url=\"urn:" + ANNA + "\""), kept::toString);
  }

  private static final String VAULT =
      "{\"time\":\"2026-03-02T11:00:01.1Z\",\"type\":\"response\",\"request\":{\"id\":\"v\",\"operation\":\"update\",\"mount_type\":\"ldap\",\"path\":\"%s\"}}";

  private static CaseFile.Kept imported(String record) {
    return CaseFile.kept("records.json", record.getBytes(StandardCharsets.UTF_8)).get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth/ldap/login/",
        "auth/userpass/login/",
        "auth/userpass/users/",
        "auth/corp/ldap/users/",
        "auth/ldap/map/user-id/",
        "team-a/auth/okta/login/",
        "identity/entity/name/",
        "team-a/identity/entity/name/"
      })
  void whoSignsInToVaultIsPrivate(String path) {
    CaseFile.Kept kept = imported(VAULT.replace("%s", path + "anna.berg"));
    assertFalse(kept.entry().contains("anna"), kept.entry());
    assertEquals(path + "(private)", kept.open(Names.AUDIT_TARGET_ID));
    assertTrue(kept.hidden(Names.SOURCE_RECORD).contains("anna.berg"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth/kubernetes/login",
        "auth/approle/role/app",
        "identity/group/name/ops",
        "auth/userpass/users/",
        "sys/mounts/login/x"
      })
  void pathsOfVaultWithoutAPersonStay(String path) {
    assertEquals(path, imported(VAULT.replace("%s", path)).open(Names.AUDIT_TARGET_ID));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::1:user/anna.berg",
        "arn:aws-us-gov:iam::1:user/division/anna.berg",
        "arn:aws:iam::1:mfa/anna.berg",
        "arn:aws:sts::1:assumed-role/app/anna.berg",
        "arn:aws:quicksight:eu-central-1:1:user/default/anna.berg",
        "arn:aws:elasticache:eu-central-1:1:user:anna.berg"
      })
  void aUserThatAnEventOfDataIsAboutIsPrivate(String arn) {
    CaseFile.Kept kept =
        imported(
            "{\"eventVersion\":\"1.11\",\"userIdentity\":{\"type\":\"AWSService\"},\"eventTime\":\"2026-03-02T08:15:30Z\","
                + "\"eventSource\":\"iam.amazonaws.com\",\"eventName\":\"GetUser\",\"awsRegion\":\"eu-central-1\",\"eventID\":\"e\","
                + "\"eventCategory\":\"Data\",\"resources\":[{\"ARN\":\""
                + arn
                + "\"}]}");
    assertEquals(Kind.DATA_ACCESS, kept.event().kind());
    assertFalse(kept.entry().contains("anna"), kept.entry());
    assertEquals(arn, kept.hidden(Names.DATA_OBJECT_ID));
    assertEquals(arn, kept.hidden(Names.AUDIT_TARGET_ID));
  }

  @Test
  void aPersonHasOnePseudonymAllOverALogAndAnotherElsewhere() throws Exception {
    kept(Otlp.logs(log("data.read", "1/" + ANNA), log("data.read", "2/" + ANNA)));
    List<RecordEvent> records = cell.records(TestCell.ACME_LOG);
    String pseudonym = records.get(0).id().substring(2);
    assertEquals("2/" + pseudonym, records.get(1).id());
    assertTrue(pseudonym.matches("person-[a-p]{24}"), pseudonym);
    byte[] request = Otlp.logs(log("data.read", "1/" + ANNA)).toByteArray();
    client.post("/v1/logs", TestCell.GLOBEX, HttpClientOf.PROTOBUF, request);
    String elsewhere = cell.records(TestCell.GLOBEX_LOG).get(0).id();
    assertFalse(elsewhere.endsWith(pseudonym), elsewhere);
  }

  @Test
  void aRecordWithAPersonInItsIdIsKeptOnceAndItsSenderIsToldTheIdItGave() throws Exception {
    LogRecord log =
        Otlp.log(
                "data.read",
                Otlp.attribute(Names.AUDIT_RECORD_ID, "r-9/" + ANNA),
                Otlp.attribute(Names.AUDIT_ACTOR_ID, "svc"),
                Otlp.attribute(Names.AUDIT_ACTOR_TYPE, "service"),
                Otlp.attribute(Names.AUDIT_ACTION, "read"),
                Otlp.attribute(Names.AUDIT_OUTCOME, "success"))
            .toBuilder()
            .setTimeUnixNano(1)
            .build();
    byte[] request = Otlp.logs(log).toByteArray();
    for (int i = 0; i < 2; i++) {
      Answer answer = client.post("/v1/audit", TestCell.ACME, HttpClientOf.PROTOBUF, request);
      assertEquals(200, answer.code(), answer::toString);
      assertTrue(new String(answer.body(), StandardCharsets.UTF_8).contains("r-9/" + ANNA));
    }
    assertEquals(1, cell.count(TestCell.ACME_LOG));
    String id = cell.records(TestCell.ACME_LOG).get(0).id();
    assertEquals(id, LoggedTexts.of(cell.ledger, TestCell.ACME_LOG, "r-9/" + ANNA));
  }

  @Test
  void aPolicySaysWhatIsNobody() throws Exception {
    cell.adopt(
        "{\"categories\":{\"*\":{\"processing\":{\"allow\":[\"DE\"]}}},\"privacy\":{\"safe\":[\"mail.from\",\"support@acme.example\"]},"
            + "\"tenant\":\"acme\",\"version\":1}");
    cell.mark();
    kept(
        Otlp.logs(
            Otlp.log(
                "data.read",
                Otlp.attribute("mail.from", ANNA),
                Otlp.attribute("note", "to support@acme.example"),
                Otlp.attribute("other", "to " + ANNA))));
    RecordEvent event = cell.records(TestCell.ACME_LOG).get(0);
    assertEquals(ANNA, event.attributes().string("mail.from").orElseThrow());
    assertTrue(event.attributes().has("note"));
    assertFalse(event.attributes().has("other"));
  }
}
