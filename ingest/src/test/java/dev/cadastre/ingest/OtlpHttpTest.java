package dev.cadastre.ingest;

import static dev.cadastre.ingest.HttpClientOf.JSON;
import static dev.cadastre.ingest.HttpClientOf.PROTOBUF;
import static dev.cadastre.ingest.Otlp.attribute;
import static dev.cadastre.ingest.Otlp.log;
import static dev.cadastre.ingest.Otlp.logs;
import static dev.cadastre.ingest.Otlp.resource;
import static dev.cadastre.ingest.Otlp.span;
import static dev.cadastre.ingest.Otlp.spans;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest;
import com.google.rpc.Status;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ingest.HttpClientOf.Answer;
import dev.cadastre.ledger.model.LogName;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OTLP/HTTP, requirement by requirement; docs/otlp.md points here. */
class OtlpHttpTest {
  private static final byte[] ONE = logs(log("data.access")).toByteArray();
  private static final byte[] NOTHING = {};

  private static TestCell cell;
  private static HttpClientOf client;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
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

  @Test
  void protobufLogsAreOnDiskWhenAnswered() throws Exception {
    Answer answer = client.protobuf(ONE);

    assertEquals(200, answer.code(), answer::toString);
    assertEquals(PROTOBUF, answer.header("content-type"));
    assertFalse(answer.logs().hasPartialSuccess());
    List<RecordEvent> records = cell.records(TestCell.ACME_LOG);
    assertEquals(1, records.size());
    assertEquals(Kind.DATA_ACCESS, records.get(0).kind());
    assertEquals("token/0000000a", records.get(0).sender());
  }

  @Test
  void jsonLogsAreAnsweredInJson() throws Exception {
    Answer answer =
        client.json(
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"eventName\":\"key.use\"}]}]}]}");

    assertEquals(200, answer.code(), answer::toString);
    assertEquals(JSON, answer.header("content-type"));
    assertEquals("{}", answer.text());
    assertEquals(Kind.KEY_USE, cell.records(TestCell.ACME_LOG).get(0).kind());
  }

  @Test
  void gzipIsTakenInBothEncodings() throws Exception {
    byte[] json = "{\"resourceLogs\":[]}".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        200,
        client
            .post("/v1/logs", TestCell.ACME, PROTOBUF, Otlp.gzip(ONE), "Content-Encoding", "gzip")
            .code());
    assertEquals(
        200,
        client
            .post("/v1/logs", TestCell.ACME, JSON, Otlp.gzip(json), "Content-Encoding", "GZIP")
            .code());
    assertEquals(1, cell.records(TestCell.ACME_LOG).size());
  }

  @Test
  void identityIsNoEncoding() throws Exception {
    Answer answer =
        client.post("/v1/logs", TestCell.ACME, PROTOBUF, ONE, "Content-Encoding", "identity");
    assertEquals(200, answer.code(), answer::toString);
  }

  @Test
  void emptyRequestsSucceed() throws Exception {
    assertEquals(200, client.protobuf(NOTHING).code());
    assertEquals(200, client.json("{}").code());
    assertEquals(200, client.json("{\"resourceLogs\":[{\"scopeLogs\":[{}]}]}").code());
    assertEquals(0, cell.records(TestCell.ACME_LOG).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/json;charset=UTF-8"
      })
  void contentTypeParametersAreTolerated(String contentType) throws Exception {
    Answer answer =
        client.post("/v1/logs", TestCell.ACME, contentType, "{}".getBytes(StandardCharsets.UTF_8));
    assertEquals(200, answer.code(), answer::toString);
    assertEquals(JSON, answer.header("content-type"));
  }

  @Test
  void malformedProtobufIsBadDataWithDetails() throws Exception {
    Answer answer = client.protobuf("this is no protobuf".getBytes(StandardCharsets.UTF_8));

    assertEquals(400, answer.code(), answer::toString);
    assertEquals(PROTOBUF, answer.header("content-type"));
    Status status = answer.status();
    assertFalse(status.getMessage().isEmpty());
    assertTrue(status.getDetails(0).is(BadRequest.class));
  }

  @Test
  void truncatedProtobufIsBadData() throws Exception {
    assertEquals(400, client.protobuf(Arrays.copyOf(ONE, ONE.length - 1)).code());
    assertEquals(0, cell.records(TestCell.ACME_LOG).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}x",
        "{\"resourceLogs\":{}}",
        "{\"resourceLogs\":[1]}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[\"x\"]}]}]}",
        "{\"resourceLogs\":[],\"resourceLogs\":[]}",
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":7}}]}"
      })
  void malformedJsonIsBadData(String body) throws Exception {
    Answer answer = client.json(body);

    assertEquals(400, answer.code(), answer::toString);
    assertEquals(JSON, answer.header("content-type"));
    assertEquals(3, answer.status().getCode());
    assertTrue(answer.text().contains("type.googleapis.com/google.rpc.BadRequest"), answer::text);
  }

  @Test
  void jsonThatIsNotUtf8IsBadData() throws Exception {
    byte[] body = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
    assertEquals(400, client.post("/v1/logs", TestCell.ACME, JSON, body).code());
  }

  @Test
  void malformedGzipIsBadData() throws Exception {
    Answer answer =
        client.post("/v1/logs", TestCell.ACME, PROTOBUF, ONE, "Content-Encoding", "gzip");
    assertEquals(400, answer.code(), answer::toString);
    byte[] cut = Otlp.gzip(ONE);
    assertEquals(
        400,
        client
            .post(
                "/v1/logs",
                TestCell.ACME,
                PROTOBUF,
                Arrays.copyOf(cut, cut.length - 9),
                "Content-Encoding",
                "gzip")
            .code());
  }

  /** Or its records would be acknowledged and lost. */
  @Test
  void aDamagedMemberAfterAGoodOneIsBadData() throws Exception {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(Otlp.gzip(ONE));
    int first = both.size();
    both.writeBytes(Otlp.gzip(ONE));
    byte[] cut = Arrays.copyOf(both.toByteArray(), first + 6);
    byte[] method = both.toByteArray();
    method[first + 2] = 9;
    for (byte[] body : new byte[][] {cut, method}) {
      Answer answer =
          client.post("/v1/logs", TestCell.ACME, PROTOBUF, body, "Content-Encoding", "gzip");
      assertEquals(400, answer.code(), answer::toString);
    }
    assertEquals(0, cell.records(TestCell.ACME_LOG).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "deflate", "br", "gzip, gzip"})
  void otherContentEncodingsAreUnsupported(String coding) throws Exception {
    Answer answer =
        client.post("/v1/logs", TestCell.ACME, PROTOBUF, ONE, "Content-Encoding", coding);
    assertEquals(415, answer.code(), answer::toString);
    assertFalse(answer.status().getMessage().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/x-protobuffer", "json"})
  void otherContentTypesAreUnsupportedAndToldInJson(String contentType) throws Exception {
    Answer answer = client.post("/v1/logs", TestCell.ACME, contentType, ONE);
    assertEquals(415, answer.code(), answer::toString);
    assertEquals(JSON, answer.header("content-type"));
    assertFalse(answer.status().getMessage().isEmpty());
  }

  @Test
  void missingContentTypeIsUnsupported() throws Exception {
    Answer answer =
        client.send(
            HttpRequest.newBuilder(cell.url("/v1/logs"))
                .header("Authorization", "Bearer " + TestCell.ACME)
                .POST(HttpRequest.BodyPublishers.ofByteArray(ONE))
                .build());
    assertEquals(415, answer.code(), answer::toString);
  }

  @Test
  void wrongOrMissingTokenIsUnauthenticated() throws Exception {
    HttpRequest.Builder without =
        HttpRequest.newBuilder(cell.url("/v1/logs"))
            .header("Content-Type", PROTOBUF)
            .POST(HttpRequest.BodyPublishers.ofByteArray(ONE));
    for (Answer answer :
        List.of(
            client.send(without.build()),
            client.send(without.setHeader("Authorization", "Basic YTpi").build()),
            client.post("/v1/logs", "no-such-token", PROTOBUF, ONE))) {
      assertEquals(401, answer.code(), answer::toString);
      assertTrue(answer.header("www-authenticate").startsWith("Bearer"));
      assertEquals(16, answer.status().getCode());
    }
  }

  @Test
  void schemeOfTheTokenIsCaseInsensitive() throws Exception {
    Answer answer =
        client.post("/v1/logs", "", PROTOBUF, ONE, "Authorization", "bearer " + TestCell.ACME);
    assertEquals(200, answer.code(), answer::toString);
  }

  @Test
  void roleThatMayNotSendIsForbidden() throws Exception {
    Answer answer = client.post("/v1/logs", TestCell.VIEWER, PROTOBUF, ONE);
    assertEquals(403, answer.code(), answer::toString);
    assertEquals(7, answer.status().getCode());
  }

  @Test
  void anotherTenantsNameIsForbiddenOnResourceAndRecord() throws Exception {
    byte[] onResource =
        logs(resource(attribute("ledger.tenant.id", "globex")), log("data.access")).toByteArray();
    byte[] onRecord =
        logs(log("data.access"), log("key.use", attribute("ledger.tenant.id", "globex")))
            .toByteArray();
    for (byte[] body : List.of(onResource, onRecord)) {
      Answer answer = client.protobuf(body);
      assertEquals(403, answer.code(), answer::toString);
      assertEquals(7, answer.status().getCode());
    }
    assertEquals(0, cell.records(TestCell.ACME_LOG).size());
    assertEquals(0, cell.records(TestCell.GLOBEX_LOG).size());
  }

  @Test
  void ownTenantsNameIsFine() throws Exception {
    byte[] body =
        logs(resource(attribute("ledger.tenant.id", "acme")), log("data.access")).toByteArray();
    assertEquals(200, client.protobuf(body).code());
  }

  @Test
  void allTenantsTokenIsRoutedByResourceAndRecord() throws Exception {
    byte[] body =
        logs(
                resource(attribute("ledger.tenant.id", "acme")),
                log("data.access"),
                log("key.use", attribute("ledger.tenant.id", "globex")))
            .toByteArray();
    Answer answer = client.post("/v1/logs", TestCell.ALL, PROTOBUF, body);

    assertEquals(200, answer.code(), answer::toString);
    assertEquals(Kind.DATA_ACCESS, cell.records(TestCell.ACME_LOG).get(0).kind());
    assertEquals(Kind.KEY_USE, cell.records(TestCell.GLOBEX_LOG).get(0).kind());
  }

  @Test
  void recordsOfNoKnownTenantGoToTheCellsLogWithAWarning() throws Exception {
    byte[] body =
        logs(
                log("data.access"),
                log("key.use", attribute("ledger.tenant.id", "nobody")),
                log("key.use", attribute("ledger.tenant.id", "cell")),
                log("key.use", attribute("ledger.tenant.id", "Not A Name")))
            .toByteArray();
    Answer answer = client.post("/v1/logs", TestCell.ALL, PROTOBUF, body);

    assertEquals(200, answer.code(), answer::toString);
    assertEquals(0, answer.logs().getPartialSuccess().getRejectedLogRecords());
    String warning = answer.logs().getPartialSuccess().getErrorMessage();
    assertTrue(warning.contains("4 of 4"), warning);
    List<RecordEvent> records = cell.records(LogName.CELL);
    assertEquals(4, records.size());
    for (RecordEvent one : records) {
      assertEquals(Kind.OTHER, one.kind());
      assertTrue(one.problem().contains("tenant"), one::problem);
    }
  }

  @Test
  void aTenantNamedTwiceIsNoOnesOwn() throws Exception {
    String own = TestCell.ACME_LOG.value();
    for (List<String> names : List.of(List.of(own, "globex"), List.of("globex", own))) {
      LogRecord log =
          log(
              "x",
              attribute("ledger.tenant.id", names.get(0)),
              attribute("ledger.tenant.id", names.get(1)));
      Answer answer = client.protobuf(Otlp.logs(log).toByteArray());
      assertEquals(403, answer.code(), answer::toString);
    }
  }

  @Test
  void otherPathsAreNotFoundAndMetricsAreToldWhy() throws Exception {
    for (String path : List.of("/", "/v1/log", "/v1/logs/", "/v1/metrics", "/v1/audit2")) {
      Answer answer = client.post(path, TestCell.ACME, PROTOBUF, ONE);
      assertEquals(404, answer.code(), answer::toString);
      assertEquals(PROTOBUF, answer.header("content-type"));
      assertFalse(answer.status().getMessage().isEmpty());
    }
    Answer metrics = client.post("/v1/metrics", TestCell.ACME, PROTOBUF, ONE);
    assertTrue(metrics.status().getMessage().contains("metrics"), metrics::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS", "PATCH"})
  void otherMethodsAreNotAllowed(String method) throws Exception {
    Answer answer =
        client.send(
            HttpRequest.newBuilder(cell.url("/v1/logs"))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    assertEquals(405, answer.code(), answer::toString);
    assertEquals("POST", answer.header("allow"));
    assertFalse(answer.status().getMessage().isEmpty());
  }

  @Test
  void tracesKeepSpansThatAreEvidenceAndCountTheOthers() throws Exception {
    byte[] body =
        spans(
                span("chat m", attribute("gen_ai.operation.name", "chat")),
                span("GET /health"),
                span("SELECT"),
                span("read", attribute("ledger.data.category", "x")))
            .toByteArray();
    Answer answer = client.post("/v1/traces", TestCell.ACME, PROTOBUF, body);

    assertEquals(200, answer.code(), answer::toString);
    ExportTraceServiceResponse response = ExportTraceServiceResponse.parseFrom(answer.body());
    assertEquals(0, response.getPartialSuccess().getRejectedSpans());
    String warning = response.getPartialSuccess().getErrorMessage();
    assertTrue(warning.startsWith("2 of 4 spans"), warning);
    List<RecordEvent> records = cell.records(TestCell.ACME_LOG);
    assertEquals(
        List.of(Kind.INFERENCE, Kind.DATA_ACCESS),
        records.stream().map(RecordEvent::kind).toList());
    assertEquals("0102030405060708090a0b0c0d0e0f10", records.get(0).trace());
  }

  @Test
  void tracesInJsonAreWarnedInJson() throws Exception {
    String body =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"x\",\"kind\":2}]}]}]}";
    Answer answer =
        client.post("/v1/traces", TestCell.ACME, JSON, body.getBytes(StandardCharsets.UTF_8));
    assertEquals(200, answer.code(), answer::toString);
    assertTrue(
        answer
            .text()
            .startsWith("{\"partialSuccess\":{\"rejectedSpans\":\"0\",\"errorMessage\":\""),
        answer::text);
  }

  @Test
  void oneUndecodableRecordDoesNotKillItsBatch() throws Exception {
    byte[] invalidUtf8 = {0x1a, 2, (byte) 0xc3, (byte) 0x28}; // severity_text
    Answer answer = client.protobuf(Otlp.aroundRaw(invalidUtf8));

    assertEquals(200, answer.code(), answer::toString);
    assertEquals(0, answer.logs().getPartialSuccess().getRejectedLogRecords());
    String warning = answer.logs().getPartialSuccess().getErrorMessage();
    assertTrue(warning.contains("log record 1: "), warning);
    List<RecordEvent> records = cell.records(TestCell.ACME_LOG);
    assertEquals(
        List.of(Kind.DATA_ACCESS, Kind.OTHER, Kind.KEY_USE),
        records.stream().map(RecordEvent::kind).toList());
    assertTrue(records.get(1).problem().contains("UTF-8"), records.get(1)::problem);
    assertEquals(1, records.get(1).attributes().sd().size());
    byte[] kept =
        java.util.Base64.getDecoder()
            .decode(
                ((dev.cadastre.formats.value.Value.Text)
                        cell.disclosures(TestCell.ACME_LOG, 1).get(0).value())
                    .text());
    assertArrayEquals(invalidUtf8, kept);
  }

  @Test
  void requestInWhichNothingDecodesIsBadData() throws Exception {
    java.io.ByteArrayOutputStream scope = new java.io.ByteArrayOutputStream();
    Otlp.field(scope, 2, new byte[] {0x1a, 5});
    Answer answer = client.protobuf(Otlp.framed(scope.toByteArray()));
    assertEquals(400, answer.code(), answer::toString);
    assertTrue(answer.status().getMessage().contains("no record can be decoded"), answer::toString);
  }

  @Test
  void aRequestOfOneRecordThatIsNotUtf8IsKept() throws Exception {
    java.io.ByteArrayOutputStream scope = new java.io.ByteArrayOutputStream();
    Otlp.field(scope, 2, new byte[] {0x1a, 2, (byte) 0xc3, (byte) 0x28});
    assertEquals(200, client.protobuf(Otlp.framed(scope.toByteArray())).code());
  }

  @Test
  void metricsCountByReason(@TempDir Path directory) throws Exception {
    try (TestCell counted = new TestCell(directory)) {
      HttpClientOf sender = new HttpClientOf(counted);
      sender.protobuf(ONE);
      sender.protobuf(new byte[] {1});
      sender.post("/v1/logs", "wrong", PROTOBUF, ONE);
      sender.post("/v1/traces", TestCell.ACME, PROTOBUF, spans(span("GET")).toByteArray());
      String metrics = counted.scraped.text();
      for (String line :
          List.of(
              "cadastre_ingest_records_total{signal=\"logs\"} 1.0",
              "cadastre_ingest_spans_passed_over_total 1.0",
              "cadastre_ingest_requests_total{outcome=\"accepted\",transport=\"http\"} 2.0",
              "cadastre_ingest_requests_total{outcome=\"bad_data\",transport=\"http\"} 1.0",
              "cadastre_ingest_requests_total{outcome=\"unauthenticated\",transport=\"http\"} 1.0",
              "cadastre_ingest_in_flight_bytes 0.0")) {
        assertTrue(metrics.contains(line + "\n"), () -> line + " is not in\n" + metrics);
      }
    }
  }
}
