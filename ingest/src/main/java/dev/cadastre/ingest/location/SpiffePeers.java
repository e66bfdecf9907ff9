package dev.cadastre.ingest.location;

import dev.cadastre.formats.Refused;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Verifies X.509-SVIDs (SPIFFE X.509-SVID standard, sections 2 to 5). A bundle speaks for its own
 * trust domain alone: the authority of one must not name workloads of another.
 */
final class SpiffePeers {
  private static final int URI_NAME = 6;
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int KEY_CERT_SIGN = 5;
  private static final int CRL_SIGN = 6;

  private final Map<String, List<X509Certificate>> bundles;

  SpiffePeers(TrustAnchors trust) {
    this.bundles = trust.spiffe();
  }

  /**
   * The id of whoever holds the key of the first certificate.
   *
   * @param chain the certificate and those between it and the bundle
   */
  SpiffeId verify(List<X509Certificate> chain, Instant now) throws Unproven {
    X509Certificate leaf = chain.get(0);
    SpiffeId id = id(leaf);
    requireWorkload(leaf);
    List<X509Certificate> bundle = bundles.get(id.trustDomain());
    if (bundle == null) {
      throw new Unproven("no bundle of trust domain " + id.trustDomain() + " is configured");
    }
    if (!CertificatePaths.lead(leaf, chain, bundle, now)) {
      throw new Unproven("the certificate does not lead to its trust domain's bundle");
    }
    return id;
  }

  private static SpiffeId id(X509Certificate leaf) throws Unproven {
    try {
      Collection<List<?>> names = leaf.getSubjectAlternativeNames();
      List<String> uris =
          names == null
              ? List.of()
              : names.stream()
                  .filter(name -> name.get(0).equals(URI_NAME))
                  .map(name -> String.valueOf(name.get(1)))
                  .toList();
      if (uris.size() != 1) {
        throw new Unproven("the certificate has " + uris.size() + " URI names; an SVID has one");
      }
      return SpiffeId.parse(uris.get(0));
    } catch (CertificateParsingException | Refused e) {
      throw new Unproven("the certificate has no SPIFFE id");
    }
  }

  private static void requireWorkload(X509Certificate leaf) throws Unproven {
    boolean[] usage = leaf.getKeyUsage();
    boolean signsOthers =
        leaf.getBasicConstraints() >= 0
            || usage != null && (usage[KEY_CERT_SIGN] || usage[CRL_SIGN]);
    if (signsOthers || usage == null || !usage[DIGITAL_SIGNATURE]) {
      throw new Unproven("the certificate is not a workload's: see its key usage");
    }
  }
}
