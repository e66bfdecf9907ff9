package dev.cadastre.formats.residency;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a model was called, and whether the caller runs it itself. Where a caller runs says
 * nothing of a model that somebody else runs.
 */
final class CalledModel {
  /** What OpenTelemetry called {@code gen_ai.provider.name} before. */
  static final String SYSTEM = "gen_ai.system";

  static final String SELF = "self";

  /** Nobody but Google answers under its names, whatever a customer calls its endpoint. */
  private static final String GOOGLE = ".googleapis.com";

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
    return isIn(event.kind(), event.attributes());
  }

  static boolean isIn(Kind kind, Attributes attributes) {
    if (kind == Kind.INFERENCE) {
      return true;
    }
    for (String name : TELLING) { // asked of every record
      if (attributes.has(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the caller runs the model where it runs itself.
   *
   * @param addresses of the hosts that were called
   */
  static boolean isOwn(RecordEvent event, Collection<String> addresses, Registry registry) {
    Attributes attributes = event.attributes();
    if (addresses.isEmpty()) {
      return isRun(attributes);
    }
    return addresses.stream().allMatch(address -> isOwn(address, event, registry));
  }

  private static boolean isOwn(String address, RecordEvent event, Registry registry) {
    Attributes attributes = event.attributes();
    boolean run = isRun(attributes);
    if (HostName.isSocket(address)) {
      return run;
    }
    for (HostName host : HostName.readings(address)) {
      boolean elsewhere =
          GlobalEndpoints.has(host)
              || host.before(GOOGLE).isPresent()
              || CloudEndpoints.read(host, registry).isPresent();
      boolean same =
          host.nearby()
              || event
                  .resourceAttributes()
                  .string("host.name")
                  .flatMap(HostName::of)
                  .filter(host::equals)
                  .isPresent();
      if (elsewhere || !isSaid(attributes) && !same) {
        return false;
      }
    }
    return run && !HostName.readings(address).isEmpty();
  }

  /** Whether the caller runs the model, wherever that is. */
  private static boolean isRun(Attributes attributes) {
    return isSaid(attributes) || isEngine(attributes) && !isInACloud(attributes);
  }

  private static boolean isSaid(Attributes attributes) {
    return attributes
        .string(Names.INFERENCE_HOSTING)
        .map(CalledModel::plain)
        .filter(SELF::equals)
        .isPresent();
  }

  private static boolean isEngine(Attributes attributes) {
    boolean provided = attributes.has(Names.INFERENCE_HOSTING) && !isSaid(attributes);
    List<String> named =
        Stream.of(Names.GEN_AI_PROVIDER, SYSTEM)
            .flatMap(name -> attributes.strings(name).stream())
            .map(CalledModel::plain)
            .toList();
    return !provided && !named.isEmpty() && ENGINES.containsAll(named);
  }

  /** Ollama passes on to its own cloud what models of this name are asked. */
  private static boolean isInACloud(Attributes attributes) {
    return attributes.strings(Names.GEN_AI_MODEL).stream()
        .anyMatch(model -> FixedUnicode.lowerCase(FixedUnicode.strip(model)).endsWith("cloud"));
  }

  private static String plain(String text) {
    return FixedUnicode.lowerCase(FixedUnicode.strip(text)).replace('-', '_');
  }
}
