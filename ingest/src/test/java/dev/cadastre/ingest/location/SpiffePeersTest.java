package dev.cadastre.ingest.location;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ingest.location.EvidenceAppraiser.Peer;
import dev.cadastre.ingest.location.Issuer.Wanted;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workloads that show an X.509-SVID. */
class SpiffePeersTest {
  private static final Issuer ACME = Issuer.root("O=SPIFFE,CN=acme");
  private static final Issuer ACME_CA = ACME.intermediate("CN=acme-intermediate");
  private static final Issuer GLOBEX = Issuer.root("O=SPIFFE,CN=globex");
  private static final String API = "spiffe://acme.example/region/aws-eu/sa/api";

  @TempDir private Path directory;
  private Appraising appraising;
  private EvidenceAppraiser appraiser;

  @BeforeEach
  void open() throws Exception {
    appraising = new Appraising(directory);
    ACME.writeCertificate(appraising.trust.resolve("spiffe/acme.example.pem"));
    GLOBEX.writeCertificate(appraising.trust.resolve("spiffe/globex.example.pem"));
    appraiser = appraising.open();
  }

  private static Issuer workload(Issuer by, GeneralName... names) {
    return by.issue(Wanted.of("C=US,O=SPIRE", names));
  }

  private String refusal(Issuer... chain) {
    return assertThrows(Refused.class, () -> appraiser.peer(certificates(chain))).getMessage();
  }

  private static List<java.security.cert.X509Certificate> certificates(Issuer... chain) {
    return java.util.stream.Stream.of(chain).map(Issuer::certificate).toList();
  }

  @Test
  void idIsTakenFromACertificateOfItsTrustDomain() throws Exception {
    Issuer api = workload(ACME, Issuer.uri("spiffe://acme.example/region/eu-central-1/sa/api"));
    Peer peer = appraiser.peer(certificates(api));
    assertEquals("spiffe/acme.example/region/eu-central-1/sa/api", peer.id().sender());
    Appraisal.Genuine place = peer.place().orElseThrow();
    assertEquals("eu-central-1", place.place(Registry.standard()));
    assertEquals("spiffe-id", place.evidence().type());
    assertEquals(peer.id().toString(), place.evidence().subject());
  }

  @Test
  void intermediatesOfTheHandshakeCount() throws Exception {
    Issuer api = workload(ACME_CA, Issuer.uri(API));
    assertEquals(API, appraiser.peer(certificates(api, ACME_CA)).id().toString());
    assertEquals("the certificate does not lead to its trust domain's bundle", refusal(api));
  }

  @Test
  void oneTrustDomainsAuthorityCannotNameAnothersWorkloads() {
    assertEquals(
        "the certificate does not lead to its trust domain's bundle",
        refusal(workload(GLOBEX, Issuer.uri(API))));
    assertEquals(
        "no bundle of trust domain moon.example is configured",
        refusal(workload(ACME, Issuer.uri("spiffe://moon.example/a"))));
  }

  @Test
  void certificateMustBeAWorkloadsWithOneUri() {
    String many = " URI names; an SVID has one";
    assertEquals("the certificate has 0" + many, refusal(workload(ACME, Issuer.dns("a.example"))));
    assertEquals(
        "the certificate has 2" + many,
        refusal(workload(ACME, Issuer.uri(API), Issuer.uri("spiffe://acme.example/b"))));
    assertEquals("the certificate has 0" + many, refusal(ACME_CA));
    assertEquals(
        "the certificate has no SPIFFE id",
        refusal(workload(ACME, Issuer.uri("https://acme.example/"))));
  }

  @Test
  void certificatesExpire() {
    Instant end = Issuer.NOW.minusSeconds(1);
    Wanted wanted = new Wanted("O=SPIRE", end.minusSeconds(3600), end, List.of(Issuer.uri(API)));
    assertEquals(
        "the certificate does not lead to its trust domain's bundle", refusal(ACME.issue(wanted)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spiffe://",
        "spiffe:///a",
        "spiffe://Acme.example/a",
        "spiffe://acme.example/",
        "spiffe://acme.example//a",
        "spiffe://acme.example/a/../b",
        "spiffe://acme.example/./a",
        "spiffe://acme.example/a?b",
        "spiffe://acme.example/a#b",
        "spiffe://acme.example:80/a",
        "spiffe://u@acme.example/a",
        "spiffe://acme.example/a%20b",
        "SPIFFE://acme.example/a",
        "https://acme.example/a",
      })
  void idsHaveOneSpelling(String uri) {
    assertThrows(Refused.class, () -> SpiffeId.parse(uri));
  }

  @ParameterizedTest
  @CsvSource({
    "spiffe://*/region/{region}/**, /eu-central-1",
    "spiffe://acme.example/region/{region}/sa/*, /eu-central-1",
    "spiffe://*/{provider}/{region}/sa/api, region/eu-central-1",
    "spiffe://acme.example/region/{region}/sa/api/**, /eu-central-1",
    "spiffe://acme.example/region/{region}, ",
    "spiffe://globex.example/region/{region}/**, ",
    "spiffe://*/zone/{region}/**, ",
    "spiffe://*/region/{region}/sa/api/more/**, ",
  })
  void patternsSayWhereTheRegionStands(String pattern, String found) throws Exception {
    SpiffeId id = SpiffeId.parse("spiffe://acme.example/region/eu-central-1/sa/api");
    Optional<SpiffePattern.Found> place = SpiffePattern.parse(pattern).find(id);
    assertEquals(Optional.ofNullable(found), place.map(one -> one.provider() + "/" + one.region()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "spiffe://*/a", "/region/{region}", "spiffe://*/{region}/{region}"})
  void patternsWithoutOneRegionAreRefused(String pattern) {
    assertThrows(Refused.class, () -> SpiffePattern.parse(pattern));
  }
}
