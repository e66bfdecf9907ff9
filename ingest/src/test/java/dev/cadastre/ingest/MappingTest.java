package dev.cadastre.ingest;

import static dev.cadastre.ingest.Otlp.attribute;
import static dev.cadastre.ingest.Otlp.log;
import static dev.cadastre.ingest.Otlp.logs;
import static dev.cadastre.ingest.Otlp.map;
import static dev.cadastre.ingest.Otlp.resource;
import static dev.cadastre.ingest.Otlp.span;
import static dev.cadastre.ingest.Otlp.spans;
import static dev.cadastre.ingest.Otlp.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.HttpClientOf.Answer;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a record on its way from OTLP into an entry. */
class MappingTest {
  private static TestCell cell;
  private static HttpClientOf client;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    cell = new TestCell(directory);
    cell.allow("EU");
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

  private static RecordEvent kept(LogRecord record) throws Exception {
    return kept(logs(record).toByteArray());
  }

  private static RecordEvent kept(byte[] request) throws Exception {
    Answer answer = client.protobuf(request);
    assertEquals(200, answer.code(), answer::toString);
    List<RecordEvent> records = cell.records(TestCell.ACME_LOG);
    assertEquals(1, records.size());
    return records.get(0);
  }

  @Test
  void eventsAreJudgedByTheirTenantsPolicy() throws Exception {
    byte[] request =
        logs(
                log("data.access", attribute("ledger.location.processing", "aws:eu-central-1")),
                log("data.access", attribute("ledger.location.processing", "aws:us-east-1")),
                log("incident"))
            .toByteArray();
    assertEquals(200, client.protobuf(request).code());
    List<RecordEvent> records = cell.records(TestCell.ACME_LOG);
    assertEquals(Outcome.COMPLIANT, records.get(0).verdict().orElseThrow().outcome());
    assertEquals(Outcome.VIOLATION, records.get(1).verdict().orElseThrow().outcome());
    assertTrue(records.get(2).verdict().isEmpty());
    assertEquals("aws:us-east-1", records.get(1).locations().get(Hop.PROCESSING).place());
    assertEquals(Assurance.CLAIMED, records.get(1).locations().get(Hop.PROCESSING).assurance());
  }

  @Test
  void logsWithoutPolicyGetNoVerdict() throws Exception {
    Answer answer =
        client.post(
            "/v1/logs",
            TestCell.GLOBEX,
            HttpClientOf.PROTOBUF,
            logs(log("data.access")).toByteArray());
    assertEquals(200, answer.code(), answer::toString);
    assertTrue(cell.records(TestCell.GLOBEX_LOG).get(0).verdict().isEmpty());
  }

  @Test
  void everythingAboutALogRecordIsKept() throws Exception {
    LogRecord log =
        LogRecord.newBuilder()
            .setTimeUnixNano(-1L)
            .setObservedTimeUnixNano(7)
            .setSeverityNumberValue(9)
            .setSeverityText("Information")
            .setBody(text("what happened"))
            .setDroppedAttributesCount(-1)
            .setFlags(1)
            .setTraceId(
                ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6}))
            .setSpanId(ByteString.copyFrom(new byte[] {8, 7, 6, 5, 4, 3, 2, 1}))
            .setEventName("user.logged.in")
            .addAttributes(attribute("log.record.uid", "uid-1"))
            .build();
    RecordEvent event = kept(log);
    assertEquals(-1L, event.time());
    assertEquals(7, event.observed());
    assertEquals(9, event.severity().number());
    assertEquals("Information", event.severity().text());
    assertTrue(event.body().isEmpty(), "of no known kind, so nobody knows what it tells");
    assertEquals(Value.of("what happened"), cell.disclosures(TestCell.ACME_LOG, 0).get(0).value());
    assertEquals(4_294_967_295L, event.dropped());
    assertEquals(1, event.flags());
    assertEquals("01020304050607080900010203040506", event.trace());
    assertEquals("0807060504030201", event.span());
    assertEquals("user.logged.in", event.name());
    assertEquals("uid-1", event.id());
    assertEquals(Kind.OTHER, event.kind());
    assertEquals("", event.problem());
    assertTrue(cell.newestEntry(TestCell.ACME_LOG).contains("\"time\":\"18446744073709551615\""));
  }

  @Test
  void recordIdComesFirstFromTheAuditDraft() throws Exception {
    assertEquals(
        "a",
        kept(log("x", attribute("cloudevents.event_id", "c"), attribute("audit.record.id", "a")))
            .id());
  }

  @Test
  void idsOfZerosAreNone() throws Exception {
    RecordEvent event =
        kept(
            LogRecord.newBuilder()
                .setTraceId(ByteString.copyFrom(new byte[16]))
                .setSpanId(ByteString.copyFrom(new byte[8]))
                .build());
    assertEquals("", event.trace() + event.span() + event.problem());
  }

  @Test
  void contentIsHashedEverywhere() throws Exception {
    LogRecord log =
        log(
                "gen_ai.client.inference.operation.details",
                attribute("gen_ai.input.messages", "SECRET-1"),
                attribute("gen_ai.output.messages", map(attribute("a", "SECRET-2"))),
                attribute("gen_ai", map(attribute("completion", "SECRET-3"))))
            .toBuilder()
            .setBody(map(attribute("choice", "SECRET-4")))
            .build();
    RecordEvent event = kept(log);

    assertEquals(Kind.INFERENCE, event.kind());
    assertEquals(
        Value.hashed("SECRET-1"), event.attributes().get("gen_ai.input.messages").orElseThrow());
    assertTrue(event.body().orElseThrow() instanceof Value.Hashed);
    assertFalse(cell.newestEntry(TestCell.ACME_LOG).contains("SECRET"));
    assertTrue(cell.disclosures(TestCell.ACME_LOG, 0).isEmpty());
  }

  /** Senders and what ships for them wrap attributes in maps and lists of their own. */
  @Test
  void namesCountInWhateverMapTheyAre() throws Exception {
    AnyValue list =
        AnyValue.newBuilder()
            .setArrayValue(
                ArrayValue.newBuilder().addValues(map(attribute("user.email", "SECRET"))))
            .build();
    LogRecord log =
        log(
                "x.y",
                attribute("a", map(attribute("gen_ai.prompt", "SECRET"))),
                attribute("b", map(attribute("c", map(attribute("db.statement", "SECRET"))))),
                attribute("d", map(attribute("user", map(attribute("email", "SECRET"))))),
                attribute("e", list),
                attribute("f", map(attribute("client.address", "SECRET"))),
                attribute("g", map(attribute("open", "yes"))))
            .toBuilder()
            .setBody(map(attribute("attributes", map(attribute("user.email", "SECRET")))))
            .build();
    RecordEvent event = kept(log);
    assertEquals("", event.problem());
    String entry = cell.newestEntry(TestCell.ACME_LOG);
    assertFalse(entry.contains("SECRET"), entry);
    assertTrue(entry.contains("\"open\":\"yes\""), entry);
  }

  @Test
  void contentOfASpansEventsIsHashed() throws Exception {
    Span span =
        span("chat", attribute("gen_ai.operation.name", "chat")).toBuilder()
            .addEvents(
                Span.Event.newBuilder()
                    .setName("gen_ai.content.prompt")
                    .addAttributes(attribute("gen_ai.prompt", "SECRET")))
            .addEvents(
                Span.Event.newBuilder()
                    .setName("gen_ai.user.message")
                    .addAttributes(attribute("content", "SECRET")))
            .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
            .build();
    Answer answer =
        client.post("/v1/traces", TestCell.ACME, HttpClientOf.PROTOBUF, spans(span).toByteArray());
    assertEquals(200, answer.code(), answer::toString);
    String entry = cell.newestEntry(TestCell.ACME_LOG);
    assertFalse(entry.contains("SECRET"), entry);
    assertTrue(entry.contains("gen_ai.content.prompt"), entry);
    assertTrue(entry.contains("\"kind\":3"), entry);
  }

  @Test
  void privateAttributesBecomeDigestsOfWhatTheVaultHolds() throws Exception {
    RecordEvent event =
        kept(
            logs(
                    resource(attribute("user.name", "ALICE-0")),
                    log(
                        "data.access",
                        attribute("audit.actor.id", "ALICE-1"),
                        attribute("client.address", "ALICE-2"),
                        attribute("open", "yes")))
                .toByteArray());
    assertEquals(2, event.attributes().sd().size());
    assertEquals(1, event.resourceAttributes().sd().size());
    assertEquals("yes", event.attributes().string("open").orElseThrow());
    assertFalse(cell.newestEntry(TestCell.ACME_LOG).contains("ALICE"));
    List<Disclosure> disclosures = cell.disclosures(TestCell.ACME_LOG, 0);
    assertEquals(
        List.of("audit.actor.id", "client.address", "user.name"),
        disclosures.stream().map(Disclosure::name).sorted().toList());
  }

  @Test
  void machinesAreNoPersons() throws Exception {
    RecordEvent event =
        kept(
            log(
                "data.access",
                attribute("audit.actor.id", "billing"),
                attribute("audit.actor.type", "service")));
    assertEquals("billing", event.attributes().string("audit.actor.id").orElseThrow());
  }

  @Test
  void duplicateAttributesKeepNothingFromBeingJudged() throws Exception {
    LogRecord log = log("data.access", attribute("a", 1), attribute("a", 2));
    RecordEvent event = kept(log);
    assertEquals(Kind.DATA_ACCESS, event.kind());
    assertTrue(event.verdict().isPresent());
    assertTrue(event.problem().contains("\"a\" appears twice"), event::problem);
    Value.Text raw = (Value.Text) cell.disclosures(TestCell.ACME_LOG, 0).get(0).value();
    assertEquals(log, LogRecord.parseFrom(Base64.getDecoder().decode(raw.text())));
  }

  @Test
  void reservedNamesAndBadIdsAndDepthKeepNothingFromBeingJudged() throws Exception {
    AnyValue deep = text("x");
    for (int i = 0; i <= Value.MAX_DEPTH; i++) {
      deep = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(deep)).build();
    }
    LogRecord shortId =
        LogRecord.newBuilder()
            .setEventName("data.access")
            .setTraceId(ByteString.copyFrom(new byte[] {1, 2}))
            .build();
    byte[] request =
        logs(
                log("data.access", attribute("_sd", "x")),
                log("data.access", attribute("m", map(attribute("...", "x")))),
                shortId,
                log("data.access", attribute("deep", deep)))
            .toByteArray();
    Answer answer = client.protobuf(request);
    assertEquals(200, answer.code(), answer::toString);
    List<RecordEvent> records = cell.records(TestCell.ACME_LOG);
    assertEquals(4, records.size());
    for (RecordEvent one : records) {
      assertEquals(Kind.DATA_ACCESS, one.kind());
      assertTrue(one.verdict().isPresent());
      assertFalse(one.problem().isEmpty());
      assertEquals(1, one.attributes().sd().size());
    }
  }

  @Test
  void slipsOfAResourceKeepNothingFromBeingJudged() throws Exception {
    RecordEvent event =
        kept(
            logs(resource(attribute("a", 1), attribute("a", 2)), log("data.access")).toByteArray());
    assertEquals(Kind.DATA_ACCESS, event.kind());
    assertTrue(event.verdict().isPresent());
    assertTrue(event.problem().startsWith("resource: "), event::problem);
    assertEquals(1, event.resourceAttributes().sd().size());
  }

  @Test
  void hugeAttributesAreHashedAndTheEntrySaysSo() throws Exception {
    String huge = "h".repeat(10_000_000);
    RecordEvent event =
        kept(
            log(
                "data.access",
                attribute("huge", huge),
                attribute("ledger.location.processing", "aws:us-east-1")));
    assertEquals(Kind.DATA_ACCESS, event.kind());
    assertEquals(Value.hashed(huge), event.attributes().get("huge").orElseThrow());
    assertTrue(event.problem().contains("\"huge\""), event::problem);
    assertEquals(Outcome.VIOLATION, event.verdict().orElseThrow().outcome());
  }

  @Test
  void hugePrivateAttributesAreHashedInTheVault() throws Exception {
    String huge = "h".repeat(200_000);
    kept(log("data.access", attribute("user.name", huge)));
    assertEquals(Value.hashed(huge), cell.disclosures(TestCell.ACME_LOG, 0).get(0).value());
  }

  @Test
  void recordsOfThousandsOfAttributesAreKeptByTheirHash() throws Exception {
    KeyValue[] many =
        IntStream.range(0, 10_000)
            .mapToObj(i -> attribute("attribute.number." + i, i))
            .toArray(KeyValue[]::new);
    RecordEvent event = kept(log("data.access", many));
    assertEquals(Kind.DATA_ACCESS, event.kind());
    assertTrue(event.verdict().isPresent());
    assertTrue(event.problem().contains("too large"), event::problem);
    assertTrue(event.attributes().get("raw").orElseThrow() instanceof Value.Hashed);
  }

  @Test
  void nulBytesAndOddNamesSurvive() throws Exception {
    RecordEvent event =
        kept(log("x\u0000y", attribute("", "empty"), attribute("nul\u0000", "a\u0000b")));
    assertEquals("x\u0000y", event.name());
    assertEquals("a\u0000b", event.attributes().string("nul\u0000").orElseThrow());
    assertEquals("empty", event.attributes().string("").orElseThrow());
  }

  @Test
  void emptyValuesBytesMapsAndMixedListsSurvive() throws Exception {
    AnyValue bytes =
        AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(new byte[] {0, 1})).build();
    AnyValue mixed =
        AnyValue.newBuilder()
            .setArrayValue(
                ArrayValue.newBuilder()
                    .addValues(text("a"))
                    .addValues(AnyValue.newBuilder().setIntValue(1))
                    .addValues(AnyValue.getDefaultInstance()))
            .build();
    RecordEvent event =
        kept(
            log(
                "x",
                attribute("empty", AnyValue.getDefaultInstance()),
                attribute("bytes", bytes),
                attribute("mixed", mixed),
                attribute("map", map(attribute("k", "v")))));
    assertEquals(Value.UNSET, event.attributes().get("empty").orElseThrow());
    assertEquals(Value.of(new byte[] {0, 1}), event.attributes().get("bytes").orElseThrow());
    assertEquals(
        Value.of(List.of(Value.of("a"), Value.of(1), Value.UNSET)),
        event.attributes().get("mixed").orElseThrow());
  }

  @Test
  void sendersCannotReachTheCellsOwnKinds() throws Exception {
    assertEquals(Kind.OTHER, kept(log("operator.act")).kind());
  }
}
