package dev.cadastre.formats.event;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.util.Set;

/**
 * Which evidence the server appraised and found genuine. Written by the server alone, so that
 * whoever holds the evidence itself can tell that it is the same, and whose key vouched for it.
 *
 * @param issued when the issuer made it, unsigned Unix nanoseconds; 0 when it does not say
 * @param key SHA-256 of the DER SubjectPublicKeyInfo of the key that signed it
 * @param sha256 of the evidence as it came: of a text its UTF-8, of bytes the bytes
 * @param subject what it was issued to, such as an instance's resource name or a SPIFFE id
 * @param type such as {@code aws-iid}; docs/location-evidence.md lists them
 */
public record LocationEvidence(long issued, Hash key, Hash sha256, String subject, String type) {
  private static final String SPIFFE = "spiffe-id";

  /** Evidence that a cloud's metadata service signed. */
  private static final Set<String> OF_CLOUDS =
      Set.of("aws-iid", "gce-identity-token", "azure-attested-document");

  /**
   * What a location that rests on this may be: proven by a cloud, corroborated by whoever issued
   * certificates, or contradicted by either.
   *
   * @param altered whether the record's own signature does not hold, which leaves a place claimed
   */
  void require(Assurance assurance, boolean altered) throws Refused {
    boolean known =
        SPIFFE.equals(type) ? subject.startsWith("spiffe://") : OF_CLOUDS.contains(type);
    if (!known || subject.isEmpty() || issued < 0) {
      throw new Refused(
          "expected evidence of a known type, issued to somebody before 2262, found "
              + Encodings.quote(type)
              + " of "
              + Encodings.quote(subject));
    }
    Assurance supported =
        OF_CLOUDS.contains(type)
            ? Assurance.PROVEN
            : altered ? Assurance.CLAIMED : Assurance.CORROBORATED;
    if (assurance != supported && assurance != Assurance.CONTRADICTED) {
      throw new Refused(
          "expected a place of evidence "
              + type
              + " to be "
              + supported.wire()
              + " or contradicted, found it "
              + assurance.wire());
    }
  }
}
