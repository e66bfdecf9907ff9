package dev.cadastre.ingest.foreign.format;

import java.util.List;
import java.util.Optional;

/** Amazon Resource Names: {@code arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE}. */
public final class Arns {
  private static final int PARTS = 6;
  private static final int REGION = 3;
  private static final int RESOURCE = 5;

  /** What follows is a person's name or a session's, which often is one, or names its device. */
  private static final List<String> PEOPLE =
      List.of(
          "user/",
          "user:",
          "dbuser:",
          "federated-user/",
          "assumed-role/",
          "mfa/",
          "sms-mfa/",
          "u2f/user/");

  /** Of Simple Storage Service, where a bucket's name comes first. */
  private static final String STORAGE = ":s3:";

  private Arns() {}

  /** Empty for resources that have no region, and for what is no ARN. */
  public static Optional<String> region(String arn) {
    String[] parts = arn.split(":", PARTS);
    return parts.length == PARTS
        ? Optional.of(parts[REGION]).filter(region -> !region.isEmpty())
        : Optional.empty();
  }

  /** What it names in its account; empty for what is no ARN. */
  public static Optional<String> resource(String arn) {
    String[] parts = arn.split(":", PARTS);
    return parts.length == PARTS && parts[0].equals("arn")
        ? Optional.of(parts[RESOURCE])
        : Optional.empty();
  }

  /** Whether it names a user, or the session of somebody. */
  static boolean isPersonal(String arn) {
    return !arn.contains(STORAGE)
        && resource(arn).filter(one -> PEOPLE.stream().anyMatch(one::startsWith)).isPresent();
  }

  /** The same resource in another region; what is no ARN stays as it is. */
  public static String inRegion(String arn, String region) {
    String[] parts = arn.split(":", PARTS);
    if (parts.length < PARTS) {
      return arn;
    }
    parts[REGION] = region;
    return String.join(":", parts);
  }
}
