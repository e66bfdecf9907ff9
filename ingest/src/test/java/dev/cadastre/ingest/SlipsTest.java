package dev.cadastre.ingest;

import static dev.cadastre.ingest.Otlp.attribute;
import static dev.cadastre.ingest.Otlp.log;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ingest.HttpClientOf.Answer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One byte that is not UTF-8, wherever it stands, harms what it stands in and nothing else. */
class SlipsTest {
  /** As long as its replacement, so that no length changes. */
  private static final String MARK = "wrong";

  private static final byte[] WRONG = {'w', 'r', (byte) 0xff, 'n', 'g'};

  private static TestCell cell;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    cell = new TestCell(directory);
    cell.allow("EU");
  }

  @AfterAll
  static void close() {
    cell.close();
  }

  @BeforeEach
  void mark() throws Exception {
    cell.mark();
  }

  private static ResourceLogs of(String region, String host, String scope, String id) {
    return ResourceLogs.newBuilder()
        .setResource(
            Otlp.resource(
                attribute("cloud.provider", "aws"),
                attribute("cloud.region", region),
                attribute("host.name", host)))
        .addScopeLogs(
            ScopeLogs.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName(scope))
                .addLogRecords(log("data.read", attribute("audit.record.id", id))))
        .build();
  }

  private static byte[] request(String host, String scope, String id) {
    return spoiled(
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(
                of("eu-central-1", "sound", "sound", "sound-" + id.replace(MARK, "right")))
            .addResourceLogs(of("us-east-1", host, scope, id))
            .build()
            .toByteArray());
  }

  private static byte[] spoiled(byte[] request) {
    String latin = new String(request, StandardCharsets.ISO_8859_1);
    String wrong = new String(WRONG, StandardCharsets.ISO_8859_1);
    return latin.replace(MARK, wrong).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void assertOnlyTheSecondIsNoted(String where, String id) throws Exception {
    List<RecordEvent> records = cell.records(TestCell.ACME_LOG);
    assertEquals(2, records.size());
    assertEquals("", records.get(0).problem());
    assertEquals("compliant", records.get(0).verdict().orElseThrow().outcome().wire());
    RecordEvent second = records.get(1);
    assertTrue(second.problem().startsWith(where), second::problem);
    assertTrue(second.problem().contains("is not UTF-8"), second::problem);
    assertEquals(id, second.id());
    assertEquals(Kind.DATA_ACCESS, second.kind());
    assertEquals("aws:us-east-1", second.locations().get(Hop.PROCESSING).place());
    assertEquals("violation", second.verdict().orElseThrow().outcome().wire());
  }

  @ParameterizedTest
  @ValueSource(strings = {"resource", "scope"})
  void overHttp(String where) throws Exception {
    boolean resource = where.equals("resource");
    byte[] request = request(resource ? MARK : "sound", resource ? "sound" : MARK, "http-" + where);
    Answer answer = new HttpClientOf(cell).protobuf(request);
    assertEquals(200, answer.code(), answer::toString);
    assertOnlyTheSecondIsNoted(where + ": ", "http-" + where);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resource", "scope"})
  void overGrpc(String where) throws Exception {
    boolean resource = where.equals("resource");
    byte[] request = request(resource ? MARK : "sound", resource ? "sound" : MARK, "grpc-" + where);
    RawGrpc.send(cell, RawGrpc.LOGS, request);
    assertOnlyTheSecondIsNoted(where + ": ", "grpc-" + where);
  }

  @Test
  void inOneOfSeveralRecords() throws Exception {
    byte[] request = request("sound", "sound", "rec-" + MARK);
    Answer answer = new HttpClientOf(cell).protobuf(request);
    assertEquals(200, answer.code(), answer::toString);
    assertOnlyTheSecondIsNoted("string_value", "rec-wr?ng");
  }

  /** A region that cannot be read is no region, be it the sender's own or another one beside it. */
  @ParameterizedTest
  @ValueSource(strings = {"eu-wrong-1", "eu-central-1wrong", "wrong", "wrongeu-central-1"})
  void aRegionThatIsNotUtf8ProvesNothing(String region) throws Exception {
    String id = "region-" + region.replace(MARK, "x");
    byte[] request =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(of("eu-central-1", "sound", "sound", "sound-" + id))
            .addResourceLogs(of(region, "sound", "sound", id))
            .build()
            .toByteArray();
    Answer answer = new HttpClientOf(cell).protobuf(spoiled(request));
    assertEquals(200, answer.code(), answer::toString);
    String told = answer.logs().getPartialSuccess().getErrorMessage();
    assertTrue(told.startsWith("1 of 2 were kept, but have a problem: log record 1: "), told);
    assertTrue(told.contains("is not UTF-8"), told);
    List<RecordEvent> records = cell.records(TestCell.ACME_LOG);
    assertEquals("compliant", records.get(0).verdict().orElseThrow().outcome().wire());
    assertEquals(id, records.get(1).id());
    assertEquals("unproven", records.get(1).verdict().orElseThrow().outcome().wire());
  }
}
