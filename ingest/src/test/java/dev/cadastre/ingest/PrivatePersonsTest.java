package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ingest.HttpClientOf.Answer;
import dev.cadastre.proof.event.Disclosure;
import dev.cadastre.proof.event.Kind;
import dev.cadastre.proof.event.Names;
import dev.cadastre.proof.event.RecordEvent;
import dev.cadastre.proof.json.JcsWriter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Persons in what senders are free to write: kept, and kept privately. */
class PrivatePersonsTest {
  private static final String ANNA = "anna.berg@example.com";

  @TempDir static Path directory;
  private static TestCell cell;
  private static HttpClientOf client;

  @BeforeAll
  static void open() throws Exception {
    cell = new TestCell(directory);
    client = new HttpClientOf(cell);
  }

  @AfterAll
  static void close() {
    cell.close();
  }

  @BeforeEach
  void begin() throws Exception {
    cell.mark();
  }

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
