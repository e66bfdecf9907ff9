package dev.cadastre.formats.residency;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an inference profile of Amazon Bedrock may have a model answer: in any region of its
 * geography ("Increase throughput with cross-Region inference", Amazon Bedrock user guide). A
 * model's id without a profile tells nothing of places.
 */
final class InferenceProfile {
  private static final Map<String, String> GEOGRAPHIES =
      Map.of(
          "ap", "aws:apac",
          "apac", "aws:apac",
          "au", "aws:au",
          "ca", "aws:ca",
          "eu", "aws:eu",
          "global", "aws:global",
          "in", "aws:in",
          "jp", "aws:jp",
          "us", "aws:us",
          "us-gov", "aws:us-gov");

  /** Whose models Bedrock has; an id begins with one of these unless a profile comes before. */
  private static final Set<String> VENDORS =
      Set.of(
          "ai21",
          "amazon",
          "anthropic",
          "cohere",
          "deepseek",
          "google",
          "luma",
          "meta",
          "minimax",
          "mistral",
          "moonshot",
          "moonshotai",
          "nvidia",
          "openai",
          "qwen",
          "stability",
          "twelvelabs",
          "writer",
          "zai");

  private static final String ANYWHERE = "aws:global";
  private static final String OWN_PROFILE = ":application-inference-profile/";
  private static final String PROFILE = ":inference-profile/";

  private InferenceProfile() {}

  /**
   * The area that a model's id or ARN opens; empty if it names no profile. A profile that a
   * customer made does not tell which geography it is of.
   *
   * @param bedrock whether the model is known to be one of Bedrock's
   */
  static Optional<String> area(String model, boolean bedrock) {
    String id = FixedUnicode.strip(model);
    if (id.contains(OWN_PROFILE)) {
      return Optional.of(ANYWHERE);
    }
    int arn = id.indexOf(PROFILE);
    String name = arn < 0 ? id : id.substring(arn + PROFILE.length());
    String[] parts = name.split("\\.", 3);
    if (parts.length < 2 || VENDORS.contains(parts[0])) {
      return Optional.empty();
    }
    Optional<String> known = Optional.ofNullable(GEOGRAPHIES.get(parts[0]));
    boolean profile = VENDORS.contains(parts[1]) || arn >= 0;
    return profile ? known.or(() -> Optional.of(ANYWHERE)) : known.filter(area -> bedrock);
  }
}
