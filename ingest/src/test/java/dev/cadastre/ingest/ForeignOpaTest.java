package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.record.Mapped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an OPA decision came to, by the name of its rule and by its result. */
class ForeignOpaTest {
  private static String outcome(String members) throws Exception {
    Mapped mapped =
        Mapped.body(
            "{\"labels\":{\"id\":\"i\"},\"decision_id\":\"d\",\"timestamp\":\"2026-03-02T12:00:01Z\","
                + members
                + "}");
    assertEquals(Kind.POLICY_DECISION, mapped.event().kind());
    return mapped.open(Names.AUDIT_OUTCOME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "authz/allow              | true                      | allowed",
        "authz/allow              | false                     | denied",
        "authz/allow              |                           | denied",
        "authz/allow              | []                        | evaluated",
        "authz/is_authorized      | false                     | denied",
        "data.authz.isAllowed     | true                      | allowed",
        "authz/deny               | true                      | denied",
        "authz/deny               | false                     | allowed",
        "authz/deny               |                           | allowed",
        "authz/deny               | {}                        | allowed",
        "authz/deny               | []                        | allowed",
        "authz/deny               | [~no selector~]           | denied",
        "authz/deny               | {~no selector~:true}      | denied",
        "authz/deny               | null                      | evaluated",
        "x/violation              | [{~msg~:~m~}]             | denied",
        "x/violations             | 2                         | denied",
        "x/not_allowed            | true                      | denied",
        "x/not-allowed            | false                     | allowed",
        "x/Blocked                | true                      | denied",
        "x/rejected               | true                      | denied",
        "x/forbid                 | ~reason~                  | denied",
        "x/warn                   | [~old version~]           | evaluated",
        "authz/roles              | [~admin~]                 | evaluated",
        "authz/allowed_roles      | [~admin~]                 | evaluated",
        "authz/allowed_roles      | []                        | evaluated",
        "x/is_blocked_country     | true                      | evaluated",
        "authz                    | false                     | evaluated",
        "authz                    |                           | undefined",
        "authz                    | {~allow~:false}           | denied",
        "authz                    | {~permit~:true}           | allowed",
        "authz/deny               | {~allowed~:true}          | allowed",
        "authz/allow              | {~allowed~:false,~body~:~x~} | denied",
        "authz                    | {~allow~:true,~deny~:[~x~]}  | denied",
        "authz                    | {~allow~:true,~deny~:[]}  | allowed",
        "authz                    | {~allow~:true,~violations~:[~low~]} | allowed",
        "main                     | {~violations~:[]}         | allowed",
        "main                     | {~deny~:[],~violation~:[~x~]} | denied",
        "main                     | {~roles~:[~admin~]}       | evaluated"
      })
  void theRulesNameSaysWhatTheResultMeans(String path, String result, String outcome)
      throws Exception {
    String members = "\"path\":\"" + path + "\"";
    assertEquals(
        outcome,
        outcome(result == null ? members : members + ",\"result\":" + result.replace('~', '"')));
  }

  @Test
  void queriesHaveBindingsAndNoOutcome() throws Exception {
    for (String result : new String[] {"[{}]", "[{\"x\":false}]", "[{\"x\":true}]", "[]"}) {
      assertEquals("evaluated", outcome("\"query\":\"data.authz.allow = x\",\"result\":" + result));
    }
  }

  @Test
  void aResultThatWasTakenOutTellsNothing() throws Exception {
    assertEquals("evaluated", outcome("\"path\":\"authz/deny\",\"erased\":[\"/result\"]"));
    assertEquals(
        "evaluated", outcome("\"path\":\"authz/deny\",\"result\":[],\"masked\":[\"/result/0\"]"));
    assertEquals(
        "denied",
        outcome("\"path\":\"authz/deny\",\"result\":true,\"erased\":[\"/input/password\"]"));
  }
}
