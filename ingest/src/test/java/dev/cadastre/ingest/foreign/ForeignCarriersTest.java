package dev.cadastre.ingest.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.Otlp;
import dev.cadastre.ingest.StubSink;
import dev.cadastre.ingest.TestCell;
import dev.cadastre.ingest.integrity.TrustedKeys;
import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ingest.otlp.ReceivedRecord;
import dev.cadastre.ingest.record.Mapped;
import dev.cadastre.ingest.record.Preparation;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.request.Undecodable;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign records as Collectors deliver them: as text, bytes or maps, taken apart, in batches. */
class ForeignCarriersTest {
  private static final String KEY = "arn:aws:kms:eu-west-1:210987654321:key/k1";
  private static final String DECRYPT =
      """
      {"eventVersion":"1.08","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::210987654321:user/anna","userName":"anna"},
       "eventTime":"2026-01-01T00:00:00Z","eventSource":"kms.amazonaws.com","eventName":"Decrypt","awsRegion":"eu-west-1",
       "sourceIPAddress":"198.51.100.7","eventID":"id-1","resources":[{"ARN":"KEY","type":"AWS::KMS::Key"}],"readOnly":true,
       "recipientAccountId":"210987654321","eventType":"AwsApiCall"}
      """
          .replace("KEY", KEY);

  private static KeyValue region(String region) {
    return Otlp.attribute("cloud.region", region);
  }

  @Test
  void textBytesAndMapsSayTheSame() throws Exception {
    AnyValue map =
        Otlp.map(
            Otlp.attribute("eventVersion", "1.08"),
            Otlp.attribute(
                "userIdentity",
                Otlp.map(
                    Otlp.attribute("type", "IAMUser"),
                    Otlp.attribute("arn", "arn:aws:iam::210987654321:user/anna"))),
            Otlp.attribute("eventTime", "2026-01-01T00:00:00Z"),
            Otlp.attribute("eventSource", "kms.amazonaws.com"),
            Otlp.attribute("eventName", "Decrypt"),
            Otlp.attribute("awsRegion", "eu-west-1"),
            Otlp.attribute("eventID", "id-1"),
            Otlp.attribute("requestParameters", Otlp.map(Otlp.attribute("keyId", KEY))));
    AnyValue bytes = AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8(DECRYPT)).build();
    for (AnyValue body : List.of(Otlp.text("\n " + DECRYPT), bytes, map)) {
      Mapped mapped = Mapped.of(LogRecord.newBuilder().setBody(body).build());
      assertEquals(Kind.KEY_USE, mapped.event().kind());
      assertEquals("id-1", mapped.event().id());
      assertEquals(KEY, mapped.open(Names.KEY_ID));
      assertEquals("aws:eu-west-1 corroborated", mapped.at(Hop.KEY));
      assertFalse(mapped.entry().contains("anna"), mapped.entry());
      assertTrue(mapped.hidden(Names.SOURCE_RECORD).contains("user/anna"));
    }
  }

  @Test
  void theRecordDecidesAndTheResourceIsCheckedAgainstIt() throws Exception {
    assertEquals(
        "aws:eu-west-1 claimed", Mapped.body(DECRYPT, region("eu-west-1")).at(Hop.PROCESSING));
    assertEquals(
        "aws:eu-west-1 contradicted", Mapped.body(DECRYPT, region("us-east-1")).at(Hop.PROCESSING));
    assertEquals(
        "aws:eu-west-1 corroborated", Mapped.body(DECRYPT, region("us-east-1")).at(Hop.KEY));
  }

  @Test
  void cloudTrailThatTheCollectorTookApartIsPutTogether() throws Exception {
    LogRecord log =
        LogRecord.newBuilder()
            .setTimeUnixNano(7)
            .addAllAttributes(
                List.of(
                    Otlp.attribute("aws.cloudtrail.event_version", "1.08"),
                    Otlp.attribute("aws.cloudtrail.event_id", "id-2"),
                    Otlp.attribute("rpc.method", "Decrypt"),
                    Otlp.attribute("rpc.system", "AwsApiCall"),
                    Otlp.attribute("rpc.service", "kms.amazonaws.com"),
                    Otlp.attribute("aws.event.category", "Management"),
                    Otlp.attribute("source.address", "198.51.100.7"),
                    Otlp.attribute("user.name", "anna"),
                    Otlp.attribute("aws.principal.arn", "arn:aws:iam::210987654321:user/anna"),
                    Otlp.attribute("aws.principal.type", "IAMUser"),
                    Otlp.attribute("aws.error.code", "AccessDeniedException"),
                    Otlp.attribute("server.address", "kms.eu-west-1.amazonaws.com"),
                    Otlp.attribute("ledger.data.category", "payments"),
                    Otlp.attribute(
                        "aws.request.parameters", Otlp.map(Otlp.attribute("keyId", KEY)))))
            .build();
    Mapped mapped = Mapped.of(log, region("us-east-1"), Otlp.attribute("cloud.provider", "aws"));
    assertEquals(Kind.KEY_USE, mapped.event().kind());
    assertEquals("id-2", mapped.event().id());
    assertEquals(7, mapped.event().time(), "the time stands in the log record");
    assertEquals(KEY, mapped.open(Names.KEY_ID));
    assertEquals("denied", mapped.open(Names.AUDIT_OUTCOME));
    assertEquals(
        "aws:eu-west-1 contradicted",
        mapped.at(Hop.PROCESSING),
        "the Resource has another record's region");
    assertEquals("aws:eu-west-1 corroborated", mapped.at(Hop.KEY));
    assertEquals("payments", mapped.open(Names.DATA_CATEGORY), "what the sender adds stays");
    assertFalse(mapped.entry().contains("anna"), mapped.entry());
    assertTrue(mapped.hidden(Names.SOURCE_RECORD).contains("\"aws.principal.arn\""));
  }

  @ParameterizedTest
  @CsvSource({
    "kms.us-gov-west-1.amazonaws.com, aws:us-gov-west-1 contradicted",
    "kms-fips.us-gov-west-1.amazonaws.com, aws:us-gov-west-1 contradicted",
    "kms.cn-north-1.amazonaws.com.cn, aws:cn-north-1 contradicted",
    "kms.us-iso-east-1.c2s.ic.gov, aws:us-iso-east-1 contradicted",
    "kms.ap-southeast-5.amazonaws.com, aws:ap-southeast-5 contradicted",
    "KMS.AP-Southeast-5.amazonaws.com:443, aws:ap-southeast-5 contradicted",
    "kms.eusc-de-east-1.amazonaws.eu, aws:eusc-de-east-1 contradicted",
    "vpce-1-ab.kms.eu-west-3.vpce.amazonaws.com, aws:eu-west-3 contradicted",
    "kms.eu-west-3.api.aws, aws:eu-west-3 contradicted",
    "us-east-1.s3.eu-west-3.amazonaws.com, aws:eu-west-3 contradicted",
    "us-east-1.s3.amazonaws.com, aws:eu-west-1 claimed",
    "kms.amazonaws.com, aws:eu-west-1 claimed",
    "kms.nonsense.amazonaws.com, aws:eu-west-1 claimed",
    "kms.eu-west-3.amazonaws.com.evil.com, aws:eu-west-1 claimed",
    "xx-nowhere-7.amazonaws.com, xx-nowhere-7 contradicted",
    "eu-west-3, aws:eu-west-1 claimed",
    "'', aws:eu-west-1 claimed",
  })
  void theHostThatWasCalledTellsTheRegionOfWhatTheCollectorTookApart(String host, String place)
      throws Exception {
    LogRecord log =
        Otlp.log(
            "",
            Otlp.attribute("aws.cloudtrail.event_version", "1.08"),
            Otlp.attribute("aws.cloudtrail.event_id", "id-3"),
            Otlp.attribute("rpc.method", "ListKeys"),
            Otlp.attribute("rpc.service", "kms.amazonaws.com"),
            Otlp.attribute("aws.principal.type", "IAMUser"),
            Otlp.attribute("server.address", host));
    Mapped mapped = Mapped.of(log, region("eu-west-1"), Otlp.attribute("cloud.provider", "aws"));
    assertEquals("id-3", mapped.event().id());
    // Without a region of its own it has what the Resource says, which is claimed and no more.
    assertEquals(place, mapped.at(Hop.PROCESSING));
  }

  @Test
  void gcpThatTheCollectorTookApartIsPutTogether() throws Exception {
    String key = "projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k";
    LogRecord log =
        Otlp.log(
            "",
            Otlp.attribute("log.record.uid", "insert-1"),
            Otlp.attribute("gcp.audit.service.name", "cloudkms.googleapis.com"),
            Otlp.attribute("gcp.audit.method.name", "Encrypt"),
            Otlp.attribute("gcp.audit.resource.name", key),
            Otlp.attribute("user.email", "anna@example.com"),
            Otlp.attribute("client.address", "198.51.100.7"),
            Otlp.attribute("gcp.audit.request.reason", "CUSTOMER_INITIATED_SUPPORT"),
            Otlp.attribute("rpc.jsonrpc.error_code", 7));
    Mapped mapped = Mapped.of(log);
    assertEquals(Kind.KEY_USE, mapped.event().kind());
    assertEquals("insert-1", mapped.event().id());
    assertEquals(key, mapped.open(Names.KEY_ID));
    assertEquals("denied", mapped.open(Names.AUDIT_OUTCOME));
    assertEquals("CUSTOMER_INITIATED_SUPPORT", mapped.open(Names.REASON_CODE));
    assertEquals("gcp:europe-west3 corroborated", mapped.at(Hop.KEY));
    assertFalse(mapped.entry().contains("anna"), mapped.entry());
  }

  @Test
  void gcpPayloadAloneIsTaken() throws Exception {
    String payload =
        """
        {"@type":"type.googleapis.com/google.cloud.audit.AuditLog","serviceName":"cloudkms.googleapis.com","methodName":"Decrypt",
         "resourceName":"projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k","authenticationInfo":{"principalEmail":"a@b.c"}}
        """;
    LogRecord log =
        Otlp.log("", Otlp.attribute("log.record.uid", "insert-2")).toBuilder()
            .setBody(Otlp.text(payload))
            .build();
    Mapped mapped = Mapped.of(log);
    assertEquals(Kind.KEY_USE, mapped.event().kind());
    assertEquals("insert-2", mapped.event().id());
  }

  @Test
  void keyVaultThatTheCollectorTookApartIsPutTogether() throws Exception {
    KeyValue vault =
        Otlp.attribute(
            "cloud.resource_id", "/subscriptions/1/providers/Microsoft.KeyVault/vaults/v");
    String key = "https://v.vault.azure.net/keys/k/0123456789abcdef0123456789abcdef";
    LogRecord attributes =
        Otlp.log(
            "",
            Otlp.attribute("azure.operation.name", "KeyDecrypt"),
            Otlp.attribute("azure.result.signature", "OK"),
            Otlp.attribute("network.peer.address", "198.51.100.7"),
            Otlp.attribute(
                "azure.identity",
                Otlp.map(Otlp.attribute("claim", Otlp.map(Otlp.attribute("upn", "anna@b.c"))))),
            Otlp.attribute("id", key),
            Otlp.attribute("httpStatusCode", 200));
    LogRecord body =
        LogRecord.newBuilder()
            .setBody(
                Otlp.map(
                    Otlp.attribute("category", "AuditEvent"),
                    Otlp.attribute("operation.name", "KeyDecrypt"),
                    Otlp.attribute("network.peer.address", "198.51.100.7"),
                    Otlp.attribute("properties", Otlp.map(Otlp.attribute("id", key)))))
            .build();
    for (LogRecord log : List.of(attributes, body)) {
      Mapped mapped = Mapped.of(log, vault, region("germanywestcentral"));
      assertEquals(Kind.KEY_USE, mapped.event().kind());
      assertEquals("https://v.vault.azure.net/keys/k", mapped.open(Names.KEY_ID));
      assertEquals("success", mapped.open(Names.AUDIT_OUTCOME));
      assertFalse(mapped.entry().contains("198.51.100"), mapped.entry());
      assertEquals(Kind.OTHER, Mapped.of(log).event().kind(), "no Key Vault on the Resource");
    }
  }

  @Test
  void vaultsKeysAreWhereItRuns() throws Exception {
    String record = Files.readAllLines(ForeignExamplesTest.EXAMPLES.resolve("vault.ndjson")).get(1);
    Mapped mapped =
        Mapped.body(record, region("eu-central-1"), Otlp.attribute("cloud.provider", "aws"));
    assertEquals("aws:eu-central-1 claimed", mapped.at(Hop.PROCESSING));
    assertEquals("transit/keys/statements", mapped.open(Names.KEY_ID));
  }

  @Test
  void attributesThatGiveWayAreKept() throws Exception {
    LogRecord log =
        Otlp.log("ours", Otlp.attribute(Names.KEY_ID, "mine"), Otlp.attribute("log.file.name", "f"))
            .toBuilder()
            .setBody(Otlp.text(DECRYPT))
            .build();
    Mapped mapped = Mapped.of(log);
    assertEquals(KEY, mapped.open(Names.KEY_ID));
    assertEquals("f", mapped.open("log.file.name"));
    assertEquals("{\"ledger.key.id\":\"mine\"}", mapped.hidden(Names.SOURCE_ATTRIBUTES));
  }

  @Test
  void largeRecordsAreKeptInParts() throws Exception {
    String large =
        "{\"requestParameters\":{\"x\":\"" + "ü".repeat(50_000) + "\"}," + DECRYPT.substring(1);
    Mapped mapped = Mapped.body(large);
    StringBuilder whole = new StringBuilder();
    for (int part = 1; mapped.disclosed().containsKey(Names.SOURCE_RECORD + "." + part); part++) {
      whole.append(mapped.hidden(Names.SOURCE_RECORD + "." + part));
    }
    assertEquals(large, whole.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[1,2]",
        "2026-01-01 INFO eventSource eventName userIdentity eventVersion",
        "{\"msg\":\"eventSource\",\"level\":\"info\"}",
        "{\"request\":{\"id\":\"1\",\"path\":\"/a\",\"operation\":\"read\"},\"type\":\"http\",\"time\":\"t\"}",
        "{\"rule\":\"r\",\"priority\":\"high\",\"output_fields\":[],\"time\":\"t\"}",
        "{\"class_uid\":6003,\"metadata\":{},\"activity_id\":1}",
        "{\"decision_id\":\"d\",\"labels\":[],\"path\":\"p\",\"timestamp\":\"t\"}",
        "{\"kind\":\"Event\",\"apiVersion\":\"v1\",\"note\":\"audit.k8s.io/v1\",\"auditID\":\"a\",\"verb\":\"get\"}",
        "{\"auditID\":\"a\",\"verb\":\"get\",\"level\":\"info\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/\",\"user\":{}}",
        "{\"auditID\":\"a\",\"verb\":\"get\",\"level\":\"Metadata\",\"stage\":\"done\",\"requestURI\":\"/\",\"user\":{}}",
        "{\"operationName\":\"Get\",\"category\":\"c\",\"time\":\"t\",\"resourceId\":\"/subscriptions/1/x\"}",
        "{\"@type\":\"type.googleapis.com/google.cloud.audit.AuditLog\",\"x\":1}"
      })
  void ordinaryLogsStayWhatTheyAre(String body) throws Exception {
    LogRecord log = Otlp.log("custom.event").toBuilder().setBody(Otlp.text(body)).build();
    Mapped mapped = Mapped.of(log);
    assertEquals("custom.event", mapped.event().name());
    assertTrue(mapped.event().body().isEmpty());
    assertEquals(Map.of(Names.SOURCE_BODY, Value.of(body)), mapped.disclosed());
  }

  /** It may be cut off, and what it names is private all the same. */
  @Test
  void whatLooksLikeARecordAndCannotBeReadIsQuarantined() {
    String cut = DECRYPT.substring(0, DECRYPT.length() - 10);
    Undecodable why = assertThrows(Undecodable.class, () -> Mapped.body(cut));
    assertTrue(
        why.getMessage().startsWith("looks like a record of format cloudtrail"), why::getMessage);
  }

  @Test
  void batchesAreTakenApart() throws Exception {
    String two = DECRYPT.replace("id-1", "id-2");
    for (String body :
        List.of(
            "{\"Records\":[" + DECRYPT + "," + two + "]}",
            "[" + DECRYPT + "," + two + "]",
            DECRYPT + "\n" + two)) {
      LogRecord log =
          Otlp.log("", Otlp.attribute("a", "b")).toBuilder().setBody(Otlp.text(body)).build();
      List<LogRecord> records = Batches.split(log);
      boolean batch = body.startsWith("[") || body.contains("Records");
      assertEquals(batch ? 2 : 1, records.size(), body);
    }
    String list = Files.readString(ForeignExamplesTest.EXAMPLES.resolve("kubernetes.json"));
    assertEquals(6, Batches.split(LogRecord.newBuilder().setBody(Otlp.text(list)).build()).size());
    for (String single : List.of("[2026] INFO", "[{\"a\":1},{\"b\":2}]", DECRYPT)) {
      LogRecord log = LogRecord.newBuilder().setBody(Otlp.text(single)).build();
      assertEquals(List.of(log), Batches.split(log));
    }
  }

  @Test
  void recordsOfABatchAreEntriesOfTheirOwn() throws Exception {
    Stream<String> ids = Stream.of("id-a", "id-b", "id-c");
    String body =
        "{\"Records\":["
            + String.join(",", ids.map(id -> DECRYPT.replace("id-1", id)).toList())
            + "]}";
    DecodedRequest batch =
        new DecodedRequest(
            Signal.LOGS,
            List.of(
                new DecodedRequest.Group(
                    Otlp.resource(),
                    "",
                    io.opentelemetry.proto.common.v1.InstrumentationScope.getDefaultInstance(),
                    "",
                    List.of(
                        new ReceivedRecord.Decoded(
                            LogRecord.newBuilder().setBody(Otlp.text(body)).build())))));
    Sender sender = new Sender("token/0123cafe", java.util.Optional.of(TestCell.ACME_LOG), true);
    Preparation.Prepared prepared =
        Preparation.prepare(
            sender, batch, new StubSink(), TrustedKeys.NONE, new java.util.Random(1));
    assertEquals(
        List.of("id-a", "id-b", "id-c"),
        prepared.drafts().stream().map(draft -> draft.recordId().orElse("")).toList());
  }
}
