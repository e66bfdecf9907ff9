package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.HttpClientOf.Answer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Senders that do not speak OTLP: told so where that is expected, and taken at paths of their own.
 */
class EventsTest extends WithCell {
  private static final String KUBERNETES =
      "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":[{\"level\":\"Metadata\",\"auditID\":\"w-1\","
          + "\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1/namespaces/p/secrets/x\",\"verb\":\"get\",\"user\":{\"username\":\"anna\"},"
          + "\"objectRef\":{\"resource\":\"secrets\",\"namespace\":\"p\",\"name\":\"x\"}}]}";

  private static final String OPA =
      "[{\"decision_id\":\"d-1\",\"labels\":{\"id\":\"i\"},\"path\":\"app/allow\",\"result\":true,\"timestamp\":\"2026-03-02T08:15:30Z\"},"
          + "{\"decision_id\":\"d-2\",\"labels\":{\"id\":\"i\"},\"path\":\"app/allow\",\"result\":false,\"timestamp\":\"2026-03-02T08:15:31Z\"}]";

  private static final String FALCO =
      "{\"uuid\":\"f-1\",\"output\":\"by"
          + " anna\",\"priority\":\"Error\",\"rule\":\"r\",\"source\":\"syscall\",\"time\":\"2026-03-02T08:15:30Z\","
          + "\"output_fields\":{\"user.name\":\"anna\"}}";

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(utf8(text));
    }
    return bytes.toByteArray();
  }

  private static Answer post(String path, String type, byte[] body, String... headers)
      throws Exception {
    return client.post(path, TestCell.ACME, type, body, headers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":\"hello\",\"level\":\"info\"}",
        "{\"resource_logs\":[{\"scope_logs\":[{\"log_records\":[{\"event_name\":\"data.read\"}]}]}]}",
        KUBERNETES,
        "{\"resourceLogs\":[{\"scopeLogs\":[{}]}]}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"source\":\"s\"}"
      })
  void aBodyWithoutARecordIsToldSo(String body) throws Exception {
    for (String path : List.of("/v1/logs", "/v1/traces")) {
      Answer answer = post(path, "application/json", utf8(body));
      assertEquals(200, answer.code(), answer::toString);
      String told = new String(answer.body(), StandardCharsets.UTF_8);
      assertTrue(told.contains("\":\"0\",\"errorMessage\":\"the body holds no record"), told);
    }
    assertEquals(400, post("/v1/audit", "application/json", utf8(body)).code());
    assertEquals(0, kept().size());
  }

  @Test
  void aProtobufBodyWithoutARecordIsToldSo() throws Exception {
    ExportLogsServiceRequest empty =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.getDefaultInstance())
            .build();
    Answer answer = client.protobuf(empty.toByteArray());
    assertEquals(0, answer.logs().getPartialSuccess().getRejectedLogRecords());
    assertTrue(answer.logs().getPartialSuccess().getErrorMessage().startsWith("the body holds no"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", " { } ", "{\"resourceLogs\":[]}", "{ \"resourceLogs\" : null }"})
  void anEmptyRequestIsASuccessWithoutWords(String body) throws Exception {
    assertEquals(
        "{}",
        new String(
            post("/v1/logs", "application/json", utf8(body)).body(), StandardCharsets.UTF_8));
  }

  @Test
  void opaSendsItsDecisions() throws Exception {
    for (String path : List.of("/v1/events/opa", "/v1/events/opa/logs")) {
      cell.mark();
      Answer answer =
          post(path, "application/json", gzip(OPA.replace("d-", path)), "Content-Encoding", "gzip");
      assertEquals(200, answer.code(), answer::toString);
      assertEquals("{}", new String(answer.body(), StandardCharsets.UTF_8));
      assertEquals(List.of("allowed", "denied"), outcomes());
    }
  }

  private static List<String> outcomes() throws Exception {
    return kept().stream()
        .map(one -> one.attributes().string(Names.AUDIT_OUTCOME).orElse(""))
        .toList();
  }

  @Test
  void anApiServerSendsItsAuditLog() throws Exception {
    assertEquals(200, post("/v1/events/kubernetes", "application/json", utf8(KUBERNETES)).code());
    assertEquals(Kind.DATA_ACCESS, kept().get(0).kind());
    assertEquals("w-1/ResponseComplete", kept().get(0).id());
    assertFalse(cell.newestEntry(TestCell.ACME_LOG).contains("anna"));
  }

  @Test
  void falcoSendsItsAlerts() throws Exception {
    assertEquals(200, post("/v1/events/falco", "application/json", utf8(FALCO)).code());
    assertEquals(Kind.POLICY_DECISION, kept().get(0).kind());
    assertEquals("f-1", kept().get(0).id());
  }

  private static String cloudEvent(String id, String data) {
    return "{\"specversion\":\"1.0\",\"id\":\""
        + id
        + "\",\"type\":\"data.read\",\"source\":\"/s\",\"subject\":\"x\",\"time\":\"1970-01-01T00:00:01Z\","
        + data
        + "}";
  }

  @Test
  void cloudEventsComeStructuredBatchedAndBinary() throws Exception {
    String falco = "\"data\":" + FALCO.replace("f-1", "f-2");
    String type = "application/cloudevents+json; charset=utf-8";
    assertEquals(
        200,
        post("/v1/events/cloudevents", type, utf8(cloudEvent("c-1", "\"data\":{\"who\":\"anna\"}")))
            .code());
    String batch =
        "[" + cloudEvent("c-2", falco) + "," + cloudEvent("c-3", "\"data_base64\":\"eA==\"") + "]";
    assertEquals(
        200,
        post("/v1/events/cloudevents", "application/cloudevents-batch+json", utf8(batch)).code());
    assertEquals(
        200,
        post(
                "/v1/events/cloudevents",
                "application/xml",
                utf8("<x/>"),
                "ce-specversion",
                "1.0",
                "ce-id",
                "c-4",
                "ce-type",
                "key.rotate",
                "ce-source",
                "/s")
            .code());
    List<RecordEvent> kept = kept();
    assertEquals(List.of("c-1", "c-2", "c-3", "c-4"), kept.stream().map(RecordEvent::id).toList());
    assertEquals(
        List.of(Kind.DATA_ACCESS, Kind.DATA_ACCESS, Kind.DATA_ACCESS, Kind.KEY_LIFECYCLE),
        kept.stream().map(RecordEvent::kind).toList());
    assertEquals(1_000_000_000L, kept.get(0).time());
    assertEquals("/s", kept.get(0).attributes().string("cloudevents.event_source").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "/caf%C3%A9%20%22x%22,/caf\u00e9 \"x\"",
        "%F0%9F%98%80,\ud83d\ude00",
        "a%2Fb%,a/b%",
        "100%25,100%",
        "%zz,%zz",
        "%C3,%C3",
        "\"a \\\"b\\\" c\",a \"b\" c"
      })
  void headersOfACloudEventAreDecoded(String header, String source) throws Exception {
    post(
        "/v1/events/cloudevents",
        "text/plain",
        utf8("x"),
        "ce-specversion",
        "1.0",
        "ce-id",
        "h-" + header.hashCode(),
        "ce-type",
        "key%2Erotate",
        "ce-source",
        header);
    RecordEvent event = kept().get(0);
    assertEquals(source, event.attributes().string("cloudevents.event_source").orElseThrow());
    assertEquals(Kind.KEY_LIFECYCLE, event.kind());
  }

  @Test
  void aBodyThatIsNoObjectIsRefusedInPlainWords() throws Exception {
    byte[] answer = post("/v1/logs", "application/json", utf8("\"x\"")).body();
    String told = new String(answer, StandardCharsets.UTF_8);
    assertTrue(told.contains("not an OTLP/JSON request: expected an object, found "), told);
  }

  @Test
  void logsThatArePostedAsSpansAreToldSo() throws Exception {
    LogRecord log =
        Otlp.log("data.read", Otlp.attribute(Names.DATA_CATEGORY, "customer-data")).toBuilder()
            .setSeverityText("INFO")
            .build();
    ExportLogsServiceRequest logs = Otlp.logs(log, log);
    byte[] answer = post("/v1/traces", HttpClientOf.PROTOBUF, logs.toByteArray()).body();
    String told =
        ExportTraceServiceResponse.parseFrom(answer).getPartialSuccess().getErrorMessage();
    assertTrue(told.contains("they look like log records, which go to /v1/logs"), told);
  }

  @Test
  void eventsAreHeldToTheSameTokensAndRules() throws Exception {
    String path = "/v1/events/kubernetes";
    byte[] body = utf8(KUBERNETES);
    assertEquals(401, client.post(path, "wrong", "application/json", body).code());
    assertEquals(403, client.post(path, TestCell.VIEWER, "application/json", body).code());
    assertEquals(400, post(path, "application/json", utf8("")).code());
    assertEquals(400, post(path, "application/json", utf8("hello")).code());
    assertEquals(404, post("/v1/events/elsewhere", "application/json", body).code());
    assertEquals(404, post("/v1/events", "application/json", body).code());
    assertEquals(0, kept().size());
  }

  @Test
  void whatIsNotUnderstoodThereIsKeptPrivatelyAndTold() throws Exception {
    Answer answer = post("/v1/events/opa", "application/json", utf8("[{\"of\":\"anna\"}]"));
    assertEquals(200, answer.code(), answer::toString);
    assertTrue(
        new String(answer.body(), StandardCharsets.UTF_8).contains("1 of 1 are of no known kind"));
    assertFalse(cell.newestEntry(TestCell.ACME_LOG).contains("anna"));
  }
}
