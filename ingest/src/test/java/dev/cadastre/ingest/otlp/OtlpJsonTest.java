package dev.cadastre.ingest.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.RequestBounds;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.request.Undecodable;
import dev.cadastre.ingest.wire.Log;
import dev.cadastre.ingest.wire.TracedSpan;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OTLP/JSON, section "JSON Protobuf Encoding" of the OTLP specification, rule by rule. */
class OtlpJsonTest {
  private static final int RECORDS_MAX = 1_000;

  private static DecodedRequest decode(Signal signal, String json) throws Rejected {
    return OtlpJson.decode(
        signal, json.getBytes(StandardCharsets.UTF_8), RequestBounds.of(64 << 20, RECORDS_MAX));
  }

  private static ReceivedRecord arrived(String record) throws Rejected {
    String json = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + record + "]}]}]}";
    return decode(Signal.LOGS, json).groups().get(0).records().get(0);
  }

  private static LogRecord log(String record) throws Rejected, Undecodable {
    return ((Log) arrived(record).decoded()).message();
  }

  private static AnyValue value(String value) throws Rejected, Undecodable {
    return log("{\"body\":" + value + "}").getBody();
  }

  private static String refusal(String record) throws Rejected {
    ReceivedRecord arrived = arrived(record);
    return assertThrows(Undecodable.class, arrived::decoded).getMessage();
  }

  @Test
  void theSpecificationsExampleIsRead() throws Exception {
    LogRecord log =
        log(
            "{\"timeUnixNano\":\"1544712660300000000\",\"observedTimeUnixNano\":1544712660300000000,"
                + "\"severityNumber\":10,\"severityText\":\"Information\","
                + "\"traceId\":\"5B8EFFF798038103D269B633813FC60C\",\"spanId\":\"eee19b7ec3c1b174\","
                + "\"body\":{\"stringValue\":\"Example\"},\"attributes\":["
                + "{\"key\":\"map\",\"value\":{\"kvlistValue\":{\"values\":["
                + "{\"key\":\"k\",\"value\":{\"stringValue\":\"v\"}}]}}}]}");
    assertEquals(1544712660300000000L, log.getTimeUnixNano());
    assertEquals(1544712660300000000L, log.getObservedTimeUnixNano());
    assertEquals(SeverityNumber.SEVERITY_NUMBER_INFO2, log.getSeverityNumber());
    assertEquals(16, log.getTraceId().size());
    assertEquals((byte) 0x5b, log.getTraceId().byteAt(0));
    assertEquals((byte) 0xee, log.getSpanId().byteAt(0));
    assertEquals("k", log.getAttributes(0).getValue().getKvlistValue().getValues(0).getKey());
  }

  @Test
  void idsAreHexadecimalOfEitherCase() throws Exception {
    assertEquals(
        log("{\"spanId\":\"EEE19B7EC3C1B174\"}").getSpanId(),
        log("{\"spanId\":\"eee19b7ec3c1b174\"}").getSpanId());
    assertTrue(refusal("{\"traceId\":\"W47/95gDgQPSabYzgT/GDA==\"}").contains("/traceId"));
  }

  @Test
  void otherBytesAreBase64OfEitherAlphabet() throws Exception {
    ByteString bytes = ByteString.copyFrom(new byte[] {(byte) 0xfb, (byte) 0xff});
    for (String text : List.of("+/8=", "-_8=", "+/8", "-_8")) {
      assertEquals(bytes, value("{\"bytesValue\":\"" + text + "\"}").getBytesValue());
    }
    refusal("{\"body\":{\"bytesValue\":\"!\"}}");
  }

  @Test
  void enumsAreIntegersOnly() throws Exception {
    assertEquals(9, log("{\"severityNumber\":9}").getSeverityNumberValue());
    assertEquals(99, log("{\"severityNumber\":99}").getSeverityNumberValue());
    refusal("{\"severityNumber\":\"SEVERITY_NUMBER_INFO\"}");
    refusal("{\"severityNumber\":\"9\"}");
    refusal("{\"severityNumber\":9.5}");
  }

  @Test
  void namesAreLowerCamelCaseOnlyAndUnknownOnesIgnored() throws Exception {
    LogRecord log =
        log(
            "{\"severity_text\":\"no\",\"nobodyKnows\":{\"a\":[1,{\"b\":null}]},"
                + "\"severityText\":\"yes\"}");
    assertEquals("yes", log.getSeverityText());
    assertEquals("", log("{\"severity_text\":\"no\"}").getSeverityText());
  }

  @Test
  void integersAreStringsOrNumbers() throws Exception {
    assertEquals(-5, value("{\"intValue\":\"-5\"}").getIntValue());
    assertEquals(-5, value("{\"intValue\":-5}").getIntValue());
    assertEquals(1000, value("{\"intValue\":1e3}").getIntValue());
    assertEquals(2, value("{\"intValue\":2.0}").getIntValue());
    assertEquals(Long.MIN_VALUE, value("{\"intValue\":\"-9223372036854775808\"}").getIntValue());
    assertEquals(-1L, log("{\"timeUnixNano\":\"18446744073709551615\"}").getTimeUnixNano());
    for (String bad :
        List.of("\"1.5\"", "1.5", "\"\"", "\" 1\"", "\"0x1\"", "9223372036854775808", "true")) {
      refusal("{\"body\":{\"intValue\":" + bad + "}}");
    }
    refusal("{\"timeUnixNano\":-1}");
    refusal("{\"body\":{\"intValue\":1e99}}");
    refusal("{\"flags\":4294967296}");
  }

  @Test
  void doublesAreNumbersOrTheirNames() throws Exception {
    assertEquals(0.1, value("{\"doubleValue\":0.1}").getDoubleValue());
    assertEquals(3, value("{\"doubleValue\":3}").getDoubleValue());
    assertEquals(2.5, value("{\"doubleValue\":\"2.5\"}").getDoubleValue());
    assertTrue(Double.isNaN(value("{\"doubleValue\":\"NaN\"}").getDoubleValue()));
    assertEquals(
        Double.NEGATIVE_INFINITY, value("{\"doubleValue\":\"-Infinity\"}").getDoubleValue());
    refusal("{\"body\":{\"doubleValue\":\"nan\"}}");
    refusal("{\"body\":{\"doubleValue\":1e400}}");
    refusal("{\"body\":{\"doubleValue\":true}}");
  }

  @Test
  void nullIsNotGiven() throws Exception {
    assertFalse(log("{\"body\":null,\"attributes\":null,\"traceId\":null}").hasBody());
  }

  @Test
  void emptyAndMixedValuesAreKept() throws Exception {
    assertEquals(AnyValue.ValueCase.VALUE_NOT_SET, value("{}").getValueCase());
    AnyValue mixed =
        value("{\"arrayValue\":{\"values\":[{\"intValue\":1},{\"stringValue\":\"a\"},{}]}}");
    assertEquals(3, mixed.getArrayValue().getValuesCount());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"severityText\":\"a\",\"severityText\":\"b\"}",
        "{\"body\":{\"intValue\":1,\"stringValue\":\"a\"}}",
        "{\"body\":{\"stringValue\":7}}",
        "{\"body\":{\"boolValue\":\"true\"}}",
        "{\"severityText\":\"\\ud800\"}",
        "{\"attributes\":{}}",
        "{\"attributes\":[null]}",
        "{\"body\":[]}"
      })
  void whatBreaksTheEncodingBreaksItsRecordAlone(String record) throws Exception {
    String json =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"severityText\":\"a\"},"
            + record
            + ",{\"severityText\":\"c\"}]}]}]}";
    List<ReceivedRecord> records = decode(Signal.LOGS, json).groups().get(0).records();
    assertEquals("a", ((Log) records.get(0).decoded()).severityText());
    ReceivedRecord.Broken broken = assertInstanceOf(ReceivedRecord.Broken.class, records.get(1));
    assertEquals(record, new String(broken.raw(), StandardCharsets.UTF_8));
    assertTrue(broken.why().startsWith("/resourceLogs/0/scopeLogs/0/logRecords/1/"), broken::why);
    assertEquals("c", ((Log) records.get(2).decoded()).severityText());
  }

  @Test
  void whatIsNoObjectBreaksItsRecordAlone() throws Exception {
    for (String odd : List.of("null", "5", "-1.5e3", "\"é\"", "[1,{\"a\":[]}]", "true")) {
      String json =
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"severityText\":\"a\"}, "
              + odd
              + " ,{\"severityText\":\"c\"}]}]}]}";
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      List<ReceivedRecord> records =
          OtlpJson.decode(Signal.LOGS, bytes, RequestBounds.of(64 << 20, RECORDS_MAX))
              .groups()
              .get(0)
              .records();
      assertEquals(3, records.size());
      ReceivedRecord.Broken broken = assertInstanceOf(ReceivedRecord.Broken.class, records.get(1));
      assertEquals(odd, new String(broken.raw(), StandardCharsets.UTF_8));
      assertEquals("c", ((Log) records.get(2).decoded()).severityText());
    }
  }

  @Test
  void refusalsNeverQuoteValues() throws Exception {
    assertFalse(refusal("{\"severityNumber\":\"a secret\"}").contains("secret"));
  }

  @Test
  void deeplyNestedValuesBreakTheirRecordAlone() throws Exception {
    String deep =
        "{\"body\":" + "{\"arrayValue\":{\"values\":[".repeat(1_000) + "]}}".repeat(1_000) + "}";
    assertTrue(refusal(deep).contains("nested"));
  }

  @Test
  void endlesslyNestedValuesBreakTheRequest() {
    String deep =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"x\":" + "[".repeat(100_000);
    Rejected refused = assertThrows(Rejected.class, () -> decode(Signal.LOGS, deep));
    assertEquals(Refusal.Reason.BAD_DATA, refused.refusal().reason());
  }

  @Test
  void resourceMayComeAfterItsScopes() throws Exception {
    DecodedRequest batch =
        decode(
            Signal.LOGS,
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{}],\"scope\":{\"name\":\"s\"}}],"
                + "\"schemaUrl\":\"u\",\"resource\":{\"attributes\":[{\"key\":\"k\"}]}}]}");
    DecodedRequest.Group group = batch.groups().get(0);
    assertEquals("k", group.resource().getAttributes(0).getKey());
    assertEquals("u", group.resourceSchema());
    assertEquals("s", group.scope().getName());
  }

  @Test
  void spansAreRead() throws Exception {
    DecodedRequest batch =
        decode(
            Signal.TRACES,
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"n\",\"kind\":3,"
                + "\"parentSpanId\":\"EEE19B7EC3C1B173\",\"status\":{\"code\":2},"
                + "\"links\":[{\"traceId\":\"5b8efff798038103d269b633813fc60c\"}],"
                + "\"events\":[{\"name\":\"e\",\"timeUnixNano\":\"1\"}]}]}]}]}");
    Span span = ((TracedSpan) batch.groups().get(0).records().get(0).decoded()).span();
    assertEquals(Span.SpanKind.SPAN_KIND_CLIENT, span.getKind());
    assertEquals(8, span.getParentSpanId().size());
    assertEquals(2, span.getStatus().getCodeValue());
    assertEquals(16, span.getLinks(0).getTraceId().size());
    assertEquals(1, span.getEvents(0).getTimeUnixNano());
  }

  @Test
  void tooManyRecordsAreTooLarge() {
    String json =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":["
            + "{},".repeat(RECORDS_MAX)
            + "{}]}]}]}";
    Rejected refused = assertThrows(Rejected.class, () -> decode(Signal.LOGS, json));
    assertEquals(Refusal.Reason.TOO_LARGE, refused.refusal().reason());
  }

  @Test
  void otherCharactersetsAreNotGuessed() {
    byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16LE);
    assertThrows(
        Rejected.class,
        () -> OtlpJson.decode(Signal.LOGS, utf16, RequestBounds.of(64 << 20, RECORDS_MAX)));
  }
}
