package dev.cadastre.proof.residency;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Regions that a key's resource name tells. Multi-region and global keys tell none. */
final class KeyNames {
  private record Form(String provider, Pattern name) {}

  private static final List<Form> FORMS =
      List.of(
          new Form("aws", Pattern.compile("arn:aws[a-z-]*:kms:([a-z0-9-]+):[0-9]*:.+")),
          new Form(
              "gcp",
              Pattern.compile(
                  "(?://cloudkms\\.googleapis\\.com/)?projects/[^/]+/locations/([a-z0-9-]+)/keyRings/.+")),
          new Form("oci", Pattern.compile("ocid1\\.key\\.[a-z0-9]+\\.([a-z0-9-]+)\\..+")),
          new Form("alibaba", Pattern.compile("acs:kms:([a-z0-9-]+):[0-9]*:.+")));

  private KeyNames() {}

  /** The canonical place in a key's name, if it is of a known form and names a known region. */
  static Optional<String> place(String keyId, Registry registry) {
    for (Form form : FORMS) {
      Matcher matcher = form.name.matcher(keyId.strip());
      if (matcher.matches()) {
        return registry.canonical(matcher.group(1), form.provider);
      }
    }
    return Optional.empty();
  }
}
