package dev.cadastre.ingest.inference;

import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.value.Names;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of an inference may stand in the open. Frameworks put prompts, answers and tools' arguments
 * under names of their own making, so any other text is taken for content.
 */
public final class Harmless {
  /** Beginnings of names that speak of machines, or that the vocabulary knows: any text may be. */
  private static final String[] OPEN = {
    "ledger.",
    "audit.",
    "cloud.",
    "service.",
    "server.",
    "host.",
    "k8s.",
    "container.",
    "deployment.",
    "telemetry.",
    "otel.",
    "faas.",
    "process.",
    "thread.",
    "code.",
    "network.",
    "rpc.",
    "os."
  };

  /** Beginnings of names behind which words stay. */
  private static final String[] PREFIXES = {
    "aws.",
    "azure.",
    "gcp.project",
    "gen_ai.usage.",
    "gen_ai.token.",
    "llm.token_count.",
    "llm.usage.",
    "ai.usage.",
    "openai."
  };

  /** Of a word, besides letters and digits; MLflow puts words in quotes. */
  private static final String SIGNS = "_./:@#+$<>()-\"";

  private static final int WORD_CHARS_MAX = 256;

  private static final Set<String> NAMES =
      Set.of(
          "error.type",
          "exception.type",
          "event.name",
          "http.request.method",
          "http.route",
          "url.scheme",
          "url.template",
          "tls.protocol.version",
          "gen_ai.operation.name",
          "gen_ai.provider.name",
          "gen_ai.system",
          "gen_ai.request.model",
          "gen_ai.response.model",
          "gen_ai.response.id",
          "gen_ai.response.finish_reasons",
          "gen_ai.request.encoding_formats",
          "gen_ai.output.type",
          "gen_ai.conversation.id",
          "gen_ai.agent.id",
          "gen_ai.agent.name",
          "gen_ai.agent.version",
          "gen_ai.workflow.name",
          "gen_ai.data_source.id",
          "gen_ai.tool.name",
          "gen_ai.tool.type",
          "gen_ai.tool.call.id",
          "gen_ai.prompt.name",
          "gen_ai.evaluation.name",
          "gen_ai.evaluation.score.label",
          "openinference.span.kind",
          "llm.model_name",
          "llm.provider",
          "llm.system",
          "llm.vendor",
          "llm.request.type",
          "llm.request.model",
          "llm.response.model",
          "embedding.model_name",
          "reranker.model_name",
          "input.mime_type",
          "output.mime_type",
          "agent.name",
          "agent_name",
          "model_name",
          "tool.name",
          "tool_call.id",
          "graph.node.id",
          "graph.node.parent_id",
          "traceloop.span.kind",
          "traceloop.entity.name",
          "traceloop.entity.path",
          "traceloop.workflow.name",
          "ai.operationId",
          "ai.model.id",
          "ai.model.provider",
          "ai.response.model",
          "ai.response.id",
          "ai.response.finishReason",
          "ai.telemetry.functionId",
          "ai.toolCall.name",
          "ai.toolCall.id",
          "operation.name",
          "resource.name",
          "mlflow.spanType",
          "mlflow.traceRequestId",
          "mlflow.llm.model",
          "langsmith.span.kind",
          "langsmith.trace.name",
          "langsmith.trace.session_id",
          "langfuse.observation.type",
          "langfuse.observation.level",
          "langfuse.observation.model.name",
          "langfuse.environment",
          "langfuse.release",
          "langfuse.version",
          "logfire.span_type",
          "logfire.msg_template");

  /** A UUID or a hexadecimal digest, a time, a truth. Words and numbers may be an answer. */
  private static final Pattern SHAPE =
      Pattern.compile(
          "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
              + "|[0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}"
              + "|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:\\d\\d)"
              + "|true|false|");

  private static final int SHAPE_CHARS_MAX = 64;

  private Harmless() {}

  /** Whether what an attribute of that name says is no content, whatever it says. */
  public static boolean isOpen(String name) {
    // The judge looks for codes in an error's type, but people write sentences there.
    boolean judged = Judge.READS.contains(name) && !name.equals(Names.ERROR_TYPE);
    return judged || Arrays.stream(OPEN).anyMatch(name::startsWith);
  }

  /** Whether a word under that name is no content. */
  public static boolean isName(String name) {
    return NAMES.contains(name) || Arrays.stream(PREFIXES).anyMatch(name::startsWith);
  }

  /** Whether a text is one word, as names and identifiers are. */
  public static boolean isWord(String text) {
    if (text.isEmpty() || text.length() > WORD_CHARS_MAX) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!plain && SIGNS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether a text is no content whatever it is called. */
  public static boolean isShape(String text) {
    return text.length() <= SHAPE_CHARS_MAX && SHAPE.matcher(text).matches();
  }
}
