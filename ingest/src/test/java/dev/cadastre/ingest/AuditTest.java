package dev.cadastre.ingest;

import static dev.cadastre.ingest.HttpClientOf.JSON;
import static dev.cadastre.ingest.HttpClientOf.PROTOBUF;
import static dev.cadastre.ingest.Otlp.attribute;
import static dev.cadastre.ingest.Otlp.log;
import static dev.cadastre.ingest.Otlp.logs;
import static dev.cadastre.ingest.Otlp.resource;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Integrity;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.HttpClientOf.Answer;
import dev.cadastre.ingest.integrity.TestSigner;
import dev.cadastre.proof.detect.ChainHistories;
import dev.cadastre.proof.detect.ChainHistory;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/audit}, requirement by requirement; docs/audit.md points here. */
class AuditTest {
  private static final String PATH = "/v1/audit";
  private static final int RECEIPTS = 1000;

  private static TestSigner signer;
  private static TestCell cell;
  private static HttpClientOf client;

  private int ids;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    signer = TestSigner.ed25519();
    Path trusted = Files.createDirectories(directory.resolve("trust/acme"));
    Files.writeString(trusted.resolve("pay-service.pem"), signer.pem());
    cell = new TestCell(directory);
    client = new HttpClientOf(cell);
  }

  @AfterAll
  static void close() {
    cell.close();
  }

  @BeforeEach
  void mark() throws Exception {
    cell.mark();
  }

  private LogRecord record(KeyValue... more) {
    return named("test-" + System.nanoTime() + "-" + ids++, more);
  }

  private static LogRecord named(String id, KeyValue... more) {
    LogRecord.Builder record =
        log(
            "config.change",
            attribute("audit.record.id", id),
            attribute("audit.actor.id", "svc-deployer"),
            attribute("audit.actor.type", "service"),
            attribute("audit.action", "UPDATE"),
            attribute("audit.outcome", "success"))
            .toBuilder();
    return record.addAllAttributes(List.of(more)).build();
  }

  private static LogRecord without(LogRecord record, String name) {
    List<KeyValue> kept =
        record.getAttributesList().stream().filter(one -> !one.getKey().equals(name)).toList();
    return record.toBuilder().clearAttributes().addAllAttributes(kept).build();
  }

  private static String id(LogRecord record) {
    return record.getAttributes(0).getValue().getStringValue();
  }

  private static Answer send(LogRecord... records) throws Exception {
    return send(Resource.getDefaultInstance(), records);
  }

  private static Answer send(Resource resource, LogRecord... records) throws Exception {
    return client.post(PATH, TestCell.ACME, PROTOBUF, logs(resource, records).toByteArray());
  }

  /** In JSON, whose receipts are easier to read. */
  private static List<Json.Obj> receipts(LogRecord... records) throws Exception {
    StringBuilder items = new StringBuilder();
    for (LogRecord record : records) {
      items.append(items.length() == 0 ? "" : ",").append(json(record));
    }
    String body = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + items + "]}]}]}";
    Answer answer = client.post(PATH, TestCell.ACME, JSON, body.getBytes(StandardCharsets.UTF_8));
    assertEquals(200, answer.code(), answer::toString);
    assertEquals(JSON, answer.header("content-type"));
    return Json.parseObject(answer.body()).objects("receipts");
  }

  private static String json(LogRecord record) {
    List<String> attributes = new ArrayList<>();
    for (KeyValue one : record.getAttributesList()) {
      String value =
          one.getValue().hasIntValue()
              ? "{\"intValue\":" + one.getValue().getIntValue() + "}"
              : "{\"stringValue\":\"" + one.getValue().getStringValue() + "\"}";
      attributes.add("{\"key\":\"" + one.getKey() + "\",\"value\":" + value + "}");
    }
    return "{\"timeUnixNano\":\""
        + record.getTimeUnixNano()
        + "\",\"eventName\":\""
        + record.getEventName()
        + "\",\"attributes\":["
        + String.join(",", attributes)
        + "]}";
  }

  private static BadRequest violations(Answer answer) throws Exception {
    return answer.status().getDetails(0).unpack(BadRequest.class);
  }

  private static void assertNothingKept() throws Exception {
    assertEquals(List.of(), cell.records(TestCell.ACME_LOG));
  }

  @Test
  void everyRecordHasAReceiptInJson() throws Exception {
    LogRecord one = record();
    LogRecord two = record();
    List<Json.Obj> receipts = receipts(one, two);

    assertEquals(2, cell.records(TestCell.ACME_LOG).size());
    assertEquals(id(one), receipts.get(0).str("recordId"));
    assertEquals(id(two), receipts.get(1).str("recordId"));
    for (Json.Obj receipt : receipts) {
      Entry entry =
          cell.ledger.reader(TestCell.ACME_LOG).entry(Long.parseLong(receipt.str("index")));
      assertEquals(Hash.sha256(entry.eventBytes()).hex(), receipt.str("integrityHash"));
      assertEquals(Long.toString(entry.received()), receipt.str("sinkTimestamp"));
      assertEquals(entry.leafHash().hex(), receipt.str("leafHash"));
      assertEquals("test/eu-de/acme", receipt.str("origin"));
      receipt.only("index", "integrityHash", "leafHash", "origin", "recordId", "sinkTimestamp");
    }
  }

  @Test
  void everyRecordHasAReceiptInProtobuf() throws Exception {
    LogRecord one = record();
    Answer answer = send(one);

    assertEquals(200, answer.code(), answer::toString);
    assertEquals(PROTOBUF, answer.header("content-type"));
    assertFalse(answer.logs().hasPartialSuccess());
    UnknownFieldSet receipt =
        UnknownFieldSet.parseFrom(
            answer.logs().getUnknownFields().getField(RECEIPTS).getLengthDelimitedList().get(0));
    Entry entry = newest();
    assertEquals(id(one), text(receipt, 1));
    assertEquals(Hash.sha256(entry.eventBytes()).hex(), text(receipt, 2));
    assertEquals(entry.received(), receipt.getField(3).getFixed64List().get(0));
    assertEquals("test/eu-de/acme", text(receipt, 4));
    assertEquals(entry.index(), receipt.getField(5).getVarintList().get(0));
    assertEquals(entry.leafHash().hex(), text(receipt, 6));
  }

  private static Entry newest() throws Exception {
    return cell.ledger
        .reader(TestCell.ACME_LOG)
        .entry(cell.ledger.reader(TestCell.ACME_LOG).size() - 1);
  }

  private static String text(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().get(0).toStringUtf8();
  }

  @Test
  void whoPrefersABriefAnswerGetsNoReceipts() throws Exception {
    byte[] body = logs(record()).toByteArray();
    Answer answer = client.post(PATH, TestCell.ACME, PROTOBUF, body, "Prefer", "return=minimal");
    assertEquals(200, answer.code(), answer::toString);
    assertEquals(0, answer.body().length);
    assertEquals("return=minimal", answer.header("preference-applied"));
    assertEquals(1, cell.records(TestCell.ACME_LOG).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audit.record.id",
        "audit.actor.id",
        "audit.actor.type",
        "audit.action",
        "audit.outcome"
      })
  void everyMandatoryAttributeIsMandatory(String name) throws Exception {
    LogRecord bare = without(record(), name);
    KeyValue number = attribute(name, 7);
    for (LogRecord wrong :
        List.of(
            bare,
            bare.toBuilder().addAttributes(attribute(name, " ")).build(),
            bare.toBuilder().addAttributes(number).build())) {
      Answer answer = send(record(), wrong, record());
      assertEquals(400, answer.code(), answer::toString);
      assertEquals(PROTOBUF, answer.header("content-type"));
      assertEquals(Code.INVALID_ARGUMENT_VALUE, answer.status().getCode());
      assertEquals(
          List.of("logRecords[1].attributes[\"" + name + "\"]"),
          violations(answer).getFieldViolationsList().stream()
              .map(BadRequest.FieldViolation::getField)
              .toList());
      assertNothingKept();
    }
  }

  @Test
  void timeAndEventNameAreMandatory() throws Exception {
    LogRecord bare = record().toBuilder().clearTimeUnixNano().clearEventName().build();
    assertEquals(
        List.of("logRecords[0].timeUnixNano", "logRecords[0].eventName"),
        violations(send(bare)).getFieldViolationsList().stream()
            .map(BadRequest.FieldViolation::getField)
            .toList());
    assertNothingKept();
  }

  @Test
  void violationsAreToldInJsonToo() throws Exception {
    String body =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":["
            + json(without(record(), "audit.outcome"))
            + "]}]}]}";
    Answer answer = client.post(PATH, TestCell.ACME, JSON, body.getBytes(StandardCharsets.UTF_8));
    assertEquals(400, answer.code(), answer::toString);
    Json.Obj detail = Json.parseObject(answer.body()).objects("details").get(0);
    assertEquals("type.googleapis.com/google.rpc.BadRequest", detail.str("@type"));
    assertEquals(
        "logRecords[0].attributes[\"audit.outcome\"]",
        detail.objects("fieldViolations").get(0).str("field"));
  }

  @Test
  void oneUndecodableRecordRefusesItsBatch() throws Exception {
    byte[] body = Otlp.aroundRaw(new byte[] {(byte) 0xff, 1, 2});
    Answer answer = client.post(PATH, TestCell.ACME, PROTOBUF, body);
    assertEquals(400, answer.code(), answer::toString);
    assertTrue(
        violations(answer).getFieldViolationsList().stream()
            .anyMatch(one -> one.getField().equals("logRecords[1]")),
        answer::toString);
    assertNothingKept();
  }

  @Test
  void whatCouldOnlyBeKeptWithAProblemRefusesItsBatch() throws Exception {
    LogRecord twice = record(attribute("a", "1"), attribute("a", "2"));
    LogRecord tooLarge = record(attribute("a", "x".repeat(100_000)));
    for (LogRecord wrong : List.of(twice, tooLarge)) {
      Answer answer = send(record(), wrong);
      assertEquals(400, answer.code(), answer::toString);
      assertEquals("logRecords[1]", violations(answer).getFieldViolations(0).getField());
      assertNothingKept();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0000b"})
  void idsThatNoReceiptCanBeAskedForByAreRefused(String id) throws Exception {
    assertEquals(400, send(named(id)).code());
    assertEquals(400, send(named("x".repeat(513))).code());
    assertNothingKept();
  }

  @Test
  void theListOfViolationsIsBounded() throws Exception {
    LogRecord[] wrong =
        IntStream.range(0, 5_000)
            .mapToObj(i -> LogRecord.getDefaultInstance())
            .toArray(LogRecord[]::new);
    Answer answer = send(wrong);
    assertEquals(400, answer.code());
    assertEquals(100, violations(answer).getFieldViolationsCount());
    assertTrue(answer.status().getMessage().startsWith("5000 of 5000 records"), answer::toString);
    assertTrue(answer.body().length < 32_000, () -> answer.body().length + " bytes");
  }

  @Test
  void refusalsNeverQuoteValues() throws Exception {
    LogRecord wrong = without(record(attribute("note", "a secret")), "audit.action");
    assertFalse(send(wrong).text().contains("a secret"));
  }

  @Test
  void recordsOfNoKnownTenantAreRefused() throws Exception {
    byte[] body = logs(record()).toByteArray();
    Answer answer = client.post(PATH, TestCell.ALL, PROTOBUF, body);
    assertEquals(400, answer.code(), answer::toString);
    byte[] named = logs(resource(attribute("ledger.tenant.id", "acme")), record()).toByteArray();
    assertEquals(200, client.post(PATH, TestCell.ALL, PROTOBUF, named).code());
  }

  @Test
  void accessAndLimitsAreThoseOfLogs() throws Exception {
    byte[] body = logs(record()).toByteArray();
    assertEquals(401, client.post(PATH, "nobody's", PROTOBUF, body).code());
    assertEquals(403, client.post(PATH, TestCell.VIEWER, PROTOBUF, body).code());
    assertEquals(415, client.post(PATH, TestCell.ACME, "text/plain", body).code());
    byte[] elsewhere =
        logs(resource(attribute("ledger.tenant.id", "globex")), record()).toByteArray();
    assertEquals(403, client.post(PATH, TestCell.ACME, PROTOBUF, elsewhere).code());
    assertNothingKept();
    Answer gzip =
        client.post(PATH, TestCell.ACME, PROTOBUF, Otlp.gzip(body), "Content-Encoding", "gzip");
    assertEquals(200, gzip.code(), gzip::toString);
    assertEquals(200, client.post(PATH, TestCell.ACME, PROTOBUF, new byte[0]).code());
  }

  @Test
  void signedRecordsAreKeptWithWhatWasFound() throws Exception {
    long before = checked("verified", "verified");
    LogRecord signed = signer.sign(record());
    assertEquals(200, send(signer.resource(), signed).code());
    Integrity found = cell.records(TestCell.ACME_LOG).get(0).integrity().orElseThrow();
    assertEquals(Integrity.Status.VERIFIED, found.status(), found::toString);
    assertEquals(List.of("attributes", "name", "time"), found.covers());
    assertTrue(cell.newestEntry(TestCell.ACME_LOG).contains("\"audit.integrity.value\":"));
    assertEquals(before + 1, checked("verified", "verified"));
  }

  @Test
  void signaturesNobodyCanCheckAreKeptAndSaidToBe() throws Exception {
    long before = checked("untrusted", "unknown_key");
    TestSigner stranger = TestSigner.ed25519();
    byte[] body = logs(stranger.resource(), stranger.sign(record())).toByteArray();
    assertEquals(200, client.post(PATH, TestCell.GLOBEX, PROTOBUF, body).code());
    assertEquals(
        Integrity.Status.UNTRUSTED,
        cell.records(TestCell.GLOBEX_LOG).get(0).integrity().orElseThrow().status());
    assertEquals(before + 1, checked("untrusted", "unknown_key"));
  }

  /** How many signatures were checked with that result. */
  private long checked(String status, String result) {
    String sample =
        "cadastre_ingest_signatures_total{result=\"" + result + "\",status=\"" + status + "\"} ";
    return cell.scraped
        .text()
        .lines()
        .filter(line -> line.startsWith(sample))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(sample.length())))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void signaturesThatDoNotHoldAreRefused() throws Exception {
    long before = checked("invalid", "mismatch");
    LogRecord altered = signer.sign(record()).toBuilder().setEventName("other").build();
    Answer answer = send(signer.resource(), record(), altered);
    assertEquals(400, answer.code(), answer::toString);
    assertTrue(
        violations(answer).getFieldViolations(0).getDescription().contains("does not hold"),
        answer::toString);
    assertNothingKept();
    assertEquals(before + 1, checked("invalid", "mismatch"));
  }

  @Test
  void onLogsASignatureThatDoesNotHoldIsKeptAndMarked() throws Exception {
    LogRecord altered =
        signer
            .sign(
                record(
                    attribute("ledger.key.id", "arn:aws:kms:eu-central-1:1:key/1"),
                    attribute("ledger.key.region", "aws:eu-central-1")))
            .toBuilder()
            .setEventName("key.use")
            .build();
    Answer answer = client.protobuf(logs(signer.resource(), altered).toByteArray());
    assertEquals(200, answer.code(), answer::toString);
    assertTrue(
        answer.logs().getPartialSuccess().getErrorMessage().contains("does not hold"),
        answer::toString);
    RecordEvent kept = cell.records(TestCell.ACME_LOG).get(0);
    assertEquals(Integrity.Status.INVALID, kept.integrity().orElseThrow().status());
    assertEquals(Assurance.CLAIMED, kept.locations().get(Hop.KEY).assurance());
    assertEquals("", kept.problem());
  }

  private LogRecord ofAPerson() {
    return without(without(record(), "audit.actor.type"), "audit.actor.id").toBuilder()
        .addAttributes(attribute("audit.actor.type", "user"))
        .addAttributes(attribute("audit.actor.id", "zoe@example.org"))
        .build();
  }

  @Test
  void aRepeatWithPrivateAttributesHasItsFirstReceiptToo() throws Exception {
    Resource resource =
        signer.resource().toBuilder().addAttributes(attribute("user.name", "Zoe")).build();
    LogRecord signed = signer.sign(ofAPerson());
    Answer first = send(resource, signed);
    Answer again = send(resource, signed);
    assertEquals(200, first.code(), first::toString);
    assertEquals(first.logs(), again.logs());
    assertEquals(1, cell.records(TestCell.ACME_LOG).size());
  }

  @Test
  void aSignatureOverPrivateAttributesIsPrivate() throws Exception {
    LogRecord signed = signer.sign(ofAPerson());
    assertEquals(200, send(signer.resource(), signed).code());
    assertFalse(cell.newestEntry(TestCell.ACME_LOG).contains("\"audit.integrity.value\":"));
    assertEquals(
        Integrity.Status.VERIFIED,
        cell.records(TestCell.ACME_LOG).get(0).integrity().orElseThrow().status());
    assertTrue(
        cell.disclosures(TestCell.ACME_LOG, 0).stream()
            .anyMatch(one -> one.name().equals("audit.integrity.value")));
  }

  @Test
  void noSenderWritesWhatWasFoundOfASignature() throws Exception {
    AnyValue forged = Otlp.map(attribute("status", "verified"));
    assertEquals(200, send(record(attribute("integrity", forged))).code());
    assertTrue(cell.records(TestCell.ACME_LOG).get(0).integrity().isEmpty());
  }

  @Test
  void theSameRecordHasTheSameReceipt() throws Exception {
    LogRecord one = record(attribute("note", "sent twice"));
    List<Json.Obj> first = receipts(record(), one);
    List<Json.Obj> again = receipts(one, record(), one);
    assertEquals(first.get(1), again.get(0));
    assertEquals(first.get(1), again.get(2));
    assertEquals(3, cell.records(TestCell.ACME_LOG).size());
  }

  @Test
  void aRepeatHasItsFirstReceiptWhateverIsAddedToItNow() throws Exception {
    LogRecord one = record();
    String body = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + json(one) + "]}]}]}";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Json.Obj first = receipts(one).get(0);
    Answer other =
        client.post(PATH, TestCell.ALL, JSON, inTenant(body).getBytes(StandardCharsets.UTF_8));
    assertEquals(409, other.code(), "a Resource is part of what a record says: " + other);
    Answer again = client.post(PATH, TestCell.ACME, JSON, bytes);
    assertEquals(first, Json.parseObject(again.body()).objects("receipts").get(0));
    assertEquals(first.str("integrityHash"), Hash.sha256(newest().eventBytes()).hex());
  }

  private static String inTenant(String body) {
    String resource =
        "{\"resource\":{\"attributes\":[{\"key\":\"ledger.tenant.id\",\"value\":{\"stringValue\":\"acme\"}}]},";
    return body.replace("{\"scopeLogs\"", resource + "\"scopeLogs\"");
  }

  @Test
  void theSameIdForAnotherRecordIsAConflictAndNothingIsKept() throws Exception {
    LogRecord one = record();
    receipts(one);
    LogRecord other = one.toBuilder().setEventName("config.deleted").build();
    Answer answer = send(record(), other);
    assertEquals(409, answer.code(), answer::toString);
    assertEquals(Code.ALREADY_EXISTS_VALUE, answer.status().getCode());
    BadRequest.FieldViolation found = violations(answer).getFieldViolations(0);
    assertEquals("logRecords[1].attributes[\"audit.record.id\"]", found.getField());
    assertTrue(found.getDescription().contains("of test/eu-de/acme"), found::toString);
    assertEquals(1, cell.records(TestCell.ACME_LOG).size());
  }

  @Test
  void oneIdForTwoRecordsOfARequestIsAConflict() throws Exception {
    LogRecord one = record();
    Answer answer = send(one, one.toBuilder().setEventName("other").build());
    assertEquals(409, answer.code(), answer::toString);
    assertNothingKept();
  }

  @Test
  void anIdIsItsTenantsOwn() throws Exception {
    byte[] body = logs(record()).toByteArray();
    assertEquals(200, client.post(PATH, TestCell.ACME, PROTOBUF, body).code());
    assertEquals(200, client.post(PATH, TestCell.GLOBEX, PROTOBUF, body).code());
    assertEquals(1, cell.records(TestCell.GLOBEX_LOG).size());
  }

  @Test
  void aChainMadeOfReceiptsHoldsAndAnotherIsFoundBroken() throws Exception {
    String hash = "";
    for (int i = 1; i <= 4; i++) {
      KeyValue number = attribute("audit.sequence.number", i);
      KeyValue link = attribute("audit.sequence.prev_hash", i == 4 ? "00".repeat(32) : hash);
      LogRecord linked = i == 1 ? record(number) : record(number, link);
      hash = receipts(linked).get(0).str("integrityHash");
    }
    ChainHistories chains = new ChainHistories();
    long index = 0;
    for (RecordEvent event : cell.records(TestCell.ACME_LOG)) {
      chains.add(index++, event);
    }
    ChainHistory chain = chains.histories().get(0);
    assertEquals(2, chain.links());
    assertEquals(1, chain.broken().count());
    assertEquals(3, chain.broken().runs().get(0).first());
  }
}
