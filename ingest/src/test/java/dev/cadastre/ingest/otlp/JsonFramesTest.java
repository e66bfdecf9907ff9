package dev.cadastre.ingest.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ingest.CaseFile;
import dev.cadastre.ingest.StubSink;
import dev.cadastre.ingest.TestCell;
import dev.cadastre.ingest.integrity.TrustedKeys;
import dev.cadastre.ingest.record.Preparation;
import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.RequestBounds;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.Signal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands around the records of an OTLP/JSON request and is of another type than it should. */
class JsonFramesTest {
  private static final String RECORD =
      "{'eventName':'data.read','attributes':[{'key':'ledger.location.processing',"
          + "'value':{'stringValue':'aws:us-east-1'}}]}";

  private static final String GOOD =
      "{'resource':{'attributes':[{'key':'cloud.region','value':{'stringValue':'aws:eu-central-1'}}]},"
          + "'scopeLogs':[{'logRecords':[{'eventName':'data.read'}]}]}";

  private static byte[] utf8(String json) {
    return json.replace("RECORD", RECORD).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] between(String odd) {
    return utf8("{'resourceLogs':[" + GOOD + "," + odd + "," + GOOD + "]}");
  }

  private static void assertGood(RecordEvent event) {
    assertEquals("", event.problem());
    assertEquals("compliant", event.verdict().orElseThrow().outcome().wire());
  }

  private static void assertTold(byte[] request, int records) {
    String told = CaseFile.warning("r.otlp.json", request);
    String begin = "1 of " + records + " were kept, but have a problem: log record 1: ";
    assertTrue(told.startsWith(begin), told);
    assertTrue(told.contains("expected "), told);
    assertFalse(told.contains("secret"), told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "true",
        "'secret'",
        "[]",
        "[RECORD]",
        "{'resource':'secret'}",
        "{'schemaUrl':['secret']}",
        "{'scopeLogs':'secret'}",
        "{'scopeLogs':7}",
        "{'scopeLogs':[null]}",
        "{'scopeLogs':['secret']}",
        "{'scopeLogs':[[]]}",
        "{'scopeLogs':[{'logRecords':'secret'}]}",
        "{'scopeLogs':[{'logRecords':0}]}",
        "{'scopeLogs':[{'scope':[]}]}",
        "{'scopeLogs':[{'logRecords':[null]}]}",
      })
  void whatHoldsNoRecordIsKeptAsOther(String odd) {
    List<CaseFile.Kept> kept = CaseFile.kept("r.otlp.json", between(odd));
    assertEquals(3, kept.size());
    assertGood(kept.get(0).event());
    assertEquals(Kind.OTHER, kept.get(1).event().kind());
    assertTrue(kept.get(1).event().problem().contains("expected "));
    assertFalse(kept.get(1).hidden("raw").isEmpty(), "what came is kept");
    assertFalse(kept.get(1).entry().contains("secret"), kept.get(1)::entry);
    assertGood(kept.get(2).event());
    assertTold(between(odd), 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'resource':'secret','scopeLogs':[{'logRecords':[RECORD]}]}",
        "{'resource':[{'a':'secret'}],'scopeLogs':[{'logRecords':[RECORD]}]}",
        "{'resource':{},'resource':{},'scopeLogs':[{'logRecords':[RECORD]}]}",
        "{'schemaUrl':7,'scopeLogs':[{'logRecords':[RECORD]}]}",
        "{'schemaUrl':'\\ud800','scopeLogs':[{'logRecords':[RECORD]}]}",
        "{'scopeLogs':[{'scope':'secret','logRecords':[RECORD]}]}",
        "{'scopeLogs':[{'scope':{'name':7},'logRecords':[RECORD]}]}",
        "{'scopeLogs':[{'schemaUrl':{'secret':1},'logRecords':[RECORD]}]}",
        "{'scopeLogs':[{'logRecords':RECORD}]}",
        "{'scopeLogs':{'logRecords':[RECORD]}}",
        "{'scopeLogs':[{'logRecords':[]},{'logRecords':[RECORD],'logRecords':[]}]}",
        "{'scopeLogs':[],'scopeLogs':[{'logRecords':[RECORD]}]}",
        "{'scopeLogs':[{'logRecords':[RECORD]}],'scopeLogs':'secret'}",
      })
  void whatStandsAroundARecordKeepsItNotFromJudgement(String odd) {
    List<CaseFile.Kept> kept = CaseFile.kept("r.otlp.json", between(odd));
    assertEquals(3, kept.size());
    assertGood(kept.get(0).event());
    RecordEvent second = kept.get(1).event();
    assertEquals(Kind.DATA_ACCESS, second.kind());
    assertEquals("violation", second.verdict().orElseThrow().outcome().wire());
    assertTrue(second.problem().contains("expected "), second::problem);
    assertGood(kept.get(2).event());
    assertTold(between(odd), 3);
  }

  @Test
  void badPartsOfOneResourceHarmNoOther() {
    byte[] request = between("{'scopeLogs':[null,{'logRecords':[RECORD]}]}");
    List<CaseFile.Kept> kept = CaseFile.kept("r.otlp.json", request);
    assertEquals(
        List.of("data.access", "other", "data.access", "data.access"),
        kept.stream().map(one -> one.event().kind().wire()).toList());
    assertEquals("", kept.get(2).event().problem());
    assertTold(request, 4);
  }

  @Test
  void theListOfResourcesTwiceIsBoth() {
    byte[] request = utf8("{'resourceLogs':[" + GOOD + "],'resourceLogs':" + GOOD + "}");
    List<CaseFile.Kept> kept = CaseFile.kept("r.otlp.json", request);
    assertEquals(2, kept.size());
    kept.forEach(one -> assertGood(one.event()));
    assertTrue(CaseFile.warning("r.otlp.json", request).contains("expected "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'resourceLogs':[GOOD; not JSON",
        "{'resourceLogs':[GOOD,]}; not JSON",
        "{'resourceLogs':[GOOD]} x; not JSON",
        "{'resourceLogs':[GOOD]}{}; the end after the request",
        "[GOOD]; expected an object",
        "null; expected an object",
        "{'resourceLogs':[null]}; no record can be decoded",
        "{'resourceLogs':'secret'}; no record can be decoded",
        "{'resourceLogs':{}}; expected an array",
        "{'resourceLogs':[],'resourceLogs':[]}; expected each member once",
        "{'resourceLogs':[{'resource':7}]}; no record can be decoded",
      })
  void whatIsNoJsonOrHoldsNothingElseIsRefused(String json, String why) {
    Rejected refused =
        assertThrows(Rejected.class, () -> prepare(utf8(json.replace("GOOD", GOOD))));
    assertEquals(Refusal.Reason.BAD_DATA, refused.refusal().reason());
    assertTrue(refused.refusal().message().contains(why), refused.refusal()::message);
    assertFalse(refused.refusal().message().contains("secret"));
  }

  private static void prepare(byte[] json) throws Rejected {
    Sender sender = new Sender("token/00000000", Optional.of(TestCell.ACME_LOG), true);
    DecodedRequest batch = OtlpJson.decode(Signal.LOGS, json, RequestBounds.of(64 << 20, 1_000));
    Preparation.prepare(sender, batch, new StubSink(), TrustedKeys.NONE, new Random(1));
  }
}
