package dev.cadastre.ingest.location;

import static dev.cadastre.ingest.location.EvidenceDecoders.Signers.CLOUD;
import static dev.cadastre.ingest.location.EvidenceDecoders.Signers.STRANGER;
import static dev.cadastre.ingest.location.EvidenceDecoders.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Workloads' names, and the certificates that give them. */
final class PeerDecoders {
  private static final String ID = "spiffe://acme.example/region/eu-central-1/sa/api";

  private PeerDecoders() {}

  /** A workload's name on the first line, where it says its region on the second. */
  static void id(byte[] input) throws Refused {
    String[] lines = Encodings.utf8(input).split("\n", 2);
    SpiffeId id = SpiffeId.parse(lines[0]);
    assertEquals(lines[0], id.toString());
    assertEquals(id, SpiffeId.parse(id.toString()));
    if (lines.length > 1) {
      SpiffePattern pattern = SpiffePattern.parse(lines[1]);
      pattern.find(id).ifPresent(found -> assertTrue(!found.region().isEmpty()));
    }
  }

  static List<byte[]> ids() {
    return List.of(
        utf8(ID),
        utf8(ID + "\nspiffe://*/region/{region}/**"),
        utf8(ID + "\nspiffe://acme.example/region/{region}/sa/*"),
        utf8("spiffe://a/aws/eu-west-1\nspiffe://a/{provider}/{region}"),
        utf8("spiffe://a\nspiffe://{region}"));
  }

  /** Client certificates in DER. */
  static final class Certificates {
    private static final List<Issuer> WORKLOADS =
        List.of(
            CLOUD.issue(Issuer.Wanted.of("C=US,O=SPIRE", Issuer.uri(ID))),
            CLOUD.issue(Issuer.Wanted.of("C=US", Issuer.uri(ID), Issuer.dns("a.example"))));

    private final SpiffePeers peers =
        new SpiffePeers(
            new TrustAnchors(
                Map.of(),
                Map.of(),
                List.of(),
                Map.of("acme.example", List.of(CLOUD.certificate()))));
    private final CertificateFactory factory = CertificateFactory.getInstance("X.509");

    Certificates() throws CertificateException {}

    void decode(byte[] input) throws CertificateException, Unproven {
      X509Certificate certificate =
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(input));
      SpiffeId id = peers.verify(List.of(certificate), Issuer.NOW);
      assertEquals(ID, id.toString());
      assertTrue(issued(certificate), "nobody issued it");
    }

    /** What is signed decides: the JDK reads more than one spelling of what is around it. */
    private static boolean issued(X509Certificate certificate) throws CertificateException {
      for (Issuer workload : WORKLOADS) {
        if (Arrays.equals(
            workload.certificate().getTBSCertificate(), certificate.getTBSCertificate())) {
          return true;
        }
      }
      return false;
    }

    static List<byte[]> seeds() throws CertificateException {
      return List.of(
          WORKLOADS.get(0).certificate().getEncoded(),
          WORKLOADS.get(1).certificate().getEncoded(),
          CLOUD.certificate().getEncoded(),
          STRANGER.issue(Issuer.Wanted.of("C=US", Issuer.uri(ID))).certificate().getEncoded());
    }
  }
}
