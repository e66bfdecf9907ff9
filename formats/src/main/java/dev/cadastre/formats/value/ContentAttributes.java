package dev.cadastre.formats.value;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which attributes carry content: prompts, completions, documents, statements. Their values never
 * stand in an entry; their length and SHA-256 do ({@link Value.Hashed}).
 */
public final class ContentAttributes {
  private static final Set<String> NAMES =
      Set.of(
          "gen_ai.system_instructions",
          "gen_ai.prompt",
          "gen_ai.completion",
          "gen_ai.tool.definitions",
          "gen_ai.tool.call.arguments",
          "gen_ai.tool.call.result",
          "gen_ai.tool.arguments",
          "gen_ai.tool.result",
          "gen_ai.tool.message",
          "gen_ai.retrieval.documents",
          "gen_ai.retrieval.query.text",
          "gen_ai.evaluation.explanation",
          "http.request.body",
          "http.request.body.content",
          "http.request.body.text",
          "http.response.body",
          "http.response.body.content",
          "http.response.body.text",
          "db.query.text",
          "db.statement",
          "db.response.body",
          "messaging.message.body",
          "rpc.message.body",
          "graphql.document",
          "url.query",
          Names.EVIDENCE_VALUE,
          Names.EVIDENCE_DOCUMENT,
          "input.value",
          "output.value",
          "llm.prompts",
          "llm.completions",
          "llm.request.messages",
          "tool.parameters",
          "rpc.request.body",
          "rpc.response.body",
          "db.sql.parameters",
          "ai.prompt",
          "ai.prompt.messages",
          "ai.response.text",
          "ai.response.object",
          "ai.response.toolCalls",
          "ai.toolCall.args",
          "ai.toolCall.result",
          "ai.value",
          "ai.values",
          "mlflow.spanInputs",
          "mlflow.spanOutputs",
          "langfuse.input",
          "langfuse.output",
          "langfuse.observation.input",
          "langfuse.observation.output",
          "langfuse.trace.input",
          "langfuse.trace.output",
          "gcp.vertex.agent.llm_request",
          "gcp.vertex.agent.llm_response",
          "gcp.vertex.agent.tool_call_args",
          "gcp.vertex.agent.tool_response");

  /**
   * Families of names with indexes or roles inside, and what frameworks before the conventions
   * wrote.
   */
  private static final Pattern FAMILY =
      Pattern.compile(
          "gen_ai\\..*\\.messages"
              + "|gen_ai\\.(prompt|completion)\\..*"
              + "|gen_ai\\.(.*\\.)?content(\\..*)?"
              + "|(retrieval\\.documents|reranker\\.(in|out)put_documents)\\..*\\.document\\.content"
              + "|embedding\\.embeddings\\..*\\.embedding\\.text"
              + "|(db\\.query|db\\.operation)\\.parameter\\..*"
              + "|traceloop\\.entity\\.(input|output)"
              + "|llm\\.(prompts|completions|input_messages|output_messages)\\..*");

  private ContentAttributes() {}

  public static boolean isContent(String name) {
    return NAMES.contains(name) || mayBeFamily(name) && FAMILY.matcher(name).matches();
  }

  /** Spares most names the pattern. */
  private static boolean mayBeFamily(String name) {
    return name.startsWith("gen_ai.")
        || name.startsWith("db.")
        || name.startsWith("llm.")
        || name.startsWith("retrieval.")
        || name.startsWith("reranker.")
        || name.startsWith("embedding.")
        || name.startsWith("traceloop.");
  }
}
