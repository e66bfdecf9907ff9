package dev.cadastre.ingest.location;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The kinds of evidence that can be appraised; others are kept and prove nothing. */
enum EvidenceType {
  AWS("aws-iid", "aws", "aws-instance-identity", "aws-instance-identity-document"),
  GCE("gce-identity-token", "gce", "gcp", "gcp-identity-token", "gce-instance-identity-token"),
  AZURE("azure-attested-document", "azure", "azure-attested-data", "azure-imds"),
  SPIFFE("spiffe-id", "spiffe", "spiffe-svid", "x509-svid");

  private final String wire;
  private final Set<String> otherNames;

  EvidenceType(String wire, String... otherNames) {
    this.wire = wire;
    this.otherNames = Set.of(otherNames);
  }

  /** As entries write it. */
  String wire() {
    return wire;
  }

  /** The type of that name, in any case and with hyphens or underscores. */
  static Optional<EvidenceType> of(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    return Stream.of(values())
        .filter(type -> type.wire.equals(plain) || type.otherNames.contains(plain))
        .findFirst();
  }
}
