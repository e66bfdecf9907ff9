package dev.cadastre.ingest.integrity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.cadastre.formats.event.Integrity;
import dev.cadastre.formats.event.Integrity.Status;
import dev.cadastre.ledger.model.LogName;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders' signatures: what they are over, and whose count. */
class RecordSignatureTest {
  private static final LogName ACME = new LogName("acme");
  private static final Instant NOW = Instant.ofEpochSecond(1_714_041_600);
  private static final byte[] SECRET =
      "a secret of enough bytes to count".getBytes(StandardCharsets.UTF_8);

  private static final LogRecord RECORD =
      LogRecord.newBuilder()
          .setTimeUnixNano(1_714_041_600_000_000_001L)
          .setObservedTimeUnixNano(1_714_041_601_000_000_000L)
          .setEventName("user.login.success")
          .setBody(AnyValue.newBuilder().setStringValue("text"))
          .setSeverityText("INFO")
          .setSpanId(ByteString.copyFrom(new byte[] {0, 1, 2, 3, 4, 5, 6, 7}))
          .addAttributes(attribute("audit.record.id", "r-1"))
          .addAttributes(attribute("z", AnyValue.newBuilder().setIntValue(7)))
          .addAttributes(attribute("big", AnyValue.newBuilder().setIntValue((1L << 53) + 1)))
          .build();

  private static final LogRecord SIMPLE =
      RECORD.toBuilder().removeAttributes(2).addAttributes(attribute("b", "x")).build();

  @TempDir Path directory;

  private static KeyValue attribute(String name, String text) {
    return TestSigner.attribute(name, text);
  }

  private static KeyValue attribute(String name, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(name).setValue(value).build();
  }

  private Keyring trusting(String file, String content) throws IOException {
    Files.createDirectories(directory.resolve("acme"));
    Path path = Files.writeString(directory.resolve("acme").resolve(file), content);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    return new TrustedKeyDirectory(directory).of(ACME);
  }

  private static Integrity check(Keyring keys, Resource resource, LogRecord record) {
    return RecordSignature.of(resource, record).orElseThrow().check(keys);
  }

  private static String text(SignedForm form, LogRecord record) {
    return new String(form.bytes(record).orElseThrow(), StandardCharsets.UTF_8);
  }

  @Test
  void theSignedBytesAreTheDrafts() {
    assertEquals(
        "{\"attributes\":{\"audit.record.id\":{\"stringValue\":\"r-1\"},"
            + "\"big\":{\"intValue\":\"9007199254740993\"},\"z\":{\"intValue\":7}},"
            + "\"body\":{\"stringValue\":\"text\"},\"event_name\":\"user.login.success\","
            + "\"observed_timestamp\":\"1714041601000000000\",\"span_id\":\"0001020304050607\","
            + "\"timestamp\":\"1714041600000000001\"}",
        text(SignedForm.TYPED, RECORD));
  }

  @Test
  void theSignedBytesAreThoseOfTheCollectorsProcessorsToo() {
    assertTrue(text(SignedForm.TYPED_TEXT, RECORD).contains("\"z\":{\"intValue\":\"7\"}"));
    assertEquals(
        "{\"attributes\":{\"audit.record.id\":\"r-1\",\"b\":\"x\",\"z\":7},\"body\":\"text\","
            + "\"event_name\":\"user.login.success\",\"observed_timestamp\":1714041601000000000,"
            + "\"severity_text\":\"INFO\",\"span_id\":\"0001020304050607\","
            + "\"timestamp\":1714041600000000000}",
        text(SignedForm.PLAIN, SIMPLE));
  }

  @Test
  void whatPlainJsonWouldConfuseHasNoPlainForm() {
    AnyValue.Builder map =
        AnyValue.newBuilder()
            .setKvlistValue(KeyValueList.newBuilder().addValues(attribute("stringValue", "x")));
    AnyValue.Builder bytes = AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("x"));
    for (AnyValue.Builder value :
        List.of(
            map,
            bytes,
            AnyValue.newBuilder().setDoubleValue(1),
            AnyValue.newBuilder().setIntValue(1L << 53),
            AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(map)))) {
      LogRecord record = SIMPLE.toBuilder().addAttributes(attribute("v", value)).build();
      assertTrue(SignedForm.PLAIN.bytes(record).isEmpty(), value::toString);
      assertTrue(SignedForm.TYPED.bytes(record).isPresent(), value::toString);
    }
    LogRecord undated = SIMPLE.toBuilder().clearTimeUnixNano().build();
    assertTrue(SignedForm.PLAIN.bytes(undated).isEmpty());
  }

  @Test
  void whatJsonCannotSayCannotBeSigned() throws Exception {
    AnyValue.Builder nan = AnyValue.newBuilder().setDoubleValue(Double.NaN);
    LogRecord record = SIMPLE.toBuilder().addAttributes(attribute("v", nan)).build();
    TestSigner signer = TestSigner.ed25519();
    Keyring keys = trusting("k.pem", signer.pem());
    assertEquals(
        Status.INVALID, check(keys, signer.resource(), signer.sign(record, "{}")).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"EdDSA", "ES256 DER", "ES256 raw", "RS256"})
  void signaturesOfATrustedKeyHoldInEveryForm(String algorithm) throws Exception {
    TestSigner signer = TestSigner.of(algorithm);
    Keyring keys = trusting("pay.pem", signer.pem());
    for (SignedForm form : SignedForm.values()) {
      Integrity found =
          check(keys, signer.resource("pay"), signer.sign(SIMPLE, text(form, SIMPLE)));
      assertEquals(Status.VERIFIED, found.status(), form + ": " + found);
      assertEquals(signer.algorithm(), found.algorithm());
      assertTrue(found.key().matches("sha256:[0-9a-f]{64}"), found::key);
    }
  }

  @Test
  void aVerifiedSignatureSaysWhatItIsOver() throws Exception {
    TestSigner signer = TestSigner.ed25519();
    Keyring keys = trusting("k.pem", signer.pem());
    assertEquals(
        List.of("attributes", "body", "name", "observed", "span", "time"),
        check(keys, signer.resource(), signer.sign(SIMPLE)).covers());
    assertEquals(
        List.of("attributes", "body", "name", "observed", "severity", "span", "time"),
        check(keys, signer.resource(), signer.sign(SIMPLE, text(SignedForm.PLAIN, SIMPLE)))
            .covers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"EdDSA", "ES256 DER", "ES256 raw", "RS256"})
  void aRecordThatWasAlteredIsFound(String algorithm) throws Exception {
    TestSigner signer = TestSigner.of(algorithm);
    Keyring keys = trusting("k.pem", signer.pem());
    LogRecord signed = signer.sign(SIMPLE);
    for (LogRecord altered :
        List.of(
            signed.toBuilder().setEventName("other").build(),
            signed.toBuilder().setTimeUnixNano(SIMPLE.getTimeUnixNano() + 1).build(),
            signed.toBuilder().clearBody().build(),
            signed.toBuilder().addAttributes(attribute("more", "x")).build(),
            signed.toBuilder().removeAttributes(1).build())) {
      assertEquals(Status.INVALID, check(keys, signer.resource(), altered).status(), algorithm);
    }
    // The Resource is not signed: whatever it says, the signature holds.
    Resource elsewhere = signer.resource().toBuilder().addAttributes(attribute("x", "y")).build();
    assertEquals(Status.VERIFIED, check(keys, elsewhere, signed).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AA==", "not base64!", "MAA=", "MAYCAQACAQA="})
  void whatIsNoSignatureIsInvalid(String value) throws Exception {
    for (String algorithm : List.of("EdDSA", "ES256 DER", "RS256")) {
      TestSigner signer = TestSigner.of(algorithm);
      Keyring keys = trusting("k.pem", signer.pem());
      LogRecord record =
          SIMPLE.toBuilder().addAttributes(attribute("audit.integrity.value", value)).build();
      assertEquals(Status.INVALID, check(keys, signer.resource(), record).status(), algorithm);
    }
  }

  @Test
  void aSignatureHasOneSpelling() throws Exception {
    TestSigner signer = TestSigner.ed25519();
    Keyring keys = trusting("k.pem", signer.pem());
    LogRecord signed = signer.sign(SIMPLE);
    String value = value(signed);
    assertTrue(value.endsWith("=="), value);
    char last = value.charAt(value.length() - 3);
    String bare = value.substring(0, value.length() - 3);
    for (String other :
        List.of(
            bare + last,
            bare + last + "=",
            bare + (char) (last + 1) + "==",
            value + "\n",
            value.replace('+', '-').replace('/', '_') + "=",
            Base64.getUrlEncoder().encodeToString(Base64.getDecoder().decode(value)) + " ")) {
      assertEquals(
          Status.INVALID, check(keys, signer.resource(), valued(signed, other)).status(), other);
    }
    assertEquals(Status.VERIFIED, check(keys, signer.resource(), valued(signed, value)).status());
  }

  private static String value(LogRecord record) {
    return record.getAttributesList().stream()
        .filter(one -> one.getKey().equals("audit.integrity.value"))
        .map(one -> one.getValue().getStringValue())
        .findFirst()
        .orElseThrow();
  }

  private static LogRecord valued(LogRecord signed, String value) {
    LogRecord.Builder other = signed.toBuilder().clearAttributes();
    signed.getAttributesList().stream()
        .filter(one -> !one.getKey().equals("audit.integrity.value"))
        .forEach(other::addAttributes);
    return other.addAttributes(attribute("audit.integrity.value", value)).build();
  }

  @Test
  void signaturesOfZerosAreInvalid() throws Exception {
    TestSigner signer = TestSigner.of("ES256 raw");
    String zeros = Base64.getEncoder().encodeToString(new byte[64]);
    LogRecord record =
        SIMPLE.toBuilder().addAttributes(attribute("audit.integrity.value", zeros)).build();
    Keyring keys = trusting("k.pem", signer.pem());
    assertEquals(Status.INVALID, check(keys, signer.resource(), record).status());
  }

  @Test
  void aSharedSecretIsNamedAndNeverHashed() throws Exception {
    TestSigner signer = TestSigner.hmac(SECRET);
    Keyring keys = trusting("pay.hmac", new String(SECRET, StandardCharsets.UTF_8) + "\n");
    assertEquals("hmac:pay", check(keys, signer.resource(), signer.sign(RECORD)).key());
    Keyring base64 = trusting("pay.hmac", "x");
    assertEquals(Status.UNTRUSTED, check(base64, signer.resource(), signer.sign(RECORD)).status());
    Keyring encoded = trusting("pay.hmac64", Base64.getEncoder().encodeToString(SECRET));
    assertEquals(Status.VERIFIED, check(encoded, signer.resource(), signer.sign(RECORD)).status());
  }

  @Test
  void aPublicKeyIsNoSecret() throws Exception {
    TestSigner honest = TestSigner.of("RS256");
    Keyring keys = trusting("k.pem", honest.pem());
    TestSigner forger = TestSigner.hmac(honest.pem().getBytes(StandardCharsets.UTF_8));
    assertEquals(Status.UNTRUSTED, check(keys, forger.resource(), forger.sign(RECORD)).status());
  }

  @Test
  void secretsThatOthersMayReadAreNotTrusted() throws Exception {
    TestSigner signer = TestSigner.hmac(SECRET);
    trusting("pay.hmac", new String(SECRET, StandardCharsets.UTF_8));
    Files.setPosixFilePermissions(
        directory.resolve("acme/pay.hmac"), PosixFilePermissions.fromString("rw-r-----"));
    Keyring keys = new TrustedKeyDirectory(directory).of(ACME);
    assertEquals(Status.UNTRUSTED, check(keys, signer.resource(), signer.sign(RECORD)).status());
  }

  @Test
  void keysOfAnotherTenantDoNotCount() throws Exception {
    TestSigner signer = TestSigner.ed25519();
    trusting("k.pem", signer.pem());
    Keyring globex = new TrustedKeyDirectory(directory).of(new LogName("globex"));
    assertEquals(Status.UNTRUSTED, check(globex, signer.resource(), signer.sign(RECORD)).status());
  }

  @Test
  void anUnknownKeyOrAlgorithmIsUntrusted() throws Exception {
    TestSigner known = TestSigner.ed25519();
    Keyring keys = trusting("k.pem", known.pem());
    LogRecord signed = known.sign(RECORD);
    assertEquals(
        Status.UNTRUSTED,
        check(keys, known.resource("sha256:" + "00".repeat(32)), signed).status());
    assertEquals(Status.UNTRUSTED, check(keys, Resource.getDefaultInstance(), signed).status());
    Resource none =
        Resource.newBuilder().addAttributes(attribute("audit.integrity.algorithm", "none")).build();
    assertEquals(Status.UNTRUSTED, check(keys, none, signed).status());
    LogRecord other =
        signed.toBuilder()
            .addAttributes(attribute("audit.integrity.canonicalization", "cbor"))
            .build();
    assertEquals(Status.UNTRUSTED, check(keys, known.resource(), other).status());
  }

  @Test
  void anotherSignerIsInvalidUnderTheKeyHeNames() throws Exception {
    TestSigner known = TestSigner.ed25519();
    TestSigner forger = TestSigner.ed25519();
    Keyring keys = trusting("k.pem", known.pem());
    Integrity found = check(keys, known.resource("k"), forger.sign(RECORD));
    assertEquals(Status.INVALID, found.status());
    assertTrue(found.key().startsWith("sha256:"), found::toString);
  }

  @Test
  void algorithmAndKeyMayStandOnTheRecord() throws Exception {
    TestSigner signer = TestSigner.ed25519();
    Keyring keys = trusting("k.pem", signer.pem());
    LogRecord signed =
        signer.sign(RECORD).toBuilder()
            .addAttributes(attribute("audit.integrity.algorithm", "EdDSA"))
            .build();
    assertEquals(Status.VERIFIED, check(keys, Resource.getDefaultInstance(), signed).status());
  }

  @Test
  void brokenFilesTrustNobodyAndSpoilNothing() throws Exception {
    TestSigner signer = TestSigner.ed25519();
    trusting("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    trusting("cut.pem", "-----BEGIN PUBLIC KEY-----\nAAAAA\n-----END PUBLIC KEY-----\n");
    trusting("private.pem", TestSigner.pem("PRIVATE KEY", new byte[3]));
    trusting("empty.pem", "");
    trusting("weak.pem", TestSigner.pem(weak().getPublic()));
    Keyring keys = trusting("good.pem", signer.pem());
    assertEquals(1, keys.size());
    assertEquals(Status.VERIFIED, check(keys, signer.resource(), signer.sign(RECORD)).status());
  }

  private static KeyPair weak() throws Exception {
    return TestSigner.pair("EC", new ECGenParameterSpec("secp384r1"));
  }

  @Test
  void certificatesAreMeantInEveryFormOfTheDraft() throws Exception {
    KeyPair pair = TestSigner.p256();
    byte[] der = issue("signer", pair, "signer", pair, Duration.ZERO);
    TestSigner signer = TestSigner.of("ES256", pair, "SHA256withECDSA");
    Keyring keys = trusting("key-2024.crt", TestSigner.pem("CERTIFICATE", der));
    String whole = Base64.getEncoder().encodeToString(der);
    for (String reference :
        List.of(
            "key-2024",
            whole,
            "CN=signer/7",
            "",
            hash("sha256", "SHA-256", der),
            hash("sha1", "SHA-1", der))) {
      assertEquals(
          Status.VERIFIED,
          check(keys, signer.resource(reference), signer.sign(RECORD)).status(),
          reference);
    }
  }

  private static String hash(String name, String algorithm, byte[] der) throws Exception {
    byte[] digest = MessageDigest.getInstance(algorithm).digest(der);
    return name + ":" + HexFormat.of().formatHex(digest);
  }

  @Test
  void aCertificateOnTheRecordCountsOnlyIfATrustedAuthorityIssuedIt() throws Exception {
    KeyPair authority = TestSigner.p256();
    KeyPair impostor = TestSigner.p256();
    KeyPair pair = TestSigner.p256();
    TestSigner signer = TestSigner.of("ES256", pair, "SHA256withECDSA");
    byte[] root = issue("root", authority, "root", authority, Duration.ZERO);
    Keyring keys = trusting("root.pem", TestSigner.pem("CERTIFICATE", root));
    LogRecord signed = signer.sign(RECORD);
    assertEquals(
        Status.VERIFIED,
        check(keys, carrying(signer, issue("s", pair, "root", authority, Duration.ZERO)), signed)
            .status());
    assertEquals(
        Status.UNTRUSTED,
        check(keys, carrying(signer, issue("s", pair, "root", impostor, Duration.ZERO)), signed)
            .status());
    assertEquals(
        Status.UNTRUSTED,
        check(keys, carrying(signer, issue("s", pair, "s", pair, Duration.ZERO)), signed).status());
    assertEquals(
        Status.UNTRUSTED,
        check(
                keys,
                carrying(signer, issue("s", pair, "root", authority, Duration.ofDays(2))),
                signed)
            .status(),
        "expired at the record's time");
  }

  @Test
  void aCertificateCountsAtTheRecordsTime() throws Exception {
    KeyPair pair = TestSigner.p256();
    TestSigner signer = TestSigner.of("ES256", pair, "SHA256withECDSA");
    byte[] der = issue("signer", pair, "signer", pair, Duration.ZERO);
    Keyring keys = trusting("k.pem", TestSigner.pem("CERTIFICATE", der));
    long day = Duration.ofDays(1).toNanos();
    for (int days : List.of(-2, 2)) {
      LogRecord other =
          RECORD.toBuilder().setTimeUnixNano(RECORD.getTimeUnixNano() + days * day).build();
      Integrity found = check(keys, signer.resource(), signer.sign(other));
      assertEquals(Status.UNTRUSTED, found.status());
      assertTrue(found.reason().contains("not valid"), found::reason);
    }
  }

  @Test
  void damagedAndEndlessCertificatesMeanNobody() throws Exception {
    KeyPair pair = TestSigner.p256();
    byte[] der = issue("signer", pair, "signer", pair, Duration.ZERO);
    TestSigner signer = TestSigner.of("ES256", pair, "SHA256withECDSA");
    Keyring keys = trusting("root.pem", TestSigner.pem("CERTIFICATE", der));
    LogRecord signed = signer.sign(RECORD);
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = der.clone();
      damaged[random.nextInt(der.length)] ^= (byte) (1 + random.nextInt(255));
      assertEquals(
          Status.UNTRUSTED,
          check(keys, carrying(signer, damaged), signed).status(),
          () -> Base64.getEncoder().encodeToString(damaged));
    }
    Resource endless = signer.resource("A".repeat(1 << 20));
    assertEquals(Status.UNTRUSTED, check(keys, endless, signed).status());
  }

  private static Resource carrying(TestSigner signer, byte[] der) {
    return signer.resource(Base64.getEncoder().encodeToString(der));
  }

  /** Valid from a day before the records' time to a day after, or so much earlier. */
  private static byte[] issue(
      String subject, KeyPair pair, String issuer, KeyPair by, Duration earlier) throws Exception {
    Instant middle = NOW.minus(earlier);
    return TestCertificate.issue(
        subject,
        pair.getPublic(),
        issuer,
        by,
        middle.minus(Duration.ofDays(1)),
        middle.plus(Duration.ofDays(1)));
  }
}
