package dev.cadastre.ingest.location;

import static dev.cadastre.ingest.location.Appraising.genuine;
import static dev.cadastre.ingest.location.Appraising.rejected;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ingest.location.Appraisal.Genuine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instance identity documents as EC2's metadata service hands them out. */
class AwsIdentityDocumentsTest {
  private static final String NAME = "C=US,ST=Washington State,L=Seattle,O=Amazon Web Services LLC";
  private static final Issuer FRANKFURT = Issuer.root(NAME);
  private static final Issuer IRELAND = Issuer.root(NAME);
  private static final Issuer STRANGER = Issuer.root(NAME);

  static final String DOCUMENT =
      """
      {
        "accountId" : "123456789012",
        "architecture" : "x86_64",
        "availabilityZone" : "eu-central-1a",
        "billingProducts" : null,
        "devpayProductCodes" : null,
        "marketplaceProductCodes" : null,
        "imageId" : "ami-5fb8c835",
        "instanceId" : "i-1234567890abcdef0",
        "instanceType" : "t3.micro",
        "kernelId" : null,
        "pendingTime" : "2026-02-19T16:32:11Z",
        "privateIp" : "10.158.112.84",
        "ramdiskId" : null,
        "region" : "eu-central-1",
        "version" : "2017-09-30"
      }""";

  @TempDir private Path directory;
  private Appraising appraising;
  private EvidenceAppraiser appraiser;

  @BeforeEach
  void open() throws Exception {
    appraising = new Appraising(directory);
    FRANKFURT.writeCertificate(appraising.trust.resolve("aws/eu-central-1.pem"));
    IRELAND.writeCertificate(appraising.trust.resolve("aws/eu-west-1.pem"));
    appraiser = appraising.open();
  }

  /** As {@code /latest/dynamic/instance-identity/rsa2048} gives it: lines of base64, no header. */
  private static Evidence rsa2048(byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Evidence.of("aws-iid", text);
  }

  private static byte[] document() {
    return Issuer.utf8(DOCUMENT);
  }

  @Test
  void documentSignedByItsRegionsKeyProvesTheRegion() {
    Evidence evidence = rsa2048(FRANKFURT.pkcs7(document(), true));
    Genuine genuine = genuine(appraiser, evidence);
    assertEquals("aws:eu-central-1", genuine.place(Registry.standard()));
    assertEquals(
        "arn:aws:ec2:eu-central-1:123456789012:instance/i-1234567890abcdef0",
        genuine.evidence().subject());
    assertEquals("aws-iid", genuine.evidence().type());
    assertEquals(
        Hash.sha256(FRANKFURT.certificate().getPublicKey().getEncoded()), genuine.evidence().key());
    assertEquals(Hash.sha256(evidence.value()), genuine.evidence().sha256());
    assertEquals(
        Instant.parse("2026-02-19T16:32:11Z").getEpochSecond() * 1_000_000_000L,
        genuine.evidence().issued());
  }

  @Test
  void everySpellingOfTheMessageIsTaken() {
    byte[] der = FRANKFURT.direct(document(), true);
    String base64 = Base64.getEncoder().encodeToString(der);
    genuine(appraiser, Evidence.of("aws-iid", base64));
    genuine(appraiser, Evidence.of("AWS_IID", base64 + "\n"));
    genuine(
        appraiser,
        Evidence.of("aws", "-----BEGIN PKCS7-----\n" + base64 + "\n-----END PKCS7-----\n"));
    genuine(appraiser, new Evidence("aws-instance-identity", der, Optional.empty()));
    genuine(appraiser, rsa2048(FRANKFURT.pkcs7(document(), true, FRANKFURT.certificate())));
  }

  @Test
  void documentBesideTheSignatureMustBeTheSignedOneByteForByte() {
    byte[] inside = rsa2048(FRANKFURT.pkcs7(document(), true)).value();
    genuine(appraiser, new Evidence("aws-iid", inside, Optional.of(document())));
    byte[] other = Issuer.utf8(DOCUMENT.replace(" : ", ": "));
    assertEquals(
        "the document beside the signature is not, byte for byte, the signed one",
        rejected(appraiser, new Evidence("aws-iid", inside, Optional.of(other))));
  }

  @Test
  void detachedSignatureNeedsItsDocument() {
    byte[] detached = rsa2048(FRANKFURT.pkcs7(document(), false)).value();
    genuine(appraiser, new Evidence("aws-iid", detached, Optional.of(document())));
    assertEquals(
        "the signature is detached and no document came with it",
        rejected(appraiser, new Evidence("aws-iid", detached, Optional.empty())));
    byte[] altered = Issuer.utf8(DOCUMENT.replace("t3.micro", "t3.large"));
    assertEquals(
        "not signed by the key of the region that the document names",
        rejected(appraiser, new Evidence("aws-iid", detached, Optional.of(altered))));
  }

  @Test
  void keyOfAnotherRegionProvesNothing() {
    assertEquals(
        "signed in region eu-west-1, but the document names another region",
        rejected(appraiser, rsa2048(IRELAND.pkcs7(document(), true))));
  }

  @Test
  void keyThatIsNotConfiguredProvesNothingEvenIfItsCertificateComesAlong() {
    assertEquals(
        "not signed by the key of the region that the document names",
        rejected(appraiser, rsa2048(STRANGER.pkcs7(document(), true, STRANGER.certificate()))));
    byte[] unknown = Issuer.utf8(DOCUMENT.replace("eu-central-1", "us-east-1"));
    assertEquals(
        "no certificate of the region that the document names is configured",
        rejected(appraiser, rsa2048(STRANGER.pkcs7(unknown, true))));
  }

  @Test
  void alteredDocumentProvesNothing() {
    String der = new String(FRANKFURT.pkcs7(document(), true), StandardCharsets.ISO_8859_1);
    byte[] altered =
        der.replace("i-1234567890abcdef0", "i-ffffffffffffffff0")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        "not signed by the key of the region that the document names",
        rejected(appraiser, rsa2048(altered)));
  }

  @Test
  void signedJsonThatIsNoIdentityDocumentProvesNothing() {
    for (String content :
        new String[] {
          "", "{}", "[]", "{\"region\":\"eu-central-1\"}", DOCUMENT.replace("2026-02-19T", "")
        }) {
      assertEquals(
          "what is signed is no instance identity document",
          rejected(appraiser, rsa2048(FRANKFURT.pkcs7(Issuer.utf8(content), true))));
    }
  }

  @Test
  void documentsOfInstancesThatAreNotYetLaunchedAndExpiredKeysProveNothing() {
    Evidence evidence = rsa2048(FRANKFURT.pkcs7(document(), true));
    appraising.setNow(Instant.parse("2026-02-19T16:30:00Z"));
    assertEquals("not valid before 2026-02-19T16:32:11Z", rejected(appraiser, evidence));
    Instant end = FRANKFURT.certificate().getNotAfter().toInstant();
    appraising.setNow(end);
    assertEquals("expired at " + end, rejected(appraiser, evidence));
  }
}
