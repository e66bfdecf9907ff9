package dev.cadastre.ingest.location;

import static dev.cadastre.ingest.location.Appraising.genuine;
import static dev.cadastre.ingest.location.Appraising.rejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of all evidence: whose it is, how much it may be, what is trusted. */
class EvidenceAppraiserTest {
  private static final Issuer FRANKFURT = Issuer.root("O=Amazon Web Services LLC");
  private static final String THIEF = "token/0000000b";

  @TempDir private Path directory;
  private Appraising appraising;
  private EvidenceAppraiser appraiser;

  @BeforeEach
  void open() throws Exception {
    appraising = new Appraising(directory);
    FRANKFURT.writeCertificate(appraising.trust.resolve("aws/eu-central-1.pem"));
    Issuer.write(appraising.trust.resolve("gce/jwks.json"), FRANKFURT.jwks("k1"));
    FRANKFURT.writeCertificate(appraising.trust.resolve("azure/root.pem"));
    FRANKFURT.writeCertificate(appraising.trust.resolve("spiffe/acme.example.pem"));
    appraiser = appraising.open();
  }

  private static Evidence evidence(byte[] der) {
    return Evidence.of("aws-iid", Base64.getEncoder().encodeToString(der));
  }

  private static Evidence document() {
    byte[] document = Issuer.utf8(AwsIdentityDocumentsTest.DOCUMENT);
    return evidence(FRANKFURT.direct(document, true));
  }

  @Test
  void evidenceInOtherHandsIsNoticed() {
    genuine(appraiser, document());
    genuine(appraiser, document());
    assertEquals(
        "another sender, token/0000000a, sent the same evidence first",
        rejected(appraiser, THIEF, document()));
    genuine(appraiser, document());
  }

  @Test
  void evidenceWrappedOtherwiseIsStillTheSame() {
    genuine(appraiser, document());
    byte[] signed = Issuer.utf8(AwsIdentityDocumentsTest.DOCUMENT);
    byte[] rewrapped = FRANKFURT.pkcs7(signed, true, FRANKFURT.certificate());
    assertEquals(
        "another sender, token/0000000a, sent the same evidence first",
        rejected(appraiser, THIEF, evidence(rewrapped)));
  }

  @Test
  void whoWasFirstOutlivesARestart() throws Exception {
    genuine(appraiser, document());
    EvidenceAppraiser restarted = appraising.open();
    assertEquals(
        "another sender, token/0000000a, sent the same evidence first",
        rejected(restarted, THIEF, document()));
    genuine(restarted, document());
  }

  @Test
  void linesCutOffByACrashAreDropped() throws Exception {
    genuine(appraiser, document());
    Path memory = directory.resolve("evidence.txt");
    Files.writeString(memory, Files.readString(memory) + "acme 0123");
    assertEquals(
        "another sender, token/0000000a, sent the same evidence first",
        rejected(appraising.open(), THIEF, document()));
  }

  @Test
  void whatIsRememberedAfterACrashIsKeptToo() throws Exception {
    Files.writeString(directory.resolve("evidence.txt"), "acme 0123");
    genuine(appraising.open(), document());
    assertEquals(
        "another sender, token/0000000a, sent the same evidence first",
        rejected(appraising.open(), THIEF, document()));
  }

  @Test
  void oneInstanceMayServeSeveralTenants() {
    genuine(appraiser, document());
    assertInstanceOf(
        Appraisal.Genuine.class, appraiser.appraise("globex", THIEF, document()).orElseThrow());
  }

  @Test
  void whatIsNotGenuineIsNobodys() {
    Evidence damaged = evidence(Issuer.utf8("damaged"));
    rejected(appraiser, THIEF, damaged);
    assertEquals("not a PKCS #7 signed message", rejected(appraiser, damaged));
  }

  @Test
  void certificateThatIsTakenAwayCountsNoMore() throws Exception {
    genuine(appraiser, document());
    Files.delete(appraising.trust.resolve("aws/eu-central-1.pem"));
    Issuer.root("CN=x").writeCertificate(appraising.trust.resolve("aws/eu-west-1.pem"));
    genuine(appraiser, document());
    appraising.setNow(Issuer.NOW.plusSeconds(60));
    assertEquals(
        "no certificate of the region that the document names is configured",
        rejected(appraiser, document()));
  }

  @Test
  void trustIsKeptWhileTheDirectoryCannotBeRead() throws Exception {
    Issuer.write(appraising.trust.resolve("aws/eu-west-1.pem"), "half a file");
    appraising.setNow(Issuer.NOW.plusSeconds(60));
    genuine(appraiser, document());
  }

  @Test
  void nothingIsSaidOfWhatNobodyIsTrustedFor() throws Exception {
    assertEquals(Optional.empty(), appraiser.appraise("acme", THIEF, Evidence.of("geoip", "DE")));
    EvidenceAppraiser trustsNobody = new Appraising(directory.resolve("none")).open();
    assertEquals(Optional.empty(), trustsNobody.appraise("acme", THIEF, document()));
  }

  @Test
  void spiffeIdsCountAsCertificatesAlone() {
    assertEquals(
        "a SPIFFE id counts as the certificate of the connection alone",
        rejected(appraiser, Evidence.of("spiffe-id", "spiffe://acme.example/region/eu")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws-iid", "gce-identity-token", "azure-attested-document"})
  void hugeEvidenceIsNotLookedAt(String type) {
    assertEquals(
        "larger than 65536 bytes", rejected(appraiser, Evidence.of(type, "A".repeat(65_537))));
    byte[] small = Issuer.utf8("A");
    assertEquals(
        "larger than 65536 bytes",
        rejected(appraiser, new Evidence(type, small, Optional.of(new byte[65_537]))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws-iid", "gce-identity-token", "azure-attested-document"})
  void damageChangesNothingThatIsProven(String type) {
    byte[] document = Issuer.utf8(AwsIdentityDocumentsTest.DOCUMENT);
    byte[] sound = FRANKFURT.direct(document, true);
    Random random = new Random(7);
    for (int i = 0; i < 2_000 * Integer.getInteger("cadastre.effort", 1); i++) {
      byte[] damaged = damaged(sound, random);
      Evidence evidence = new Evidence(type, damaged, Optional.empty());
      Appraisal appraisal = appraiser.appraise("acme", THIEF, evidence).orElseThrow();
      if (appraisal instanceof Appraisal.Genuine genuine) {
        assertEquals(Hash.sha256(document), genuine.statement(), HexFormat.of().formatHex(damaged));
      }
    }
  }

  private static byte[] damaged(byte[] sound, Random random) {
    byte[] damaged =
        Arrays.copyOf(sound, random.nextInt(4) == 0 ? random.nextInt(1_000) : sound.length);
    for (int n = random.nextInt(4); n >= 0 && damaged.length > 0; n--) {
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
    }
    return damaged;
  }

  @Test
  void endlesslyNestedStructuresProveNothing() {
    byte[] nested = new byte[60_000];
    for (int tag : new int[] {0x30, 0x24, 0x31, 0xa0}) {
      for (int i = 0; i < nested.length; i += 2) {
        nested[i] = (byte) tag;
        nested[i + 1] = (byte) 0x80;
      }
      Evidence evidence = new Evidence("aws-iid", nested, Optional.empty());
      assertTrue(rejected(appraiser, evidence).startsWith("not "), () -> "tag " + tag);
    }
  }

  @Test
  void filesThatCannotBeReadAreRefusedAtStart() throws Exception {
    for (String file : List.of("aws/eu-west-1.pem", "azure/x.pem", "spiffe/x.pem", "gce/x.json")) {
      Path path = appraising.trust.resolve(file);
      Issuer.write(path, "no such thing");
      Refused refused = assertThrows(Refused.class, appraising::open);
      assertTrue(refused.getMessage().startsWith(path.toString()), refused.getMessage());
      Files.delete(path);
    }
  }
}
