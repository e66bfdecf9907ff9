package dev.cadastre.ingest;

import static dev.cadastre.ingest.Otlp.attribute;
import static dev.cadastre.ingest.Otlp.log;
import static dev.cadastre.ingest.Otlp.logs;
import static dev.cadastre.ingest.Otlp.map;
import static dev.cadastre.ingest.Otlp.resource;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.ingest.HttpClientOf.Answer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Exporters send again what they do not know to have arrived; a record is kept once. */
class RepeatTest extends WithCell {

  private static Answer send(LogRecord... records) throws Exception {
    return send(logs(records));
  }

  private static Answer send(ExportLogsServiceRequest request) throws Exception {
    Answer answer = client.protobuf(request.toByteArray());
    assertEquals(200, answer.code(), answer::toString);
    return answer;
  }

  private static LogRecord read(String id, String by) {
    AnyValue twins =
        AnyValue.newBuilder()
            .setArrayValue(
                ArrayValue.newBuilder()
                    .addValues(map(attribute("id", by)))
                    .addValues(map(attribute("id", by))))
            .build();
    return log(
        "data.access",
        attribute("audit.record.id", id),
        attribute("audit.actor.id", by),
        attribute("client.address", "10.1.2.3"),
        attribute("user", twins));
  }

  @Test
  void recordsSentAgainAreKeptOnceInWhateverCompany() throws Exception {
    assertFalse(send(read("a", "alice"), read("b", "bob")).logs().hasPartialSuccess());
    assertFalse(send(read("c", "carol"), read("b", "bob")).logs().hasPartialSuccess());
    assertFalse(send(read("a", "alice"), read("a", "alice")).logs().hasPartialSuccess());
    assertEquals(List.of("a", "b", "c"), kept().stream().map(RecordEvent::id).toList());
    assertEquals(4, cell.disclosures(TestCell.ACME_LOG, 0).size());
    String metrics = cell.scraped.text();
    assertTrue(metrics.contains("cadastre_ingest_repeated_records_total{signal=\"logs\"} "));
  }

  @Test
  void recordsThatShareAPrivateResourceAreKeptOnceToo() throws Exception {
    ExportLogsServiceRequest both =
        logs(resource(attribute("user.name", "alice")), read("r1", "x"), read("r2", "x"));
    ExportLogsServiceRequest one = logs(resource(attribute("user.name", "alice")), read("r2", "x"));
    send(both);
    send(one);
    List<RecordEvent> records = kept();
    assertEquals(2, records.size());
    assertNotEquals(
        records.get(0).resourceAttributes().sd(), records.get(1).resourceAttributes().sd());
    assertTrue(
        cell.disclosures(TestCell.ACME_LOG, 1).stream()
            .anyMatch(one2 -> one2.name().equals("user.name")));
  }

  @Test
  void recordsThatCannotBeUnderstoodAreKeptOnceToo() throws Exception {
    LogRecord twice =
        log("x", attribute("audit.record.id", "q1"), attribute("a", 1), attribute("a", 2));
    LogRecord trace =
        log("x", attribute("audit.record.id", "q2")).toBuilder()
            .setTraceId(ByteString.copyFromUtf8("ab"))
            .build();
    for (int i = 0; i < 3; i++) {
      assertTrue(send(twice, read("g" + i, "x"), trace).logs().hasPartialSuccess());
    }
    assertEquals(
        List.of("q1", "g0", "q2", "g1", "g2"), kept().stream().map(RecordEvent::id).toList());
    send(log("x", attribute("audit.record.id", "q1")));
    assertEquals(6, kept().size());
  }

  @Test
  void noDigestTellsThatTwoRecordsNameOnePerson() throws Exception {
    send(read("d1", "dave"), read("d2", "dave"));
    Set<String> digests = new HashSet<>();
    int count = 0;
    for (int i = 0; i < 2; i++) {
      for (Disclosure disclosure : cell.disclosures(TestCell.ACME_LOG, i)) {
        digests.add(disclosure.digest());
        count++;
      }
    }
    assertEquals(8, count);
    assertEquals(8, digests.size());
  }

  @Test
  void anotherRecordUnderTheSameIdIsKeptAndTheSenderHears() throws Exception {
    send(read("e", "erin"));
    Answer answer = send(read("f", "erin"), read("e", "eve"));
    String message = answer.logs().getPartialSuccess().getErrorMessage();
    assertEquals(0, answer.logs().getPartialSuccess().getRejectedLogRecords());
    assertTrue(
        message.startsWith(
            "1 of 2 say something else than an earlier record with the same id; they were kept:"
                + " \"e\" of entry "),
        message);
    assertEquals(3, kept().size());
    assertFalse(send(read("e", "eve")).logs().hasPartialSuccess());
    assertEquals(3, kept().size());
  }

  @Test
  void afterItsKeyWasDestroyedARecordCannotBeRecognizedAndIsKept() throws Exception {
    send(read("g", "gail"), log("data.access", attribute("audit.record.id", "open")));
    cell.ledger.destroyKey(TestCell.ACME_LOG);
    Answer answer =
        send(read("g", "gail"), log("data.access", attribute("audit.record.id", "open")));
    assertTrue(answer.logs().hasPartialSuccess());
    assertEquals(List.of("g", "open", "g"), kept().stream().map(RecordEvent::id).toList());
    send(read("g", "gail"));
    assertEquals(3, kept().size());
  }

  @Test
  void recordsWithoutAnIdAreAllKept() throws Exception {
    send(log("data.access"), log("data.access"));
    assertEquals(2, kept().size());
  }
}
