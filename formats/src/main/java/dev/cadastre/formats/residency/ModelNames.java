package dev.cadastre.formats.residency;

import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.text.FixedUnicode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Regions that a model's resource name tells: ARNs of Amazon Bedrock and SageMaker, and Vertex AI's
 * {@code projects/P/locations/REGION/…}. Where an inference profile answers is told by {@link
 * InferenceProfile}, for its ARN has only the region that was called.
 */
final class ModelNames {
  private static final Pattern AMAZON =
      Pattern.compile(
          "arn:aws[a-z0-9-]*:(?:bedrock|sagemaker):(?<region>[a-z0-9-]+):[^:]*:(?<kind>[^/:]*).*",
          Pattern.DOTALL);
  private static final Pattern GOOGLE =
      Pattern.compile("(?:.*/)?projects/[^/]+/locations/(?<region>[a-z0-9-]+)/.+", Pattern.DOTALL);

  private ModelNames() {}

  /** The canonical place in a model's name, if it is of a known form and names a known region. */
  static Optional<String> place(String model, Registry registry) {
    String name = FixedUnicode.lowerCase(FixedUnicode.strip(model));
    Matcher amazon = AMAZON.matcher(name);
    if (amazon.matches()) {
      return amazon.group("kind").endsWith("inference-profile")
          ? Optional.empty()
          : registry.canonical("aws:" + amazon.group("region"), "");
    }
    Matcher google = GOOGLE.matcher(name);
    return google.matches()
        ? registry.canonical("gcp:" + google.group("region"), "")
        : Optional.empty();
  }
}
