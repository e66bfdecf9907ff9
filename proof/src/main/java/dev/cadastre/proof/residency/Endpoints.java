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

  /**
   * A host name's end, and a pattern with groups {@code service} and {@code region} for what comes
   * before it.
   */
  private record Form(String provider, String end, Pattern start) {
    static Form of(String provider, String end, String start) {
      return new Form(provider, end, Pattern.compile(start));
    }
  }

  private static final String REGION = "(?<region>[a-z0-9-]+)";
  private static final String AMAZON =
      "(?:.+\\.)?(?<service>kms|s3|dynamodb|rds|bedrock-runtime|runtime\\.sagemaker)(?:-fips)?"
          + "\\.(?:dualstack\\.)?"
          + REGION;

  private static final List<Form> FORMS =
      List.of(
          Form.of("aws", ".amazonaws.com", AMAZON),
          Form.of("aws", ".amazonaws.com.cn", AMAZON),
          Form.of("gcp", "-aiplatform.googleapis.com", REGION + "(?<service>)"),
          Form.of(
              "gcp", ".rep.googleapis.com", "(?<service>aiplatform|cloudkms|storage)\\." + REGION),
          Form.of("azure", ".api.cognitive.microsoft.com", REGION + "(?<service>)"),
          Form.of(
              "oci",
              ".oci.oraclecloud.com",
              "(?:.+\\.)?(?<service>generativeai|objectstorage|kms)\\." + REGION),
          Form.of("scaleway", ".scw.cloud", "(?:.+\\.)?(?<service>s3)\\." + REGION),
          Form.of("ovh", ".io.cloud.ovh.net", "(?:.+\\.)?(?<service>s3)\\." + REGION),
          Form.of("alibaba", ".aliyuncs.com", "(?<service>kms)\\." + REGION));

  private Endpoints() {}

  static Optional<Endpoint> read(String address, Registry registry) {
    String host = address.strip().toLowerCase(Locale.ROOT);
    for (Form form : FORMS) {
      if (host.endsWith(form.end)) {
        return endpoint(host.substring(0, host.length() - form.end.length()), form, registry);
      }
    }
    return Optional.empty();
  }

  private static Optional<Endpoint> endpoint(String start, Form form, Registry registry) {
    Matcher matcher = form.start.matcher(start);
    return matcher.matches()
        ? registry
            .canonical(matcher.group("region"), form.provider)
            .map(place -> new Endpoint(hop(matcher.group("service")), place))
        : Optional.empty();
  }

  private static Hop hop(String service) {
    return switch (service) {
      case "kms", "cloudkms" -> Hop.KEY;
      case "s3", "dynamodb", "rds", "storage", "objectstorage" -> Hop.STORAGE;
      default -> Hop.PROCESSING;
    };
  }
}
