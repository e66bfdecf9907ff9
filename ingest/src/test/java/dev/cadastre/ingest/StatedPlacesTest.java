package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places in shapes, fields and spellings in which they are easily passed over. */
class StatedPlacesTest {
  private static final String EU_HOST = "\"bedrock-runtime.eu-central-1.amazonaws.com\"";

  private static String pairs(String json) {
    StringBuilder pairs = new StringBuilder();
    for (String pair : json.isEmpty() ? new String[0] : json.split(";")) {
      String[] both = pair.split("=", 2);
      pairs
          .append(pairs.isEmpty() ? "" : ",")
          .append("{\"key\":\"" + both[0] + "\",\"value\":{\"stringValue\":" + both[1] + "}}");
    }
    return "[" + pairs + "]";
  }

  private static String told(String resource, String scope, String record) {
    String request =
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":"
            + pairs("cloud.provider=\"aws\";cloud.region=\"eu-central-1\"" + resource)
            + "},\"scopeLogs\":[{\"scope\":{\"attributes\":"
            + pairs(scope)
            + "},\"logRecords\":[{\"attributes\":"
            + pairs(record)
            + "}]}]}]}";
    return CaseFile.kept("r.otlp.json", request.getBytes(StandardCharsets.UTF_8)).get(0).told();
  }

  private static String model(String more) {
    return told("", "", "gen_ai.operation.name=\"chat\";" + more);
  }

  private static void assertDenied(String told) {
    assertTrue(told.contains("violation"), told);
  }

  private static String bedrock(String additional, String model) {
    String record =
        "{\"eventVersion\":\"1.08\",\"eventSource\":\"bedrock.amazonaws.com\",\"eventName\":\"Converse\","
            + "\"eventTime\":\"2026-03-02T09:00:01Z\",\"awsRegion\":\"eu-central-1\",\"userIdentity\":{},"
            + "\"requestParameters\":{\"modelId\":"
            + model
            + "},\"additionalEventData\":"
            + additional
            + "}";
    return CaseFile.kept("x.ndjson", record.getBytes(StandardCharsets.UTF_8)).get(0).told();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"inferenceRegion\":[\"us-east-1\"]}",
        "{\"inferenceRegion\":{\"x\":\"us-east-1\"}}",
        "{\"inferenceRegion\":[\"eu-west-1\",[\"us-east-1\"]]}",
        "{\"InferenceRegion\":\"us-east-1\"}",
        "\"{\\\"inferenceRegion\\\":\\\"us-east-1\\\"}\"",
      })
  void theRegionOfAnInferenceCountsInEveryShape(String additional) {
    assertDenied(bedrock(additional, "\"eu.anthropic.x\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"us.anthropic.x\"]",
        "\"arn:aws:bedrock:us-east-1::foundation-model/anthropic.x\"",
        "\"arn:aws:bedrock:us-east-1:1:provisioned-model/x\"",
      })
  void soDoesTheModels(String model) {
    assertDenied(bedrock("{}", model));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:bedrock:us-east-1::foundation-model/anthropic.x",
        "arn:aws:sagemaker:us-east-1:1:endpoint/x",
        "projects/p/locations/us-central1/publishers/google/models/x",
      })
  void aModelsNameIsSetAgainstTheHost(String model) {
    assertDenied(model("server.address=" + EU_HOST + ";gen_ai.request.model=\"" + model + "\""));
  }

  @Test
  void whatScopeAndResourceSayOfACallCounts() {
    String call = "gen_ai.operation.name=\"chat\"";
    String actual = "ledger.inference.region.actual=\"us-east-1\"";
    String atHost = call + ";server.address=" + EU_HOST;
    assertDenied(told(";" + actual, "", atHost));
    assertDenied(told("", actual, atHost));
    String host = "server.address=\"bedrock-runtime.us-east-1.amazonaws.com\"";
    assertDenied(told(";" + host, "", call));
    assertDenied(told("", host, call));
  }

  @Test
  void aZoneIsSetAgainstTheRegion() {
    String access = "ledger.data.category=\"x\"";
    assertDenied(told(";cloud.availability_zone=\"us-east-1a\"", "", access));
    assertDenied(told("", "", access + ";cloud.availability_zone=\"us-east-1a\""));
    assertTrue(
        told(";cloud.availability_zone=\"1\"", "", access).contains("compliant"),
        "a number within the region");
    assertTrue(
        told(";cloud.availability_zone=\"eu-central-1b\"", "", access).contains("compliant"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "134744072",
        "http://134744072:443/v1",
        "0x08080808",
        "01002004010",
        "0x8.0x8.0x8.0x8",
        "api。openai。com",
        "api%2eopenai%2ecom",
        "unix://api.openai.com",
        "unix:api.openai.com",
      })
  void whatIsNoNameOfThisMachineIsNotTheCallers(String address) {
    assertFalse(
        model("gen_ai.provider.name=\"vllm\";server.address=\"" + address + "\"")
            .contains("processing "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix:///run/x", "unix:/run/x", "vllm:8000", "localhost", "0vllm-1"})
  void namesOfThisMachineAre(String address) {
    assertTrue(
        model("gen_ai.provider.name=\"vllm\";server.address=\"" + address + "\"")
            .contains("compliant"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url.full=\"https://api.openai.com/v1/chat?key=1\"",
        "http.url=\"https://u:p@api.openai.com/v1\"",
        "http.host=\"api.openai.com:443\"",
        "url.domain=\"API.OpenAI.com.\"",
        "net.peer.name=\"models.example.com\"",
        "gen_ai.openai.api_base=\"https://api.openai.com/v1/\"",
        "llm.request.base_url=\"http://10.1.2.3:8000\"",
        "ai.settings.baseURL=\"https://gw.example.com\"",
        "url.full=\"https://localhost\\\\@api.openai.com/\"",
        "url.full=\"https://bücher.example/v1\"",
        "server.address=\"alice@api.openai.com\"",
        "server.address=\"ann%40api.openai.com\"",
        "server.address=\"http://ann@mail.example@api.openai.com:443/v1\"",
        "server.address=\"4111111111111111\"",
      })
  void aModelIsNotWhereItsCallerIsWhateverNamesAnotherHost(String named) {
    String engine = "gen_ai.operation.name=\"chat\";gen_ai.system=\"vllm\"";
    String nowhere = "inference | unproven no-rule";
    assertEquals(nowhere, told("", "", engine + ";" + named));
    assertEquals(nowhere, told(";" + named, "", engine));
    assertEquals(nowhere, told("", named, engine));
    String beside = named.startsWith("server.") ? "" : ";server.address=\"localhost:8000\"";
    assertEquals(nowhere, told("", "", engine + ";" + named + beside));
    assertEquals(nowhere, told(";" + named, "", engine + ";server.address=\"localhost\""));
    assertTrue(told("", "", engine).contains("compliant"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url.full=\"http://localhost:8000/v1\"",
        "http.url=\"http://vllm.models.svc/v1\"",
        "url.full=\"/v1/chat\"",
        "url.full=\"unix:///run/x\"",
        "net.peer.name=\"vllm\"",
        "url.path=\"/api.openai.com\"",
      })
  void aHostOfTheCallersOwnIsWhereItIs(String named) {
    assertTrue(model("gen_ai.system=\"vllm\";" + named).contains("compliant"));
  }

  @Test
  void aHostInAUrlTellsItsRegion() {
    String url = "url.full=\"https://bedrock-runtime.us-east-1.amazonaws.com/model/x/invoke\"";
    assertDenied(model(url));
    assertDenied(model(url + ";server.address=" + EU_HOST));
    assertDenied(told(";" + url, "", "gen_ai.operation.name=\"chat\""));
    assertDenied(told("", url, "gen_ai.operation.name=\"chat\";server.address=" + EU_HOST));
    assertTrue(
        told("", "", "ledger.data.category=\"x\";" + url).contains("compliant"),
        "of what is no call of a model the host tells nothing of its caller");
  }

  @Test
  void aCallIsNotTakenForAnotherOfItsService() {
    String engine = "{\"attributes\":" + pairs("gen_ai.system=\"vllm\"") + "}";
    String other =
        "{\"attributes\":"
            + pairs("gen_ai.system=\"vllm\";url.full=\"https://api.openai.com/v1\"")
            + "}";
    String request =
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":"
            + pairs("cloud.provider=\"aws\";cloud.region=\"eu-central-1\"")
            + "},\"scopeLogs\":[{\"logRecords\":["
            + engine
            + ","
            + other
            + "]}]}]}";
    List<CaseFile.Kept> kept =
        CaseFile.kept("r.otlp.json", request.getBytes(StandardCharsets.UTF_8));
    assertTrue(kept.get(0).told().contains("compliant"), kept.get(0)::told);
    assertEquals("inference | unproven no-rule", kept.get(1).told());
    assertEquals("api.openai.com", kept.get(1).open("server.address"));
    assertFalse(kept.get(1).entry().contains("/v1"), "what else a URL holds stays private");
  }

  @Test
  void aSpanIsReadAsARecordIs() {
    String request =
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":"
            + pairs("cloud.provider=\"aws\";cloud.region=\"eu-central-1\"")
            + "},\"scopeSpans\":[{\"spans\":[{\"name\":\"chat\",\"attributes\":"
            + pairs("gen_ai.system=\"ollama\";url.full=\"https://api.openai.com/v1\"")
            + "}]}]}]}";
    byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
    assertEquals(
        "inference | unproven no-rule", CaseFile.kept("r.otlp-traces.json", bytes).get(0).told());
  }

  @Test
  void whoCallsAHostStaysPrivateAndTheHostOpen() {
    String engine = "gen_ai.operation.name=\"chat\";gen_ai.system=\"vllm\"";
    String request =
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":"
            + pairs("server.address=\"alice@api.openai.com\"")
            + "},\"scopeLogs\":[{\"logRecords\":[{\"attributes\":"
            + pairs(engine)
            + "}]}]}]}";
    CaseFile.Kept kept =
        CaseFile.kept("r.otlp.json", request.getBytes(StandardCharsets.UTF_8)).get(0);
    assertFalse(kept.entry().contains("alice"), kept::entry);
    assertTrue(kept.entry().contains("\"server.address\":\"api.openai.com\""), kept::entry);
    assertEquals("alice@api.openai.com", kept.hidden("ledger.original.server.address"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-oss:120b-cloud", "GPT-OSS:120B-CLOUD "})
  void whatAnEnginePassesOnToACloudIsNotWhereItsCallerIs(String model) {
    String call = "gen_ai.system=\"ollama\";gen_ai.request.model=\"" + model + "\"";
    assertEquals("inference | unproven no-rule", model(call));
    assertEquals(
        "inference | unproven no-rule", model(call + ";server.address=\"localhost:11434\""));
  }

  @Test
  void everyProviderMustBeAnEngine() {
    String told = model("gen_ai.provider.name=\"vllm\";gen_ai.system=\"openai\"");
    assertEquals("inference | unproven no-rule", told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://x@bedrock-runtime.us-east-1.amazonaws.com",
        "x@bedrock-runtime.us-east-1.amazonaws.com:443",
        "https://u:p@bedrock-runtime.us-east-1.amazonaws.com/v1",
        "x%40bedrock-runtime.us-east-1.amazonaws.com",
      })
  void aUserBeforeAHostHidesNoPlace(String address) {
    assertDenied(model("server.address=\"" + address + "\""));
  }

  @Test
  void anAddressThatIsReadInTwoWaysProvesNothing() {
    String told =
        model("server.address=\"bedrock-runtime.eu-central-1.amazonaws.com\\\\@evil.example\"");
    assertTrue(told.contains("unproven"), told);
  }
}
