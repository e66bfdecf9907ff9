package dev.cadastre.formats.residency;

import java.util.Set;

/**
 * Hosts of services of inference that tell no region: the provider decides where it answers. Names
 * from the providers' API references, as of 2026.
 */
public final class GlobalEndpoints {
  private static final Set<String> HOSTS =
      Set.of(
          "api.openai.com",
          "api.anthropic.com",
          "aiplatform.googleapis.com",
          "global-aiplatform.googleapis.com",
          "generativelanguage.googleapis.com",
          "api.mistral.ai",
          "api.cohere.com",
          "api.cohere.ai",
          "bedrock-runtime.amazonaws.com",
          "api.deepseek.com",
          "api.x.ai",
          "api.groq.com",
          "api.perplexity.ai",
          "api.together.xyz",
          "api.together.ai",
          "openrouter.ai",
          "api.replicate.com",
          "api.fireworks.ai",
          "router.huggingface.co",
          "api-inference.huggingface.co",
          "dashscope.aliyuncs.com",
          "dashscope-intl.aliyuncs.com",
          "api.ai21.com",
          "api.voyageai.com",
          "integrate.api.nvidia.com",
          "models.inference.ai.azure.com",
          "models.github.ai");

  /** A customer's own name before these tells no region either. */
  private static final Set<String> ENDS =
      Set.of(".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com");

  private GlobalEndpoints() {}

  /**
   * @param address as {@code server.address} has it
   */
  public static boolean has(String address) {
    return HostName.of(address).filter(GlobalEndpoints::has).isPresent();
  }

  static boolean has(HostName host) {
    return HOSTS.contains(host.name()) || ENDS.stream().anyMatch(host.name()::endsWith);
  }
}
