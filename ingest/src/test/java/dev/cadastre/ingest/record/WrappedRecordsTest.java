package dev.cadastre.ingest.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.CaseFile;
import dev.cadastre.ingest.Otlp;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that come wrapped: by shippers, queues, log stores and tables. */
class WrappedRecordsTest {
  private static final String DECRYPT =
      """
      {"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/app/anna"},\
      "eventTime":"2026-03-02T08:15:30Z","eventSource":"kms.amazonaws.com","eventName":"Decrypt","awsRegion":"eu-central-1",\
      "requestParameters":{"keyId":"arn:aws:kms:eu-central-1:111122223333:key/k"},"eventID":"e-1","eventType":"AwsApiCall"}\
      """;

  private static final String READ =
      """
      {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"k-1","stage":"ResponseComplete",\
      "requestURI":"/api/v1/namespaces/p/secrets/x","verb":"get","user":{"username":"anna.berg@example.com"},\
      "objectRef":{"resource":"secrets","namespace":"p","name":"x"},"responseStatus":{"code":200}}\
      """;

  private static String text(String text) {
    return new String(Json.of(text).jcs(), StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static String import1(String text) {
    List<CaseFile.Kept> kept = CaseFile.kept("wrapped.json", text.getBytes(StandardCharsets.UTF_8));
    return String.join(" ", kept.stream().map(WrappedRecordsTest::brief).toList());
  }

  private static String brief(CaseFile.Kept kept) {
    assertFalse(kept.entry().contains("anna"), kept.entry());
    return kept.event().kind().wire() + ":" + kept.event().id();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log-of-a-shipper.otlp.json",
        "message-of-a-shipper.otlp.json",
        "lookup-events.cloudtrail.json"
      })
  void aRecordInAShippersFieldIsUnderstood(String file) {
    CaseFile.Kept kept = CaseFile.kept(file).get(0);
    assertEquals(
        "key.use | key aws:eu-central-1 corroborated | processing aws:eu-central-1 claimed"
            + " | unproven keys.custody",
        kept.told());
    assertTrue(kept.hidden(Names.SOURCE_RECORD).startsWith("{\"eventVersion\""));
    assertTrue(kept.hidden(Names.SOURCE_ENVELOPE).contains("\\\"eventVersion\\\""));
  }

  @Test
  void theAuditLogOfAManagedClusterIsUnderstood() {
    CaseFile.Kept kept = CaseFile.kept("kube-audit-of-a-managed-cluster.azure.json").get(0);
    assertEquals(Kind.DATA_ACCESS, kept.event().kind());
    assertEquals("anna.berg@example.com", kept.hidden(Names.AUDIT_ACTOR_ID));
    assertFalse(kept.entry().contains("anna"), kept.entry());
  }

  @Test
  void anAlertThatASidekickTookApartIsUnderstood() {
    CaseFile.Kept kept = CaseFile.kept("alert-of-a-sidekick.otlp.json").get(0);
    assertEquals(Kind.POLICY_DECISION, kept.event().kind());
    assertEquals("Write below binary dir", kept.open(Names.REASON_CODE));
    assertEquals("", kept.event().id(), "two alerts of a rule are no repeat of each other");
    assertEquals(1772439330000000000L, kept.event().time());
    assertFalse(kept.entry().contains("anna"), kept.entry());
  }

  private static final String AWS = "key.use:e-1";
  private static final String KUBE = "data.access:k-1/ResponseComplete";

  static Stream<Arguments> envelopes() {
    return Stream.concat(shipped(), queued());
  }

  /** A subscription's message of CloudWatch Logs. */
  private static String subscription(String... messages) {
    StringBuilder events = new StringBuilder();
    for (String one : messages) {
      events
          .append(events.isEmpty() ? "" : ",")
          .append("{\"id\":\"1\",\"timestamp\":1,\"message\":" + text(one) + "}");
    }
    return "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"111122223333\",\"logGroup\":\"g\",\"logStream\":\"s\","
        + "\"subscriptionFilters\":[\"f\"],\"logEvents\":["
        + events
        + "]}";
  }

  /** What queues and streams carry in base64, gzip or not, one or several. */
  private static Stream<Arguments> queued() {
    String logs = gzip(subscription(DECRYPT, READ));
    return Stream.of(
        Arguments.of(
            AWS + " " + KUBE,
            "{\"requestId\":\"r\",\"timestamp\":1,\"records\":[{\"data\":\"" + logs + "\"}]}"),
        Arguments.of(
            AWS + " " + KUBE + " " + AWS + " " + KUBE,
            "{\"requestId\":\"r\",\"timestamp\":1,\"records\":[{\"data\":\""
                + logs
                + "\"},{\"data\":\""
                + logs
                + "\"}]}"),
        Arguments.of(
            AWS + " " + KUBE,
            "{\"invocationId\":\"i\",\"records\":[{\"recordId\":\"1\",\"kinesisRecordMetadata\":{\"shardId\":\"s\"},\"data\":\""
                + logs
                + "\"}]}"),
        Arguments.of(
            AWS + " " + KUBE,
            "{\"Records\":[{\"kinesis\":{\"partitionKey\":\"p\",\"data\":\""
                + logs
                + "\"},\"eventSource\":\"aws:kinesis\",\"eventVersion\":\"1.0\",\"eventID\":\"s:1\",\"eventName\":\"aws:kinesis:record\","
                + "\"awsRegion\":\"eu-central-1\"}]}"),
        Arguments.of(
            AWS,
            "{\"receivedMessages\":[{\"ackId\":\"a\",\"message\":{\"data\":\""
                + base64(DECRYPT)
                + "\",\"messageId\":\"1\"}}]}"),
        Arguments.of(
            AWS + " " + KUBE,
            "{\"eventSource\":\"aws:kafka\",\"records\":{\"audit-0\":[{\"topic\":\"audit\",\"value\":\""
                + base64(DECRYPT)
                + "\"}],\"audit-1\":[{\"topic\":\"audit\",\"value\":\""
                + base64(READ)
                + "\"}]}}"),
        Arguments.of(
            AWS + " " + KUBE,
            "{\"event\":" + DECRYPT + ",\"host\":\"h\"}{\"event\":" + READ + ",\"host\":\"h\"}"),
        Arguments.of(
            AWS + " " + KUBE,
            "{\"event\":" + text(DECRYPT) + "}\n{\"event\":" + text(READ) + "}\n"),
        Arguments.of(AWS + " " + KUBE + " " + AWS, DECRYPT + "\n" + READ + "\n" + DECRYPT + "\n"),
        Arguments.of(AWS + " " + KUBE, DECRYPT + READ),
        Arguments.of(AWS + " other:", DECRYPT + "\n{\"of\":\"anna\"}"));
  }

  @ParameterizedTest
  @MethodSource("packed")
  void whatIsPackedAsAWholeIsOpened(AnyValue body) throws Exception {
    LogRecord log = LogRecord.newBuilder().setBody(body).build();
    assertEquals("e-1 k-1/ResponseComplete", told(log));
  }

  static Stream<AnyValue> packed() {
    String lines = DECRYPT + "\n" + READ;
    ByteString zipped = ByteString.copyFrom(Base64.getDecoder().decode(gzip(lines)));
    return Stream.of(
        Otlp.text(gzip(lines)),
        Otlp.text(gzip(subscription(DECRYPT, READ))),
        Otlp.text(base64("[" + DECRYPT + "," + READ + "]")),
        Otlp.text(base64(subscription(DECRYPT, READ))),
        AnyValue.newBuilder().setBytesValue(zipped).build(),
        AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8(lines)).build(),
        Otlp.map(Otlp.attribute("data", AnyValue.newBuilder().setBytesValue(zipped).build())));
  }

  @Test
  void linesOfWhichOneIsBrokenTakeNoOthersAlong() {
    String broken = DECRYPT.substring(0, 200);
    String lines = DECRYPT + "\n" + broken + "\n" + READ + "\n";
    String request =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":"
            + text(lines)
            + "}}]}]}]}";
    List<CaseFile.Kept> kept =
        CaseFile.kept("lines.otlp.json", request.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        AWS + " other: " + KUBE,
        String.join(" ", kept.stream().map(WrappedRecordsTest::brief).toList()));
  }

  private static String told(LogRecord log) throws Exception {
    List<String> told =
        TranslatedRecord.of(
                dev.cadastre.ingest.wire.Log.of(log), dev.cadastre.formats.value.Attributes.EMPTY)
            .stream()
            .map(one -> one.foreign() ? RecordMapper.recordId(one.record()) : "other:")
            .toList();
    return withoutRequest(String.join(" ", told));
  }

  private static Stream<Arguments> shipped() {
    String aws = AWS;
    String kube = KUBE;
    return Stream.of(
        Arguments.of(aws, "{\"log\":" + text(DECRYPT + "\n") + ",\"stream\":\"stdout\"}"),
        Arguments.of(aws, "{\"msg\":" + text(text(DECRYPT)) + "}"),
        Arguments.of(aws, "{\"event\":" + DECRYPT + ",\"host\":\"h\",\"time\":1}"),
        Arguments.of(aws, "{\"event\":{\"original\":" + text(DECRYPT) + "},\"agent\":{}}"),
        Arguments.of(kube, "{\"message\":" + text("2026-03-02T13:00:00Z stdout F " + READ) + "}"),
        Arguments.of(kube, "{\"data\":{\"payload\":{\"record\":" + READ + "}}}"),
        Arguments.of(
            kube + " " + kube,
            "{\"records\":[{\"properties\":{\"log\":"
                + text(READ)
                + "}},{\"properties\":{\"log\":"
                + text(READ)
                + "}}]}"),
        Arguments.of(
            aws, "{\"Events\":[{\"EventId\":\"e\",\"CloudTrailEvent\":" + text(DECRYPT) + "}]}"),
        Arguments.of(
            aws, "{\"NextToken\":\"n\",\"Events\":[{\"CloudTrailEvent\":" + text(DECRYPT) + "}]}"),
        Arguments.of(
            aws + " other:",
            "{\"logEvents\":[{\"id\":\"1\",\"message\":"
                + text(DECRYPT)
                + "},{\"id\":\"2\",\"message\":\"by anna\"}]}"),
        Arguments.of(
            aws,
            "{\"awslogs\":{\"data\":\""
                + gzip("{\"logEvents\":[{\"message\":" + text(DECRYPT) + "}]}")
                + "\"}}"),
        Arguments.of(aws, "{\"Type\":\"Notification\",\"Message\":" + text(DECRYPT) + "}"),
        Arguments.of(
            aws, "{\"Messages\":[{\"Body\":" + text("{\"Message\":" + text(DECRYPT) + "}") + "}]}"),
        Arguments.of(aws, "{\"Records\":[{\"kinesis\":{\"data\":\"" + base64(DECRYPT) + "\"}}]}"),
        Arguments.of(
            aws, "{\"requestId\":\"r\",\"records\":[{\"data\":\"" + base64(DECRYPT) + "\"}]}"),
        Arguments.of(
            aws,
            "{\"subscription\":\"s\",\"message\":{\"data\":\""
                + base64(DECRYPT)
                + "\",\"messageId\":\"1\"}}"),
        Arguments.of(kube, "{\"entries\":[{\"logName\":\"l\",\"jsonPayload\":" + READ + "}]}"),
        Arguments.of(
            kube,
            "{\"tables\":[{\"name\":\"t\",\"columns\":[{\"name\":\"Category\"},{\"name\":\"log_s\"}],\"rows\":[[\"kube-audit\","
                + text(READ)
                + "]]}]}"),
        Arguments.of(
            kube,
            "{\"tables\":[{\"columns\":[{\"name\":\"AuditId\"},{\"name\":\"Verb\"},{\"name\":\"Stage\"},{\"name\":\"User\"},"
                + "{\"name\":\"ObjectRef\"}],\"rows\":[[\"k-1\",\"get\",\"ResponseComplete\",{\"username\":\"anna\"},"
                + text("{\"resource\":\"secrets\"}")
                + "]]}]}"),
        Arguments.of(
            "key.use:2026-03-02T10:00:01Z/KeyUnwrap/c",
            "[{\"TimeGenerated\":\"2026-03-02T10:00:01Z\",\"OperationName\":\"KeyUnwrap\",\"CorrelationId\":\"c\",\"ResultType\":\"Success\","
                + "\"ResourceId\":\"/SUBSCRIPTIONS/X/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/V\",\"id_s\":\"https://v.vault.azure.net/keys/k/1\"}]"),
        Arguments.of(
            kube,
            "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[" + READ + "]}"),
        Arguments.of(
            aws,
            "{\"specversion\":\"1.0\",\"id\":\"c\",\"type\":\"t\",\"source\":\"s\",\"data\":"
                + DECRYPT
                + "}"));
  }

  @ParameterizedTest
  @MethodSource("envelopes")
  void usualEnvelopesAreOpenedWhenImported(String expected, String envelope) {
    assertEquals(expected, withoutRequest(import1(envelope)));
  }

  /** Key Vault's ids end in the request. */
  private static String withoutRequest(String told) {
    return told.replaceFirst("(KeyUnwrap/c)/.*", "$1");
  }

  @ParameterizedTest
  @MethodSource("envelopes")
  void usualEnvelopesAreOpenedInABodyAndInAnAttribute(String expected, String envelope)
      throws Exception {
    AnyValue value = AnyValue.newBuilder().setStringValue(envelope).build();
    KeyValue attribute = KeyValue.newBuilder().setKey("log").setValue(value).build();
    LogRecord inBody = LogRecord.newBuilder().setBody(value).build();
    LogRecord inAttribute =
        LogRecord.newBuilder().setBody(Otlp.text("by anna")).addAttributes(attribute).build();
    for (LogRecord log : List.of(inBody, inAttribute)) {
      assertEquals(expected.replaceAll("[a-z.]*:(?=[ek]-1|2026)", ""), told(log));
    }
  }

  @Test
  void whatIsNotUnderstoodIsPrivateAndTheSenderIsTold() {
    String body = "{\\\"log\\\":\\\"anna.berg signed in\\\"}";
    String request =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\""
            + body
            + "\"}}]}]}]}";
    byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
    CaseFile.Kept kept = CaseFile.kept("unknown.otlp.json", bytes).get(0);
    assertEquals(Kind.OTHER, kept.event().kind());
    assertFalse(kept.entry().contains("anna"), kept.entry());
    assertTrue(kept.hidden(Names.SOURCE_BODY).contains("anna"));
    String warning = CaseFile.warning("unknown.otlp.json", bytes);
    assertTrue(warning.startsWith("1 of 1 are of no known kind"), warning);
  }

  /** Else whoever is quoted in a log could write evidence. */
  @Test
  void whatALogQuotesElsewhereIsNoRecord() {
    assertEquals("other:", import1("{\"user_agent\":" + text(DECRYPT) + "}"));
  }

  @Test
  void oneThatCannotBeReadTakesNoOthersAlong() {
    String broken = DECRYPT.replace("\"eventType\"", "\"eventVersion\"");
    assertEquals(
        "key.use:e-1 other:",
        import1(
            "{\"Events\":[{\"CloudTrailEvent\":"
                + text(DECRYPT)
                + "},{\"CloudTrailEvent\":"
                + text(broken)
                + "}]}"));
  }

  @Test
  void openingEndsInTimeWhateverIsSent() {
    String nested = "{\"log\":".repeat(5_000) + "1" + "}".repeat(5_000);
    String quoted = DECRYPT;
    for (int i = 0; i < 12; i++) {
      quoted = "{\"log\":" + text(quoted) + "}";
    }
    String bomb = "{\"awslogs\":{\"data\":\"" + gzip(" ".repeat(64 << 20)) + "\"}}";
    String table =
        "{\"tables\":[{\"columns\":["
            + ("{\"name\":\"" + "n".repeat(100_000) + "\"}")
            + "],\"rows\":["
            + "[1],".repeat(100_000)
            + "[1]]}]}";
    for (String one : List.of(nested, quoted, bomb, table)) {
      assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertEquals("other:", import1(one)));
    }
  }
}
