package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.value.Names;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inferences as frameworks tell them, and what of them stands in the open. */
class InferenceDialectsTest {
  private static List<CaseFile.Kept> span(String attributes, String more) {
    StringBuilder pairs = new StringBuilder();
    for (String one : attributes.split(",")) {
      String[] pair = one.split("=", 2);
      pairs
          .append(pairs.isEmpty() ? "" : ",")
          .append("{\"key\":\"" + pair[0] + "\",\"value\":{\"stringValue\":\"" + pair[1] + "\"}}");
    }
    String request =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"s\",\"startTimeUnixNano\":\"1\",\"attributes\":["
            + pairs
            + "]"
            + more
            + "}]}]}]}";
    return CaseFile.kept("span.otlp-traces.json", request.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aSpanOfOpenInferenceIsAnInference() {
    CaseFile.Kept kept = CaseFile.kept("span-of-openinference.otlp-traces.json").get(0);
    assertEquals(Kind.INFERENCE, kept.event().kind());
    assertEquals("chat", kept.open(Names.GEN_AI_OPERATION));
    assertEquals("gpt-4o", kept.open("gen_ai.request.model"));
    assertEquals("openai", kept.open("gen_ai.provider.name"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openinference.span.kind=LLM,llm.model_name=m|chat|m",
        "openinference.span.kind=EMBEDDING,embedding.model_name=m|embeddings|m",
        "openinference.span.kind=RERANKER,reranker.model_name=m|rerank|m",
        "openinference.span.kind=AGENT|invoke_agent|''",
        "llm.request.type=chat,gen_ai.system=OpenAI,gen_ai.request.model=m|chat|m",
        "llm.request.type=completion,llm.request.model=m|text_completion|m",
        "traceloop.span.kind=tool|execute_tool|''",
        "ai.operationId=ai.generateText.doGenerate,ai.model.id=m,ai.model.provider=openai.chat|chat|m",
        "ai.operationId=ai.embedMany.doEmbed,ai.model.id=m|embeddings|m",
        "ai.model.id=m|chat|m",
        "mlflow.spanType=\\\"CHAT_MODEL\\\"|chat|''",
        "langsmith.span.kind=llm,gen_ai.request.model=m|chat|m",
        "langfuse.observation.type=generation,langfuse.observation.model.name=m|chat|m",
        "traceloop.span.kind=workflow,traceloop.entity.name=w|invoke_workflow|''",
        "openinference.span.kind=PROMPT|prompt|''",
        "openinference.span.kind=RETRIEVER|retrieval|''",
        "openinference.span.kind=GUARDRAIL|guardrail|''",
        "llm.provider=openai|chat|''",
        "llm.vendor=OpenAI|chat|''",
        "aws.bedrock.agent.id=a|invoke_agent|''",
        "aws.bedrock.knowledge_base.id=k|retrieval|''",
        "request_data={\\\"model\\\":\\\"m\\\"}|chat|m",
        "gen_ai.request.model=m|chat|m",
        "gen_ai.response.model=m|chat|m"
      })
  void inferencesInOtherWordsAreInferences(String attributes, String operation, String model) {
    CaseFile.Kept kept = span(attributes, "").get(0);
    assertEquals(Kind.INFERENCE, kept.event().kind());
    assertEquals(operation, kept.open(Names.GEN_AI_OPERATION));
    assertEquals(model.replace("'", ""), kept.open("gen_ai.request.model"));
  }

  @Test
  void whatNoModelDoesIsPassedOver() {
    assertTrue(span("openinference.span.kind=CHAIN,http.route=/x", "").isEmpty());
  }

  @Test
  void contentOfAnAgentsSpanIsHashed() {
    CaseFile.Kept kept = CaseFile.kept("span-of-an-agent.otlp-traces.json").get(0);
    assertEquals(Kind.INFERENCE, kept.event().kind());
    assertFalse(kept.entry().contains("Anna"), kept.entry());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pydantic_ai.all_messages",
        "all_messages_events",
        "final_result",
        "gen_ai.input.messages",
        "gen_ai.system_instructions",
        "gen_ai.agent.description",
        "traceloop.entity.input",
        "traceloop.association.properties.x",
        "llm.prompts.0.content",
        "llm.prompt_template.variables",
        "llm.invocation_parameters",
        "input.value",
        "langfuse.observation.input",
        "langfuse.trace.metadata.x",
        "ai.prompt.messages",
        "ai.response.reasoning",
        "logfire.msg",
        "gen_ai.prompt.0.content",
        "tool_arguments",
        "metadata",
        "crew_tasks",
        "url.full"
      })
  void unknownTextsOfInferencesAreHashed(String name) {
    String entry = span("gen_ai.operation.name=chat," + name + "=Anna", "").get(0).entry();
    assertFalse(entry.contains("Anna"), entry);
    assertTrue(entry.contains("\"hashed\""), entry);
  }

  @Test
  void whatAModelsSpanSaysInEventsAndStatusIsHashed() {
    String more =
        ",\"status\":{\"code\":2,\"message\":\"Anna\"},\"events\":[{\"name\":\"log\",\"attributes\":["
            + "{\"key\":\"exception.message\",\"value\":{\"stringValue\":\"Anna\"}}]}]";
    String entry = span("gen_ai.operation.name=chat", more).get(0).entry();
    assertFalse(entry.contains("Anna"), entry);
  }

  private static final String CONTENT = "my name is Anna";

  private static String pair(String name) {
    return "{\"key\":\"" + name + "\",\"value\":{\"stringValue\":\"" + CONTENT + "\"}}";
  }

  private static CaseFile.Kept told(String request) {
    byte[] bytes = request.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    String name = request.contains("resourceSpans") ? "r.otlp-traces.json" : "r.otlp.json";
    CaseFile.Kept kept = CaseFile.kept(name, bytes).get(0);
    assertEquals(Kind.INFERENCE, kept.event().kind());
    return kept;
  }

  private static final String CHAT =
      "'attributes':[{'key':'gen_ai.operation.name','value':{'stringValue':'chat'}},"
          + "{'key':'gen_ai.request.model','value':{'stringValue':'gpt 4o'}}]";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'resourceSpans':[{'scopeSpans':[{'spans':[{'name':'%s',A}]}]}]}",
        "{'resourceSpans':[{'scopeSpans':[{'spans':[{'name':'chat %s',A}]}]}]}",
        "{'resourceSpans':[{'scopeSpans':[{'spans':[{'name':'chat','events':[{'name':'%s'}],A}]}]}]}",
        "{'resourceSpans':[{'scopeSpans':[{'scope':{'name':'s','attributes':[%p]},'spans':[{'name':'chat',A}]}]}]}",
        "{'resourceSpans':[{'resource':{'attributes':[%p]},'scopeSpans':[{'spans':[{'name':'chat',A}]}]}]}",
        "{'resourceLogs':[{'scopeLogs':[{'logRecords':[{'eventName':'%s',A}]}]}]}",
        "{'resourceLogs':[{'scopeLogs':[{'logRecords':[{'eventName':'gen_ai.x','severityText':'%s',A}]}]}]}",
        "{'resourceLogs':[{'resource':{'attributes':[%p]},'scopeLogs':[{'logRecords':[{'eventName':'gen_ai.x',A}]}]}]}"
      })
  void nobodyReadsContentWhereverAnInferenceHasIt(String request) {
    String entry =
        told(request
                .replace("A}", CHAT + "}")
                .replace("%s", CONTENT)
                .replace("%p", pair("z.prompt")))
            .entry();
    assertFalse(entry.contains("Anna") || entry.contains("my "), entry);
    assertTrue(entry.contains("sha256"), entry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gen_ai.agent.name",
        "gen_ai.output.type",
        "gen_ai.tool.type",
        "gen_ai.workflow.name",
        "aws.bedrock.guardrail.id",
        "openai.request.service_tier",
        "error.type",
        "logfire.msg_template",
        "my name is Anna"
      })
  void whatIsNoWordIsHashedUnderKnownNamesToo(String name) {
    String entry = span("gen_ai.operation.name=chat," + name + "=" + CONTENT, "").get(0).entry();
    assertFalse(entry.contains("Anna"), entry);
    assertTrue(entry.contains("\"hashed\""), entry);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat gpt 4o", "chat", "ChatOpenAI", "ai.generateText.doGenerate"})
  void namesThatTheConventionsKnowStay(String name) {
    String request = "{'resourceSpans':[{'scopeSpans':[{'spans':[{'name':'%s',A}]}]}]}";
    CaseFile.Kept kept = told(request.replace("A}", CHAT + "}").replace("%s", name));
    assertEquals(name, kept.event().name());
  }

  @ParameterizedTest
  @CsvSource({
    "gen_ai.request.model,gpt-4o",
    "gen_ai.agent.name,planner",
    "server.address,api.openai.com",
    "my.run.id,7d2e3179-0000-4000-8000-000000000001",
    "my.digest,9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "my.start,2026-03-02T11:00:01.1Z",
    "ledger.data.category,customer-data"
  })
  void whatIsKnownToBeHarmlessStays(String name, String text) {
    CaseFile.Kept kept = span("gen_ai.operation.name=chat," + name + "=" + text, "").get(0);
    assertEquals(text, kept.open(name));
  }
}
