package dev.cadastre.ingest.inference;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Names;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Inferences in the words of those who do not use OpenTelemetry's: OpenInference, OpenLLMetry, the
 * AI SDK, MLflow, LangSmith and Langfuse. What they call the kind of a call, the model and its
 * provider is said again in {@code gen_ai.*}; what they said themselves stays beside it.
 */
public final class Dialect {
  private static final String MODEL = "gen_ai.request.model";
  private static final String PROVIDER = "gen_ai.provider.name";

  /** Attributes whose value is the kind of a call. */
  private static final List<String> KINDS =
      List.of(
          "openinference.span.kind",
          "llm.request.type",
          "traceloop.span.kind",
          "mlflow.spanType",
          "langsmith.span.kind",
          "langfuse.observation.type",
          "ai.operationId");

  /** What of that a model does, in the words of {@code gen_ai.operation.name}. */
  private static final Map<String, String> OPERATIONS =
      Map.ofEntries(
          Map.entry("llm", "chat"),
          Map.entry("chat", "chat"),
          Map.entry("chat_model", "chat"),
          Map.entry("generation", "chat"),
          Map.entry("completion", "text_completion"),
          Map.entry("embedding", "embeddings"),
          Map.entry("embeddings", "embeddings"),
          Map.entry("rerank", "rerank"),
          Map.entry("reranker", "rerank"),
          Map.entry("agent", "invoke_agent"),
          Map.entry("tool", "execute_tool"),
          Map.entry("workflow", "invoke_workflow"),
          Map.entry("retriever", "retrieval"),
          Map.entry("prompt", "prompt"),
          Map.entry("guardrail", "guardrail"),
          Map.entry("evaluator", "evaluate"),
          Map.entry("ai.embed", "embeddings"),
          Map.entry("ai.embedmany", "embeddings"),
          Map.entry("ai.toolcall", "execute_tool"));

  private static final List<String> MODELS =
      List.of(
          MODEL,
          "gen_ai.response.model",
          "llm.model_name",
          "llm.request.model",
          "llm.response.model",
          "embedding.model_name",
          "reranker.model_name",
          "ai.model.id",
          "ai.response.model",
          "mlflow.llm.model",
          "langfuse.observation.model.name");

  private static final List<String> PROVIDERS =
      List.of(
          PROVIDER,
          "gen_ai.system",
          "llm.provider",
          "llm.system",
          "llm.vendor",
          "ai.model.provider");

  /** Attributes that Amazon Bedrock's instrumentation has beside no other word of a call. */
  private static final Map<String, String> BEDROCK =
      Map.of(
          "aws.bedrock.agent.id", "invoke_agent",
          "aws.bedrock.knowledge_base.id", "retrieval",
          "aws.bedrock.data_source.id", "retrieval",
          "aws.bedrock.guardrail.id", "guardrail");

  /** Logfire's, with the request in JSON. */
  private static final String REQUEST = "request_data";

  private static final Set<String> ALL = all();

  private Dialect() {}

  /** Whether an attribute of that name may tell of an inference in other words. */
  public static boolean isMark(String name) {
    return ALL.contains(name);
  }

  /**
   * What is to be said beside the attributes of an inference, of which they do not say that it is
   * one; empty if they say so, or tell of none.
   */
  public static List<KeyValue> translated(List<KeyValue> attributes) {
    if (text(attributes, Names.GEN_AI_OPERATION).isPresent()) {
      return List.of();
    }
    Optional<String> model = model(attributes);
    Optional<String> operation = operation(attributes, model.isPresent());
    if (operation.isEmpty()) {
      return List.of();
    }
    List<KeyValue> said = new ArrayList<>();
    said.add(attribute(Names.GEN_AI_OPERATION, operation.get()));
    say(MODEL, model, attributes, said);
    Optional<String> provider = first(attributes, PROVIDERS).map(Dialect::provider);
    Optional<String> bedrock = bedrock(attributes).map(any -> "aws.bedrock");
    say(PROVIDER, provider.or(() -> bedrock), attributes, said);
    return said;
  }

  /** Whether attributes tell of an inference in other words. */
  public static boolean speaks(List<KeyValue> attributes) {
    return operation(attributes, model(attributes).isPresent()).isPresent();
  }

  private static Optional<String> model(List<KeyValue> attributes) {
    return first(attributes, MODELS)
        .or(() -> text(attributes, REQUEST).flatMap(Dialect::requested));
  }

  /** The model that a request in JSON names. */
  private static Optional<String> requested(String json) {
    try {
      return Json.parseObject(json.getBytes(StandardCharsets.UTF_8))
          .optValue("model")
          .flatMap(
              model ->
                  model instanceof Json.Str name ? Optional.of(name.value()) : Optional.empty());
    } catch (Refused noRequest) {
      return Optional.empty();
    }
  }

  private static Optional<String> bedrock(List<KeyValue> attributes) {
    return BEDROCK.entrySet().stream()
        .filter(one -> text(attributes, one.getKey()).isPresent())
        .map(Map.Entry::getValue)
        .min(Comparator.naturalOrder());
  }

  private static Optional<String> operation(List<KeyValue> attributes, boolean model) {
    for (String name : KINDS) {
      Optional<String> kind =
          text(attributes, name).map(Dialect::word).map(Dialect::known).filter(k -> !k.isEmpty());
      if (kind.isPresent()) {
        return kind;
      }
    }
    boolean asked = model || first(attributes, PROVIDERS).isPresent();
    return asked ? Optional.of("chat") : bedrock(attributes);
  }

  private static String known(String kind) {
    String operation = OPERATIONS.getOrDefault(kind, "");
    if (!operation.isEmpty() || !kind.startsWith("ai.")) {
      return operation;
    }
    // Of the AI SDK: ai.generateText, and its call of the model, ai.generateText.doGenerate.
    return kind.contains("embed") ? "embeddings" : "chat";
  }

  /** MLflow writes its texts as JSON. */
  private static String word(String kind) {
    return kind.replace("\"", "").strip().toLowerCase(Locale.ROOT);
  }

  /** {@code openai} of the AI SDK's {@code openai.chat}. */
  private static String provider(String name) {
    boolean api =
        name.endsWith(".chat") || name.endsWith(".responses") || name.endsWith(".embedding");
    return api ? name.substring(0, name.lastIndexOf('.')) : name;
  }

  private static void say(
      String name, Optional<String> value, List<KeyValue> attributes, List<KeyValue> into) {
    if (value.isPresent() && attributes.stream().noneMatch(one -> one.getKey().equals(name))) {
      into.add(attribute(name, value.get()));
    }
  }

  private static Optional<String> first(List<KeyValue> attributes, List<String> names) {
    for (String name : names) {
      Optional<String> text = text(attributes, name);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(List<KeyValue> attributes, String name) {
    for (KeyValue one : attributes) {
      if (one.getKey().equals(name) && !one.getValue().getStringValue().isBlank()) {
        return Optional.of(one.getValue().getStringValue().strip());
      }
    }
    return Optional.empty();
  }

  private static KeyValue attribute(String name, String text) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(text))
        .build();
  }

  private static Set<String> all() {
    List<String> all = new ArrayList<>(KINDS);
    all.addAll(MODELS);
    all.addAll(PROVIDERS);
    all.addAll(BEDROCK.keySet());
    all.add(REQUEST);
    return Set.copyOf(all);
  }
}
