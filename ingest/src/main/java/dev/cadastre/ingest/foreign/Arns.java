package dev.cadastre.ingest.foreign;

import java.util.Optional;

/** Amazon Resource Names: {@code arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE}. */
final class Arns {
  private static final int PARTS = 6;
  private static final int REGION = 3;

  private Arns() {}

  /** Empty for resources that have no region, and for what is no ARN. */
  static Optional<String> region(String arn) {
    String[] parts = arn.split(":", PARTS);
    return parts.length == PARTS
        ? Optional.of(parts[REGION]).filter(region -> !region.isEmpty())
        : Optional.empty();
  }

  /** The same resource in another region; what is no ARN stays as it is. */
  static String inRegion(String arn, String region) {
    String[] parts = arn.split(":", PARTS);
    if (parts.length < PARTS) {
      return arn;
    }
    parts[REGION] = region;
    return String.join(":", parts);
  }
}
