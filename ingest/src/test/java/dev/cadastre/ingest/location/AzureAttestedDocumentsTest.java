package dev.cadastre.ingest.location;

import static dev.cadastre.ingest.location.Appraising.genuine;
import static dev.cadastre.ingest.location.Appraising.rejected;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.registry.Registry;
import dev.cadastre.ingest.location.Appraisal.Genuine;
import dev.cadastre.ingest.location.Issuer.Wanted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents as {@code /metadata/attested/document} gives them. */
class AzureAttestedDocumentsTest {
  private static final Issuer ROOT = Issuer.root("CN=DigiCert Global Root G2");
  private static final Issuer CA = ROOT.intermediate("CN=Microsoft Azure RSA TLS Issuing CA 04");
  private static final Issuer GERMANY =
      service(
          "CN=metadata.azure.com", "metadata.azure.com", "germanywestcentral.metadata.azure.com");

  private static final String DOCUMENT =
      """
      {"licenseType":"","nonce":"n-0S6_WzA2Mj","plan":{"name":"","product":"","publisher":""},\
      "sku":"20_04-lts-gen2","subscriptionId":"8d10da13-8125-4ba9-a717-bf7490507b3d",\
      "timeStamp":{"createdOn":"03/01/26 11:59:00 -0000","expiresOn":"03/01/26 17:59:00 -0000"},\
      "vmId":"02aab8a4-74ef-476e-8182-f6d2ba4166a6"}""";

  @TempDir private Path directory;
  private Appraising appraising;
  private EvidenceAppraiser appraiser;

  private static Issuer service(String subject, String... names) {
    GeneralName[] alternatives = new GeneralName[names.length];
    for (int i = 0; i < names.length; i++) {
      alternatives[i] = Issuer.dns(names[i]);
    }
    return CA.issue(Wanted.of(subject, alternatives));
  }

  @BeforeEach
  void open() throws Exception {
    appraising = new Appraising(directory);
    CA.writeCertificate(appraising.trust.resolve("azure/issuing.pem"));
    appraiser = appraising.open(Optional.of(Appraising.NONCE));
  }

  private static Evidence json(byte[] der) {
    String base64 = Base64.getEncoder().encodeToString(der);
    return Evidence.of(
        "azure-attested-document", "{\"encoding\":\"pkcs7\",\"signature\":\"" + base64 + "\"}");
  }

  private static byte[] document() {
    return Issuer.utf8(DOCUMENT);
  }

  @Test
  void documentProvesTheRegionThatItsSignersCertificateNames() {
    Genuine genuine = genuine(appraiser, json(GERMANY.asAzure(document())));
    assertEquals("azure:germanywestcentral", genuine.place(Registry.standard()));
    assertEquals(
        "/subscriptions/8d10da13-8125-4ba9-a717-bf7490507b3d/virtualMachines/"
            + "02aab8a4-74ef-476e-8182-f6d2ba4166a6",
        genuine.evidence().subject());
    assertEquals("azure-attested-document", genuine.evidence().type());
  }

  @Test
  void theSignatureAloneIsTakenToo() {
    byte[] der = GERMANY.pkcs7(document(), true, GERMANY.certificate());
    genuine(appraiser, Evidence.of("azure", Base64.getEncoder().encodeToString(der)));
    genuine(appraiser, new Evidence("azure", der, Optional.empty()));
  }

  @Test
  void intermediatesMayComeAlong() throws Exception {
    Appraising rootOnly = new Appraising(directory.resolve("root"));
    ROOT.writeCertificate(rootOnly.trust.resolve("azure/root.pem"));
    byte[] alone = GERMANY.pkcs7(document(), true, GERMANY.certificate());
    byte[] along = GERMANY.pkcs7(document(), true, GERMANY.certificate(), CA.certificate());
    EvidenceAppraiser strict = rootOnly.open(Optional.empty());
    genuine(strict, json(along));
    assertEquals(
        "no chain leads from the signer to a configured certificate",
        rejected(strict, json(alone)));
  }

  @Test
  void chainThatLeadsElsewhereProvesNothing() {
    Issuer other = Issuer.root("CN=Microsoft Azure RSA TLS Issuing CA 04");
    Issuer forged =
        other.issue(
            Wanted.of(
                "CN=metadata.azure.com", Issuer.dns("germanywestcentral.metadata.azure.com")));
    assertEquals(
        "no chain leads from the signer to a configured certificate",
        rejected(appraiser, json(forged.asAzure(document()))));
  }

  @Test
  void certificateThatNamesNoRegionProvesNoPlace() {
    Issuer global = service("CN=metadata.azure.com", "metadata.azure.com");
    assertEquals(
        "genuine, but the signer's certificate names no region",
        rejected(appraiser, json(global.asAzure(document()))));
    Issuer two =
        service("CN=metadata.azure.com", "eastus.metadata.azure.com", "westus.metadata.azure.com");
    assertEquals(
        "genuine, but the signer's certificate names several regions",
        rejected(appraiser, json(two.asAzure(document()))));
  }

  @Test
  void regionInTheSubjectAloneIsEnough() {
    Issuer one = service("CN=westeurope.metadata.azure.com");
    Genuine genuine = genuine(appraiser, json(one.asAzure(document())));
    assertEquals("azure:westeurope", genuine.place(Registry.standard()));
  }

  @Test
  void otherServicesOfTheSameAuthorityProveNothing() {
    Issuer other = service("CN=shop.example", "germanywestcentral.metadata.azure.com.shop.example");
    assertEquals(
        "the signer's certificate is not a metadata service's",
        rejected(appraiser, json(other.asAzure(document()))));
  }

  @Test
  void otherNonceProvesNothing() throws Exception {
    byte[] document = Issuer.utf8(DOCUMENT.replace(Appraising.NONCE, "20260301-120000"));
    assertEquals(
        "the document has another nonce than the configured one",
        rejected(appraiser, json(GERMANY.asAzure(document))));
    genuine(appraising.open(Optional.empty()), json(GERMANY.asAzure(document)));
  }

  @Test
  void documentExpires() {
    Evidence evidence = json(GERMANY.asAzure(document()));
    appraising.setNow(Instant.parse("2026-03-01T17:59:00Z"));
    assertEquals("expired at 2026-03-01T17:59:00Z", rejected(appraiser, evidence));
    byte[] eternal = Issuer.utf8(DOCUMENT.replace("03/01/26 17", "03/01/36 17"));
    assertEquals(
        "the document lives longer than a day",
        rejected(appraiser, json(GERMANY.asAzure(eternal))));
  }

  @Test
  void alteredDocumentProvesNothing() {
    String der = new String(GERMANY.asAzure(document()), StandardCharsets.ISO_8859_1);
    byte[] altered = der.replace("02aab8a4", "ffffffff").getBytes(StandardCharsets.ISO_8859_1);
    assertEquals("the document is not what was signed", rejected(appraiser, json(altered)));
  }

  @Test
  void messageWithoutItsSignersCertificateProvesNothing() {
    assertEquals(
        "the message does not bring its signer's certificate",
        rejected(appraiser, json(GERMANY.pkcs7(document(), true))));
  }

  @Test
  void malformedEnvelopesProveNothing() {
    for (String value : new String[] {"{", "{}", "{\"encoding\":\"x\",\"signature\":\"\"}"}) {
      assertEquals(
          "not of the form {\"encoding\":\"pkcs7\",\"signature\":\"…\"}",
          rejected(appraiser, Evidence.of("azure", value)));
    }
    assertEquals("not a PKCS #7 signed message", rejected(appraiser, json(new byte[0])));
  }
}
