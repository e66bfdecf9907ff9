package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.HttpClientOf.Answer;
import dev.cadastre.ingest.location.EvidenceAppraiser;
import dev.cadastre.ingest.location.EvidenceSettings;
import dev.cadastre.ingest.location.Issuer;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What evidence that senders attach does to their entries. */
class LocationEvidenceTest {
  private static final Issuer FRANKFURT = Issuer.root("O=Amazon Web Services LLC");
  private static final Issuer GOOGLE = Issuer.root("CN=google");
  private static final String TYPE = "ledger.location.evidence.type";
  private static final String VALUE = "ledger.location.evidence.value";

  @TempDir private Path directory;
  private Instant now = Issuer.NOW;
  private TestCell cell;
  private HttpClientOf http;

  @BeforeEach
  void open() throws Exception {
    Path trust = directory.resolve("trust");
    FRANKFURT.writeCertificate(trust.resolve("aws/eu-central-1.pem"));
    Issuer.write(trust.resolve("gce/jwks.json"), GOOGLE.jwks("k1"));
    EvidenceSettings settings =
        new EvidenceSettings(
            trust,
            List.of("here"),
            Optional.empty(),
            Optional.empty(),
            directory.resolve("evidence.txt"));
    cell = new TestCell(directory, Optional.of(EvidenceAppraiser.open(settings, () -> now)));
    http = new HttpClientOf(cell);
    cell.mark();
  }

  @AfterEach
  void close() {
    cell.close();
  }

  private static String aws() {
    String document =
        """
        {"accountId":"123456789012","instanceId":"i-1234567890abcdef0",\
        "pendingTime":"2026-02-19T16:32:11Z","region":"eu-central-1"}\
        """;
    byte[] der = FRANKFURT.direct(Issuer.utf8(document), true);
    return Base64.getEncoder().encodeToString(der);
  }

  private static String gce() {
    long issued = Issuer.NOW.getEpochSecond();
    String claims =
        String.format(
            Locale.ROOT,
            """
            {"aud":"here","exp":%d,"iat":%d,"iss":"https://accounts.google.com","google":{\
            "compute_engine":{"instance_id":"1","project_id":"p","zone":"europe-west3-a"}}}\
            """,
            issued + 3600,
            issued);
    return GOOGLE.token("{\"alg\":\"RS256\",\"kid\":\"k1\"}", claims);
  }

  private static KeyValue attribute(String name, String text) {
    return Otlp.attribute(name, text);
  }

  private static Resource host(String region, String evidence) {
    return Otlp.resource(
        attribute("cloud.provider", "aws"),
        attribute("cloud.region", region),
        attribute(TYPE, "aws-iid"),
        attribute(VALUE, evidence));
  }

  private Answer send(String token, Resource resource, LogRecord... records) throws Exception {
    byte[] body = Otlp.logs(resource, records).toByteArray();
    Answer answer = http.post("/v1/logs", token, HttpClientOf.PROTOBUF, body);
    assertEquals(200, answer.code(), answer::toString);
    return answer;
  }

  private RecordEvent sent(Resource resource, LogRecord record) throws Exception {
    cell.mark();
    send(TestCell.ACME, resource, record);
    List<RecordEvent> records = cell.records(TestCell.ACME_LOG);
    assertEquals(1, records.size());
    return records.get(0);
  }

  private static Location processing(RecordEvent record) {
    return record.locations().get(Hop.PROCESSING);
  }

  private static void assertLocation(String place, Assurance assurance, RecordEvent record) {
    assertEquals(place, processing(record).place(), record::toString);
    assertEquals(assurance, processing(record).assurance(), record::toString);
  }

  @Test
  void evidenceOnTheResourceProvesWhereItsRecordsWereProcessed() throws Exception {
    String evidence = aws();
    RecordEvent record = sent(host("eu-central-1", evidence), Otlp.log("data.access"));
    assertLocation("aws:eu-central-1", Assurance.PROVEN, record);
    assertEquals("", record.problem());
    var kept = processing(record).evidence().orElseThrow();
    assertEquals("aws-iid", kept.type());
    assertEquals(Hash.sha256(Issuer.utf8(evidence)), kept.sha256());
    assertEquals(Hash.sha256(FRANKFURT.certificate().getPublicKey().getEncoded()), kept.key());
    assertTrue(
        record.resourceAttributes().get(VALUE).orElseThrow() instanceof Value.Hashed,
        record::toString);
    assertFalse(cell.newestEntry(TestCell.ACME_LOG).contains(evidence.substring(0, 40)));
  }

  @Test
  void provenPlacesSatisfyAPolicyThatDemandsProof() throws Exception {
    cell.adopt(
        """
        {"assurance":{"processing":"proven"},"categories":{"*":{"processing":{"allow":["DE"]}}},\
        "tenant":"acme","version":1}\
        """);
    LogRecord access = Otlp.log("data.access", attribute("ledger.data.category", "x"));
    RecordEvent proven = sent(host("eu-central-1", aws()), access);
    assertEquals(Outcome.COMPLIANT, proven.verdict().orElseThrow().outcome());
    Resource bare = Otlp.resource(attribute("cloud.region", "aws:eu-central-1"));
    RecordEvent claimed = sent(bare, access);
    assertEquals(Outcome.UNPROVEN, claimed.verdict().orElseThrow().outcome());
  }

  @Test
  void evidenceThatNamesAnotherPlaceContradicts() throws Exception {
    RecordEvent record = sent(host("eu-west-1", aws()), Otlp.log("data.access"));
    assertLocation("aws:eu-west-1 + aws:eu-central-1", Assurance.CONTRADICTED, record);
    assertTrue(processing(record).evidence().isPresent());
  }

  @Test
  void evidenceMakesACountryPrecise() throws Exception {
    LogRecord record = Otlp.log("data.access", attribute("ledger.location.processing", "DE"));
    assertLocation("aws:eu-central-1", Assurance.PROVEN, sent(host("", aws()), record));
    LogRecord france = Otlp.log("data.access", attribute("ledger.location.processing", "FR"));
    assertLocation("FR + aws:eu-central-1", Assurance.CONTRADICTED, sent(host("", aws()), france));
  }

  @Test
  void evidenceAloneTellsThePlace() throws Exception {
    assertLocation("aws:eu-central-1", Assurance.PROVEN, sent(host("", aws()), Otlp.log("x")));
  }

  @Test
  void evidenceOfTheCallerSaysNothingOfAModelThatItCalled() throws Exception {
    LogRecord inference =
        Otlp.log(
            "gen_ai.client.inference", attribute("ledger.inference.region.actual", "eu-central-1"));
    RecordEvent record = sent(host("eu-central-1", aws()), inference);
    assertLocation("aws:eu-central-1", Assurance.CLAIMED, record);
  }

  @Test
  void otherHopsAreNotRaised() throws Exception {
    LogRecord record =
        Otlp.log("data.access", attribute("ledger.location.storage", "aws:eu-central-1"));
    RecordEvent kept = sent(host("eu-central-1", aws()), record);
    assertEquals(Assurance.CLAIMED, kept.locations().get(Hop.STORAGE).assurance());
  }

  @Test
  void sendersCannotWriteAssurances() throws Exception {
    Resource resource =
        Otlp.resource(
            attribute("cloud.region", "aws:eu-central-1"),
            attribute("assurance", "proven"),
            attribute("ledger.location.assurance", "proven"),
            attribute("ledger.location.processing.assurance", "proven"));
    LogRecord record =
        Otlp.log(
            "data.access",
            attribute("locations", "{\"processing\":{\"assurance\":\"proven\"}}"),
            attribute("ledger.location.evidence.assurance", "proven"));
    assertLocation("aws:eu-central-1", Assurance.CLAIMED, sent(resource, record));
  }

  @Test
  void evidenceThatIsNotGenuineLeavesAClaimAndAProblem() throws Exception {
    Answer answer = send(TestCell.ACME, host("eu-central-1", "AAAA"), Otlp.log("data.access"));
    RecordEvent record = cell.records(TestCell.ACME_LOG).get(0);
    assertLocation("aws:eu-central-1", Assurance.CLAIMED, record);
    assertEquals("location evidence: not a PKCS #7 signed message", record.problem());
    assertTrue(
        answer.logs().getPartialSuccess().getErrorMessage().contains("location evidence: "),
        answer::toString);
  }

  @Test
  void evidenceInOtherHandsIsNoticed() throws Exception {
    sent(host("eu-central-1", aws()), Otlp.log("data.access"));
    cell.mark();
    Resource resource =
        host("eu-central-1", aws()).toBuilder()
            .addAttributes(attribute("ledger.tenant.id", "acme"))
            .build();
    send(TestCell.ALL, resource, Otlp.log("data.access"));
    RecordEvent record = cell.records(TestCell.ACME_LOG).get(0);
    assertLocation("aws:eu-central-1", Assurance.CLAIMED, record);
    assertEquals(
        "location evidence: another sender, token/0000000a, sent the same evidence first",
        record.problem());
  }

  @Test
  void evidenceOfAnEventIsKeptInTheVaultToBeCheckedAgain() throws Exception {
    String evidence = aws();
    LogRecord record =
        Otlp.log("location.evidence", attribute(TYPE, "aws-iid"), attribute(VALUE, evidence));
    RecordEvent kept = sent(Resource.getDefaultInstance(), record);
    assertLocation("aws:eu-central-1", Assurance.PROVEN, kept);
    assertFalse(kept.attributes().has(VALUE));
    var disclosure = cell.disclosures(TestCell.ACME_LOG, 0).get(0);
    assertEquals(VALUE, disclosure.name());
    assertEquals(Value.of(evidence), disclosure.value());
    assertEquals(List.of(disclosure.digest()), kept.attributes().sd());
  }

  @Test
  void evidenceOfAnEventStandsForItsInstanceUntilItExpires() throws Exception {
    Resource instance =
        Otlp.resource(
            attribute("cloud.region", "gcp:europe-west3"),
            attribute("service.name", "api"),
            attribute("service.instance.id", "pod-1"));
    assertLocation("gcp:europe-west3", Assurance.CLAIMED, sent(instance, Otlp.log("data.access")));
    sent(
        instance,
        Otlp.log(
            "location.evidence", attribute(TYPE, "gce-identity-token"), attribute(VALUE, gce())));
    RecordEvent proven = sent(instance, Otlp.log("data.access"));
    assertLocation("gcp:europe-west3", Assurance.PROVEN, proven);
    assertTrue(processing(proven).evidence().isPresent());

    Resource other =
        Otlp.resource(
            attribute("cloud.region", "gcp:europe-west3"),
            attribute("service.name", "api"),
            attribute("service.instance.id", "pod-2"));
    assertLocation("gcp:europe-west3", Assurance.CLAIMED, sent(other, Otlp.log("data.access")));

    now = Issuer.NOW.plusSeconds(3600);
    assertLocation("gcp:europe-west3", Assurance.CLAIMED, sent(instance, Otlp.log("data.access")));
  }

  @Test
  void evidenceOfUnknownTypesIsKeptAndProvesNothing() throws Exception {
    LogRecord record =
        Otlp.log("location.evidence", attribute(TYPE, "geoip"), attribute(VALUE, "DE"));
    RecordEvent kept = sent(Otlp.resource(attribute("cloud.region", "DE")), record);
    assertLocation("DE", Assurance.CLAIMED, kept);
    assertEquals("", kept.problem());
  }
}
