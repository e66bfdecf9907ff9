package dev.cadastre.ingest.location;

import dev.cadastre.formats.Hash;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Chains of certificates (RFC 5280 section 6). Revocation is not asked for: nothing is online. */
final class CertificatePaths {
  private static final int INTERMEDIATES_MAX = 4;

  private CertificatePaths() {}

  /** Whether a chain leads from {@code leaf} to an anchor, all of it valid at that time. */
  static boolean lead(
      X509Certificate leaf,
      Collection<X509Certificate> between,
      List<X509Certificate> anchors,
      Instant at) {
    Date date = Date.from(at);
    try {
      if (anchors.contains(leaf)) {
        leaf.checkValidity(date);
        return true;
      }
      return builds(leaf, between, anchors, date);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean builds(
      X509Certificate leaf,
      Collection<X509Certificate> between,
      List<X509Certificate> anchors,
      Date date)
      throws GeneralSecurityException {
    Set<TrustAnchor> trusted =
        anchors.stream()
            .filter(anchor -> isValid(anchor, date))
            .map(anchor -> new TrustAnchor(anchor, null))
            .collect(Collectors.toSet());
    if (trusted.isEmpty()) {
      return false;
    }
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(leaf);
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, target);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(between)));
    parameters.setRevocationEnabled(false);
    parameters.setMaxPathLength(INTERMEDIATES_MAX);
    parameters.setDate(date);
    return CertPathBuilder.getInstance("PKIX").build(parameters) != null;
  }

  private static boolean isValid(X509Certificate anchor, Date date) {
    return !date.before(anchor.getNotBefore()) && !date.after(anchor.getNotAfter());
  }

  /** SHA-256 of the DER SubjectPublicKeyInfo. */
  static Hash fingerprint(PublicKey key) {
    return Hash.sha256(key.getEncoded());
  }

  /** SHA-256 of the certificate's DER. */
  static Hash hash(X509Certificate certificate) {
    try {
      return Hash.sha256(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }
}
