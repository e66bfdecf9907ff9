package dev.cadastre.ingest.record;

import static dev.cadastre.ingest.Otlp.attribute;
import static dev.cadastre.ingest.Otlp.log;
import static dev.cadastre.ingest.Otlp.logs;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ingest.HttpClientOf;
import dev.cadastre.ingest.HttpClientOf.Answer;
import dev.cadastre.ingest.IngestSettings;
import dev.cadastre.ingest.TestCell;
import dev.cadastre.ingest.request.Encoding;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is too large to be read is told so before it becomes anything in memory. */
class LargeValuesTest {
  /** A record may have a quarter of a megabyte. */
  private static final IngestSettings MEGABYTE =
      new IngestSettings(1 << 20, 1_000, 16 << 20, Duration.ofSeconds(30), Duration.ofSeconds(30));

  private static final int RECORD_MAX = 256 << 10;

  private static TestCell cell;
  private static HttpClientOf client;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    cell = new TestCell(directory, MEGABYTE);
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

  private static LogRecord.Builder sized(int bytes) {
    LogRecord.Builder record = log("data.read").toBuilder();
    int rest =
        bytes - record.clone().addAttributes(attribute("big", "")).build().getSerializedSize();
    // Three more length prefixes of two more bytes each.
    return record.addAttributes(attribute("big", "a".repeat(rest - 6)));
  }

  private static String json(LogRecord... records) throws Exception {
    StringBuilder text = new StringBuilder("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[");
    String separator = "";
    for (LogRecord record : records) {
      String big =
          record.getAttributes(record.getAttributesCount() - 1).getValue().getStringValue();
      text.append(separator)
          .append(
              "{\"eventName\":\"data.read\",\"attributes\":[{\"key\":\"big\",\"value\":{\"stringValue\":\"")
          .append(big)
          .append("\"}}]}");
      separator = ",";
    }
    return text.append("]}]}]}").toString();
  }

  @Test
  void recordAtLimitIsReadAndOneBeyondIsNot() throws Exception {
    LogRecord at = sized(RECORD_MAX).build();
    assertEquals(RECORD_MAX, at.getSerializedSize());
    assertEquals(200, client.protobuf(logs(at).toByteArray()).code());
    assertEquals(Kind.DATA_ACCESS, ((RecordEvent) cell.records(TestCell.ACME_LOG).get(0)).kind());
    Answer beyond = client.protobuf(logs(sized(RECORD_MAX + 1).build()).toByteArray());
    assertEquals(413, beyond.code(), beyond::toString);
  }

  @Test
  void itsNeighboursAreKeptAndItsHashToo() throws Exception {
    LogRecord large = sized(RECORD_MAX + 1).build();
    LogRecord small = sized(1_000).build();
    for (Encoding encoding : Encoding.values()) {
      Answer answer =
          encoding == Encoding.JSON
              ? client.json(json(small, large, small))
              : client.protobuf(logs(small, large, small).toByteArray());
      assertEquals(200, answer.code(), answer::toString);
      assertTrue(answer.toString().contains("at most " + RECORD_MAX), answer::toString);
      List<RecordEvent> kept = cell.records(TestCell.ACME_LOG);
      assertEquals(
          List.of(Kind.DATA_ACCESS, Kind.OTHER, Kind.DATA_ACCESS),
          kept.stream().map(RecordEvent::kind).toList());
      assertTrue(kept.get(1).attributes().get("raw").isPresent());
      cell.mark();
    }
  }

  @Test
  void jsonRecordAloneIsTooLarge() throws Exception {
    Answer answer = client.json(json(sized(RECORD_MAX + 1).build()));
    assertEquals(413, answer.code(), answer::toString);
  }

  @Test
  void resourceBeyondLimitIsTooLarge() throws Exception {
    ExportLogsServiceRequest.Builder request = logs(log("data.read")).toBuilder();
    request
        .getResourceLogsBuilder(0)
        .setResource(Resource.newBuilder().addAttributes(attribute("big", "a".repeat(RECORD_MAX))));
    assertEquals(413, client.protobuf(request.build().toByteArray()).code());
    String text =
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"big\",\"value\":{\"stringValue\":\""
            + "a".repeat(RECORD_MAX)
            + "\"}}]},\"scopeLogs\":[{\"logRecords\":[{\"eventName\":\"data.read\"}]}]}]}";
    assertEquals(413, client.json(text).code());
    assertEquals(0, text.getBytes(UTF_8).length - text.length());
  }

  @Test
  void slipsInLargeRequestAreReadAsInSmallOne() throws Exception {
    String slips =
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":1}]},\"scopeLogs\":[{\"logRecords\":["
            + "{\"eventName\":\"data.read\",\"traceId\":\"xyz\"},{\"severityText\":3}%s]}]}]}";
    assertEquals(200, client.json(slips.replace("%s", "")).code());
    List<RecordEvent> small = cell.records(TestCell.ACME_LOG);
    cell.mark();
    String fill = (",{\"eventName\":\"" + "a".repeat(1000) + "\"}").repeat(400);
    assertEquals(200, client.json(slips.replace("%s", fill)).code());
    List<RecordEvent> large = cell.records(TestCell.ACME_LOG);
    assertEquals(2, small.size());
    for (int i = 0; i < small.size(); i++) {
      assertEquals(small.get(i).problem(), large.get(i).problem());
      assertEquals(small.get(i).kind(), large.get(i).kind());
      assertEquals(small.get(i).attributes().size(), large.get(i).attributes().size());
    }
  }

  @Test
  void limitsFollowTheHeap() {
    long mib = 1 << 20;
    for (long heap : new long[] {54, 107, 214, 428, 1024, 4096}) {
      IngestSettings settings = IngestSettings.forHeap(heap * mib);
      assertTrue(
          settings.requestBytesMax() <= 64 * mib && settings.requestBytesMax() >= mib,
          () -> heap + " MiB");
      assertTrue(
          (long) settings.requestBytesMax() * IngestSettings.WEIGHT <= heap * mib,
          () -> "the largest request fits a heap of " + heap + " MiB");
      assertTrue(settings.bounds().recordBytesMax() <= 16 * mib);
    }
    assertEquals(64 * mib, IngestSettings.forHeap(428 * mib).requestBytesMax());
  }
}
