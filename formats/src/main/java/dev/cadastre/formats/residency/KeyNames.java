package dev.cadastre.formats.residency;

import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.text.FixedUnicode;
import java.util.Optional;

/** Regions that a key's resource name tells. Multi-region and global keys tell none. */
final class KeyNames {
  private static final String GOOGLE_HOST = "//cloudkms.googleapis.com/";

  private KeyNames() {}

  /** The canonical place in a key's name, if it is of a known form and names a known region. */
  static Optional<String> place(String keyId, Registry registry) {
    String id = FixedUnicode.strip(keyId);
    if (id.startsWith("arn:aws")) {
      String[] parts = id.split(":", 6);
      return parts.length == 6 && parts[2].equals("kms")
          ? region(parts, 3, "aws", registry)
          : Optional.empty();
    }
    if (id.startsWith("acs:kms:")) {
      return region(id.split(":", 5), 2, "alibaba", registry);
    }
    if (id.startsWith("ocid1.key.")) {
      return region(id.split("\\.", 5), 3, "oci", registry);
    }
    return google(id.startsWith(GOOGLE_HOST) ? id.substring(GOOGLE_HOST.length()) : id, registry);
  }

  /** {@code projects/P/locations/REGION/keyRings/…}. */
  private static Optional<String> google(String id, Registry registry) {
    if (!id.startsWith("projects/")) {
      return Optional.empty();
    }
    String[] parts = id.split("/", 6);
    boolean known =
        parts.length == 6 && parts[2].equals("locations") && parts[4].equals("keyRings");
    return known ? region(parts, 3, "gcp", registry) : Optional.empty();
  }

  private static Optional<String> region(
      String[] parts, int at, String provider, Registry registry) {
    return parts.length > at + 1
        ? registry.canonical(provider + ":" + parts[at], "")
        : Optional.empty();
  }
}
