package dev.cadastre.formats.residency;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.registry.Region;
import dev.cadastre.formats.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Regions that host names of AWS tell, in every partition: {@code SERVICE.REGION}, with what is the
 * customer's before it; {@code NAME.REGION.SERVICE} of databases; FIPS, dual-stack and interface
 * endpoints of VPCs ("AWS service endpoints", AWS General Reference).
 */
final class AmazonHosts {
  private static final List<String> ENDS =
      List.of(
          ".amazonaws.com",
          ".amazonaws.com.cn",
          ".amazonaws.eu",
          ".api.aws",
          ".api.amazonwebservices.com.cn",
          ".api.amazonwebservices.eu",
          ".c2s.ic.gov",
          ".sc2s.sgov.gov",
          ".cloud.adc-e.uk",
          ".csp.hci.ic.gov");

  private static final Set<String> KEYS = Set.of("kms", "cloudhsmv2");
  private static final Set<String> STORES =
      Set.of(
          "s3",
          "s3-accesspoint",
          "s3-control",
          "s3-object-lambda",
          "s3-outposts",
          "s3-website",
          "dynamodb",
          "ddb",
          "rds",
          "redshift",
          "secretsmanager",
          "ssm",
          "elasticfilesystem",
          "fsx",
          "es",
          "aoss",
          "cache",
          "docdb",
          "neptune",
          "sqs",
          "kinesis",
          "backup");

  private static final Set<String> MODELS =
      Set.of(
          "bedrock",
          "bedrock-runtime",
          "bedrock-agent-runtime",
          "bedrock-mantle",
          "sagemaker",
          "aws-external-anthropic",
          "comprehend",
          "textract",
          "rekognition",
          "transcribe",
          "translate",
          "polly");

  /** What stands between a service and its region, or after both, and tells nothing. */
  private static final Set<String> FILLERS = Set.of("dualstack", "vpce", "fips", "private");

  private AmazonHosts() {}

  static boolean owns(HostName host) {
    return ENDS.stream().anyMatch(end -> host.before(end).isPresent());
  }

  static Optional<CloudEndpoints.Endpoint> read(HostName host, Registry registry) {
    return ENDS.stream()
        .flatMap(end -> host.before(end).stream())
        .findFirst()
        .flatMap(start -> endpoint(labels(start), registry));
  }

  private static List<String> labels(String start) {
    List<String> labels = new ArrayList<>(List.of(start.split("\\.", -1)));
    labels.removeIf(FILLERS::contains);
    return labels;
  }

  private static Optional<CloudEndpoints.Endpoint> endpoint(
      List<String> labels, Registry registry) {
    for (int at = labels.size() - 1; at >= 0; at--) {
      Optional<String> place = place(labels.get(at), registry);
      if (place.isPresent()) {
        int service = at == labels.size() - 1 ? at - 1 : at + 1;
        return service < 0 ? Optional.empty() : endpoint(labels.get(service), place.get());
      }
    }
    return labels.isEmpty() ? Optional.empty() : joined(labels.get(labels.size() - 1), registry);
  }

  private static Optional<CloudEndpoints.Endpoint> endpoint(String service, String place) {
    return hop(plain(service)).map(hop -> new CloudEndpoints.Endpoint(hop, place));
  }

  /** {@code s3-eu-west-1}, as S3 once wrote it. */
  private static Optional<CloudEndpoints.Endpoint> joined(String label, Registry registry) {
    for (int dash = label.indexOf('-'); dash >= 0; dash = label.indexOf('-', dash + 1)) {
      Optional<String> place = place(label.substring(dash + 1), registry);
      if (place.isPresent()) {
        return endpoint(label.substring(0, dash), place.get());
      }
    }
    return Optional.empty();
  }

  /** A region as it is spelled, and no zone or area. */
  private static Optional<String> place(String label, Registry registry) {
    return registry.region("aws:" + label).map(Region::id);
  }

  private static String plain(String service) {
    String plain = service.startsWith("fips-") ? service.substring("fips-".length()) : service;
    plain = plain.endsWith("-fips") ? plain.substring(0, plain.length() - "-fips".length()) : plain;
    return plain.startsWith("s3express-") ? "s3" : plain;
  }

  private static Optional<Hop> hop(String service) {
    if (KEYS.contains(service)) {
      return Optional.of(Hop.KEY);
    }
    if (STORES.contains(service)) {
      return Optional.of(Hop.STORAGE);
    }
    return MODELS.contains(service) ? Optional.of(Hop.PROCESSING) : Optional.empty();
  }
}
