package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.proof.event.Kind;
import dev.cadastre.proof.event.Names;
import dev.cadastre.proof.json.Json;
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
      "requestParameters":{"keyId":"arn:aws:kms:eu-central-1:111122223333:key/k"},"eventID":"e-1","eventType":"AwsApiCall"}""";

  private static final String READ =
      """
      {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"k-1","stage":"ResponseComplete",\
      "requestURI":"/api/v1/namespaces/p/secrets/x","verb":"get","user":{"username":"anna.berg@example.com"},\
      "objectRef":{"resource":"secrets","namespace":"p","name":"x"},"responseStatus":{"code":200}}""";

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

  static Stream<Arguments> envelopes() {
    String aws = "key.use:e-1";
    String kube = "data.access:k-1/ResponseComplete";
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
      List<String> told =
          Told.of(dev.cadastre.ingest.wire.Log.of(log), dev.cadastre.proof.event.Attributes.EMPTY)
              .stream()
              .map(one -> one.foreign() ? RecordMapper.recordId(one.record()) : "other:")
              .toList();
      String ids = expected.replaceAll("[a-z.]*:(?=[ek]-1|2026)", "");
      assertEquals(ids, withoutRequest(String.join(" ", told)));
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
