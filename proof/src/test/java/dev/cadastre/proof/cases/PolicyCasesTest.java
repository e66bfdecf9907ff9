package dev.cadastre.proof.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases in, what the judge and the detectors say of them out. */
class PolicyCasesTest {
  private static final Registry REGISTRY = Registry.standard();
  private static final String POLICY =
      """
      {"version": 1, "tenant": "bank",
       "categories": {"cards": {"default": {"allow": ["DE"]}}, "*": {"default": {"allow": ["EU"]}}},
       "keys": {"allow": ["DE"], "max-cache": "60s"}}""";

  private static Json.Obj json(String text) throws Refused {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  private static PolicyCases cases(String list) throws Refused {
    return PolicyCases.fromJson(json("{\"cases\": " + list + "}"), REGISTRY);
  }

  private static CaseResult run(String one) throws Refused {
    PolicyCases cases = cases("[" + one + "]");
    return cases.run(Policy.fromJson(json(POLICY)), REGISTRY).get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = (char) 1,
      textBlock =
          """
          {'name': 'x', 'processing': 'aws:eu-central-1', 'data': 'cards', 'expect': 'compliant'}
          {'name': 'x', 'processing': 'aws:eu-west-1', 'data': 'cards', 'expect': 'violation'}
          {'name': 'x', 'processing': 'IE', 'data': ['other'], 'expect': 'compliant'}
          {'name': 'x', 'processing': {'place': 'IE', 'assurance': 'proven'}, 'expect': 'compliant'}
          {'name': 'x', 'processing': 'US', 'data': ['other', 'cards'], 'expect': 'violation', 'rule': 'cards.processing'}
          {'name': 'x', 'processing': 'atlantis-1', 'expect': 'unproven', 'rule': 'place.unknown'}
          {'name': 'x', 'key': 'DE', 'expect': 'compliant', 'rule': 'keys.place', 'alerts': []}
          {'name': 'x', 'key': 'US', 'kind': 'key.use', 'expect': 'violation', 'time': '2026-01-01'}
          {'name': 'x', 'key-id': 'k', 'key': 'DE', 'time': '2026-01-02', 'before': [{'kind': 'key.lifecycle', 'key-id': 'k', 'operation': 'disable', 'time': '2026-01-01'}], 'alerts': ['key.used-after-disable']}
          {'name': 'x', 'key-id': 'k', 'key': 'DE', 'outcome': 'denied', 'time': '2026-01-02', 'before': [{'kind': 'key.lifecycle', 'key-id': 'k', 'operation': 'disable', 'time': '2026-01-01'}], 'alerts': ['key.first-denial']}
          {'name': 'x', 'kind': 'data.access', 'key-id': 'k', 'processing': 'DE', 'time': '2026-01-02', 'before': [{'key': 'DE', 'key-id': 'k', 'operation': 'unwrap', 'cache': '5s', 'time': '2026-01-01'}], 'alerts': ['key.cached-too-long']}
          """)
  void holds(String text) throws Refused {
    CaseResult result = run(text.replace('\'', '"'));
    assertEquals(List.of(), result.faults(), text);
    assertTrue(result.holds());
  }

  @Test
  void faultsSayWhatWasExpectedAndWhatIs() throws Refused {
    CaseResult result = run("{\"name\": \"x\", \"processing\": \"US\", \"expect\": \"compliant\"}");
    assertFalse(result.holds());
    assertEquals(1, result.faults().size());
    String fault = result.faults().get(0);
    assertTrue(fault.contains("compliant") && fault.contains("processing violation by"), fault);
  }

  @Test
  void aRuleThatDidNotDecideIsAFault() throws Refused {
    String one =
        "{\"name\": \"x\", \"processing\": \"US\", \"expect\": \"violation\", \"rule\": \"y\"}";
    assertFalse(run(one).holds());
  }

  @Test
  void anUnknownPlaceIsNamed() throws Refused {
    String fault =
        run("{\"name\": \"x\", \"processing\": \"Atlantis\", \"expect\": \"compliant\"}")
            .faults()
            .get(0);
    assertTrue(fault.endsWith("nobody knows the place Atlantis"), fault);
  }

  @Test
  void anExceptionWithoutATimeIsExplained() throws Refused {
    String fault =
        run("{\"name\": \"x\", \"processing\": \"US\", \"expect\": \"exception\"}").faults().get(0);
    assertTrue(fault.endsWith("an event without a time has no exception"), fault);
  }

  @Test
  void alertsThatWereNotExpectedAreAFault() throws Refused {
    String text =
        "{\"name\": \"x\", \"processing\": \"DE\", \"expect\": \"compliant\", \"alerts\": [\"sequence.gap\"]}";
    CaseResult result = run(text);
    assertEquals(
        List.of("expected the alerts [sequence.gap], the detectors notice []"), result.faults());
  }

  @Test
  void casesAreKnownByTheirListAndKeepTheirOrder() throws Refused {
    assertTrue(PolicyCases.isOne(json("{\"cases\": []}")));
    assertFalse(PolicyCases.isOne(json(POLICY)));
    String one = "{\"name\": \"%\", \"processing\": \"DE\", \"expect\": \"compliant\"}";
    PolicyCases cases =
        PolicyCases.fromJson(
            json(
                "{\"policy\": \"bank.yaml\", \"cases\": ["
                    + one.replace("%", "b")
                    + ","
                    + one.replace("%", "a")
                    + "]}"),
            REGISTRY);
    assertEquals(Optional.of("bank.yaml"), cases.policy());
    assertEquals(List.of("b", "a"), cases.cases().stream().map(PolicyCase::name).toList());
    assertEquals("cases[1]", cases.cases().get(1).path());
    assertEquals(Optional.empty(), cases("[" + one + "]").policy());
  }

  @Test
  void resultsAreToldToPrograms() throws Refused {
    CaseResult result = run("{\"name\": \"x\", \"processing\": \"US\", \"expect\": \"violation\"}");
    Json.Obj told = result.toJson(7);
    assertEquals(7, told.integer("line"));
    assertEquals("x", told.str("name"));
    assertEquals(Outcome.VIOLATION.wire(), told.str("outcome"));
    String text = new String(told.jcs(), StandardCharsets.UTF_8);
    assertTrue(text.contains("\"ok\":true") && text.contains("\"hop\":\"processing\""), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[{'name': 'x', 'processing': 'DE'}]",
        "[{'processing': 'DE', 'expect': 'compliant'}]",
        "[{'name': 'x', 'processing': 'DE', 'expect': 'fine'}]",
        "[{'name': 'x', 'processing': 'DE', 'expect': 'compliant', 'colour': 'red'}]",
        "[{'name': 'x', 'processing': 'DE', 'rule': 'y', 'alerts': []}]",
        "[{'name': 'x', 'kind': 'drill', 'expect': 'compliant'}]",
        "[{'name': 'x', 'kind': 'log.birth', 'alerts': []}]",
        "[{'name': 'x', 'processing': 'DE', 'alerts': ['key.lost']}]",
        "[{'name': 'x', 'processing': {'place': 'DE'}, 'alerts': []}]",
        "[{'name': 'x', 'processing': {'place': 'DE', 'assurance': 'sure'}, 'alerts': []}]",
        "[{'name': 'x', 'processing': {'place': 'DE', 'assurance': 'proven', 'x': 1}, 'alerts': []}]",
        "[{'name': 'x', 'processing': 'DE', 'time': 'soon', 'alerts': []}]",
        "[{'name': 'x', 'processing': 'DE', 'cache': 'long', 'alerts': []}]",
        "[{'name': 'x', 'processing': 'DE', 'data': [], 'alerts': []}]",
        "[{'name': 'x', 'before': [{'name': 'y'}], 'alerts': []}]",
        "[{'name': 'x', 'alerts': []}, {'name': 'x', 'alerts': []}]"
      })
  void whatCannotBeMeantIsRefused(String list) {
    assertThrows(Refused.class, () -> cases(list.replace('\'', '"')), list);
  }
}
