package dev.cadastre.proof.residency;

import dev.cadastre.proof.event.Hop;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Regions that a cloud's own host names tell. A regional endpoint answers in its region, which is
 * what makes it worth more than a sender's word; a global one tells nothing.
 */
final class Endpoints {
  /**
   * @param hop what the called service does
   * @param place canonical place
   */
  record Endpoint(Hop hop, String place) {}

  /** A host name pattern with groups {@code service} and {@code region}. */
  private record Form(String provider, Pattern host) {
    static Form of(String provider, String host) {
      return new Form(provider, Pattern.compile(host));
    }
  }

  private static final String REGION = "(?<region>[a-z0-9-]+)";

  private static final List<Form> FORMS =
      List.of(
          Form.of(
              "aws",
              "(?:.+\\.)?(?<service>kms|s3|dynamodb|rds|bedrock-runtime|runtime\\.sagemaker)(?:-fips)?\\.(?:dualstack\\.)?"
                  + REGION
                  + "\\.amazonaws\\.com(?:\\.cn)?"),
          Form.of("gcp", REGION + "-(?<service>aiplatform)\\.googleapis\\.com"),
          Form.of(
              "gcp",
              "(?<service>aiplatform|cloudkms|storage)\\." + REGION + "\\.rep\\.googleapis\\.com"),
          Form.of("azure", REGION + "\\.api\\.(?<service>cognitive)\\.microsoft\\.com"),
          Form.of(
              "oci",
              "(?:.+\\.)?(?<service>generativeai|objectstorage|kms)\\."
                  + REGION
                  + "\\.oci\\.oraclecloud\\.com"),
          Form.of("scaleway", "(?:.+\\.)?(?<service>s3)\\." + REGION + "\\.scw\\.cloud"),
          Form.of(
              "ovh",
              "(?:.+\\.)?(?<service>s3)\\." + REGION + "\\.(?:io|perf)\\.cloud\\.ovh\\.(?:net|us)"),
          Form.of("alibaba", "(?<service>kms)\\." + REGION + "\\.aliyuncs\\.com"));

  private Endpoints() {}

  static Optional<Endpoint> read(String address, Registry registry) {
    String host = address.strip().toLowerCase(Locale.ROOT);
    for (Form form : FORMS) {
      Matcher matcher = form.host.matcher(host);
      if (matcher.matches()) {
        return registry
            .canonical(matcher.group("region"), form.provider)
            .map(place -> new Endpoint(hop(matcher.group("service")), place));
      }
    }
    return Optional.empty();
  }

  private static Hop hop(String service) {
    return switch (service) {
      case "kms", "cloudkms" -> Hop.KEY;
      case "s3", "dynamodb", "rds", "storage", "objectstorage" -> Hop.STORAGE;
      default -> Hop.PROCESSING;
    };
  }
}
