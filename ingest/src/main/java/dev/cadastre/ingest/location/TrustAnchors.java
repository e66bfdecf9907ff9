package dev.cadastre.ingest.location;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;

/**
 * What the operator trusts to speak of locations. Nothing is trusted that is not in here.
 *
 * @param aws by region, the certificates whose keys sign for that region alone
 * @param gce Google's keys by key id
 * @param azure certificates at which a chain may end
 * @param spiffe by trust domain, its bundle
 */
record TrustAnchors(
    Map<String, List<X509Certificate>> aws,
    Map<String, RSAPublicKey> gce,
    List<X509Certificate> azure,
    Map<String, List<X509Certificate>> spiffe) {
  static final TrustAnchors NONE = new TrustAnchors(Map.of(), Map.of(), List.of(), Map.of());

  TrustAnchors {
    aws = Map.copyOf(aws);
    gce = Map.copyOf(gce);
    azure = List.copyOf(azure);
    spiffe = Map.copyOf(spiffe);
  }

  /** Whether anything of this type can be appraised at all. */
  boolean knows(EvidenceType type) {
    return switch (type) {
      case AWS -> !aws.isEmpty();
      case GCE -> !gce.isEmpty();
      case AZURE -> !azure.isEmpty();
      case SPIFFE -> !spiffe.isEmpty();
    };
  }
}
