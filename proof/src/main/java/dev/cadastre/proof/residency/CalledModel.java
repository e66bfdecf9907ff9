package dev.cadastre.proof.residency;

import dev.cadastre.proof.event.Attributes;
import dev.cadastre.proof.event.Kind;
import dev.cadastre.proof.event.Names;
import dev.cadastre.proof.event.RecordEvent;
import dev.cadastre.proof.text.FixedUnicode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a model was called, and whether the caller runs it itself. Where a caller runs says
 * nothing of a model that somebody else runs.
 */
final class CalledModel {
  /** What OpenTelemetry called {@code gen_ai.provider.name} before. */
  static final String SYSTEM = "gen_ai.system";

  static final String SELF = "self";

  /** Engines that people run themselves, as {@code gen_ai.provider.name} has them. */
  private static final Set<String> ENGINES =
      Set.of(
          "gpustack",
          "kserve",
          "llama.cpp",
          "llama_cpp",
          "llamacpp",
          "llamafile",
          "lm_studio",
          "lmstudio",
          "local_ai",
          "localai",
          "mlx",
          "ollama",
          "onnxruntime",
          "sglang",
          "tensorrt_llm",
          "text_generation_inference",
          "tgi",
          "transformers",
          "triton",
          "vllm",
          "xinference");

  /** What only calls of models say. */
  private static final List<String> TELLING =
      List.of(
          Names.GEN_AI_OPERATION,
          Names.INFERENCE_HOSTING,
          Names.INFERENCE_REGION_ACTUAL,
          Names.INFERENCE_REGION_REQUESTED);

  private CalledModel() {}

  static boolean isIn(RecordEvent event) {
    return event.kind() == Kind.INFERENCE || TELLING.stream().anyMatch(event.attributes()::has);
  }

  /** Whether the caller runs the model where it runs itself. */
  static boolean isOwn(RecordEvent event, Registry registry) {
    Attributes attributes = event.attributes();
    if (!attributes.has(Names.SERVER_ADDRESS)) {
      return isSaid(attributes) || isEngine(attributes) && !isInACloud(attributes);
    }
    Optional<Host> host = attributes.string(Names.SERVER_ADDRESS).flatMap(Host::of);
    if (host.isEmpty()) {
      return isSocket(attributes) && (isSaid(attributes) || isEngine(attributes));
    }
    boolean elsewhere =
        GlobalEndpoints.has(host.get()) || Endpoints.read(host.get(), registry).isPresent();
    boolean same =
        host.get().nearby()
            || host.equals(event.resourceAttributes().string("host.name").flatMap(Host::of));
    return !elsewhere && (isSaid(attributes) || isEngine(attributes) && same);
  }

  private static boolean isSocket(Attributes attributes) {
    return attributes.string(Names.SERVER_ADDRESS).filter(a -> a.startsWith("unix:")).isPresent();
  }

  private static boolean isSaid(Attributes attributes) {
    return attributes
        .string(Names.INFERENCE_HOSTING)
        .map(CalledModel::plain)
        .filter(SELF::equals)
        .isPresent();
  }

  private static boolean isEngine(Attributes attributes) {
    boolean provided =
        attributes.string(Names.INFERENCE_HOSTING).isPresent() && !isSaid(attributes);
    return !provided
        && attributes
            .string(Names.GEN_AI_PROVIDER)
            .or(() -> attributes.string(SYSTEM))
            .map(CalledModel::plain)
            .filter(ENGINES::contains)
            .isPresent();
  }

  /** Ollama passes on to its own cloud what models of this name are asked. */
  private static boolean isInACloud(Attributes attributes) {
    return attributes
        .string(Names.GEN_AI_MODEL)
        .filter(model -> model.endsWith("cloud"))
        .isPresent();
  }

  private static String plain(String text) {
    return FixedUnicode.lowerCase(FixedUnicode.strip(text)).replace('-', '_');
  }
}
