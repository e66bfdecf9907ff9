package dev.cadastre.ingest.otlp;

import static dev.cadastre.ingest.Otlp.attribute;
import static dev.cadastre.ingest.Otlp.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.HttpClientOf;
import dev.cadastre.ingest.HttpClientOf.Answer;
import dev.cadastre.ingest.Otlp;
import dev.cadastre.ingest.RawGrpc;
import dev.cadastre.ingest.TestCell;
import dev.cadastre.ingest.WithCell;
import dev.cadastre.ingest.request.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One request of three services, as a Collector batches them, in which one record of each is bad:
 * of the first it cannot be read, of the second it can in part, of the third its ids are wrong.
 */
class OneBadRecordTest extends WithCell {
  private static final List<String> SERVICES = List.of("api", "batch", "crm");
  private static final int RECORDS = 9;

  @BeforeAll
  static void allow() throws Exception {
    cell.allow("EU");
  }

  /** What a sender hears. */
  private record Heard(long rejected, String message) {
    static Heard ofLogs(byte[] answer) throws IOException {
      ExportLogsPartialSuccess part =
          ExportLogsServiceResponse.parseFrom(answer).getPartialSuccess();
      return new Heard(part.getRejectedLogRecords(), part.getErrorMessage());
    }

    static Heard ofTraces(byte[] answer) throws IOException {
      ExportTracePartialSuccess part =
          ExportTraceServiceResponse.parseFrom(answer).getPartialSuccess();
      return new Heard(part.getRejectedSpans(), part.getErrorMessage());
    }

    static Heard ofJson(byte[] answer, String member) throws Exception {
      Json.Obj part = Json.parseObject(answer).obj("partialSuccess");
      return new Heard(Long.parseLong(part.str(member)), part.str("errorMessage"));
    }
  }

  private static MessageLite good(Signal signal, String name) {
    return signal == Signal.TRACES
        ? Otlp.span(name, attribute("ledger.data.category", "x"))
        : Otlp.log(name, attribute("ledger.data.category", "x"));
  }

  /** The third service's: an id of two bytes. */
  private static MessageLite shortId(Signal signal, String name) {
    ByteString two = ByteString.copyFrom(new byte[] {1, 2});
    return signal == Signal.TRACES
        ? Otlp.span(name, attribute("ledger.data.category", "x")).toBuilder()
            .setParentSpanId(two)
            .build()
        : Otlp.log(name, attribute("ledger.data.category", "x")).toBuilder().setSpanId(two).build();
  }

  private static byte[] bad(Signal signal, int service) {
    String name = "data.read." + SERVICES.get(service);
    if (service == 0) {
      return new byte[] {0x0a, 0x7f, 1};
    }
    if (service == 2) {
      return shortId(signal, name).toByteArray();
    }
    byte[] record = good(signal, name).toByteArray();
    String latin = new String(record, StandardCharsets.ISO_8859_1);
    return latin.replace("batch", "b\u00fftch").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] protobuf(Signal signal) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    for (int i = 0; i < SERVICES.size(); i++) {
      byte[] good = good(signal, "data.read." + SERVICES.get(i)).toByteArray();
      ByteArrayOutputStream scope = new ByteArrayOutputStream();
      field(scope, 2, good);
      field(scope, 2, bad(signal, i));
      field(scope, 2, good);
      ByteArrayOutputStream resource = new ByteArrayOutputStream();
      field(
          resource,
          1,
          Otlp.resource(
                  attribute("service.name", SERVICES.get(i)),
                  attribute("cloud.region", "aws:eu-central-1"))
              .toByteArray());
      field(resource, 2, scope.toByteArray());
      field(request, 1, resource.toByteArray());
    }
    return request.toByteArray();
  }

  private static String json(Signal signal) {
    boolean traces = signal == Signal.TRACES;
    String name = traces ? "name" : "eventName";
    String attributes =
        ",'attributes':[{'key':'ledger.data.category','value':{'stringValue':'x'}}]";
    StringBuilder resources = new StringBuilder();
    for (String service : SERVICES) {
      String begin = "{'" + name + "':'data.read." + service + "'" + attributes;
      String bad =
          switch (service) {
            case "api" -> "['secret']";
            case "batch" -> begin + ",'droppedAttributesCount':'many'}";
            default -> begin + ",'" + (traces ? "parentSpanId" : "spanId") + "':'abcd'}";
          };
      resources
          .append(resources.isEmpty() ? "" : ",")
          .append("{'resource':{'attributes':[{'key':'service.name','value':{'stringValue':'")
          .append(service)
          .append("'}},{'key':'cloud.region','value':{'stringValue':'aws:eu-central-1'}}]},'")
          .append(signal.scopes().getJsonName() + "':[{'" + signal.records().getJsonName())
          .append("':[" + begin + "}," + bad + "," + begin + "}]}]}");
    }
    return ("{'" + signal.resources().getJsonName() + "':[" + resources + "]}").replace('\'', '"');
  }

  private static void assertKept(Signal signal, Heard heard) throws Exception {
    assertEquals(0, heard.rejected, "what is kept is not rejected");
    assertTrue(heard.message.startsWith("3 of 9 were kept, but have a problem: "), heard::message);
    for (int position : List.of(1, 4, 7)) {
      assertTrue(heard.message.contains(signal.record() + " " + position + ": "), heard::message);
    }
    List<RecordEvent> kept = cell.records(TestCell.ACME_LOG);
    assertEquals(RECORDS, kept.size());
    for (int i = 0; i < RECORDS; i++) {
      RecordEvent event = kept.get(i);
      assertEquals(
          SERVICES.get(i / 3), event.resourceAttributes().string("service.name").orElse(""));
      assertEquals(i % 3 != 1, event.problem().isEmpty(), event::problem);
      assertEquals(i == 1 ? "other" : "data.access", event.kind().wire());
      if (i != 1) {
        assertEquals("compliant", event.verdict().orElseThrow().outcome().wire());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Signal.class,
      names = {"LOGS", "TRACES"})
  void overHttpInProtobuf(Signal signal) throws Exception {
    Answer answer =
        client.post(signal.path(), TestCell.ACME, HttpClientOf.PROTOBUF, protobuf(signal));
    assertEquals(200, answer.code(), answer::toString);
    assertKept(
        signal,
        signal == Signal.TRACES ? Heard.ofTraces(answer.body()) : Heard.ofLogs(answer.body()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Signal.class,
      names = {"LOGS", "TRACES"})
  void overHttpInJson(Signal signal) throws Exception {
    byte[] body = json(signal).getBytes(StandardCharsets.UTF_8);
    Answer answer = client.post(signal.path(), TestCell.ACME, HttpClientOf.JSON, body);
    assertEquals(200, answer.code(), answer::toString);
    assertKept(signal, Heard.ofJson(answer.body(), signal.rejectedMember()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Signal.class,
      names = {"LOGS", "TRACES"})
  void overGrpc(Signal signal) throws Exception {
    String method = signal == Signal.TRACES ? RawGrpc.TRACES : RawGrpc.LOGS;
    byte[] answer = RawGrpc.send(cell, method, protobuf(signal));
    assertKept(signal, signal == Signal.TRACES ? Heard.ofTraces(answer) : Heard.ofLogs(answer));
  }
}
