package dev.cadastre.formats.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyChangesTest {
  private static final String BASE =
      "{'version':1,'tenant':'bank','title':'Old','categories':{'data':{'processing':"
          + "{'allow':['DE','FR'],'deny':['HU']}}},'keys':{'allow':['DE'],'max-cache':'5m'},"
          + "'exceptions':[{'id':'drill','category':'data','hop':'backup','place':'US',"
          + "'basis':'Annex 7','until':'2026-03-12'}]}";

  private static Json.Obj canonical(String json) throws Refused {
    byte[] utf8 = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return Policy.fromJson(Json.parseObject(utf8)).toJson();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'allow':['DE','FR'] | 'allow':['DE','FR','IT'] | data.processing: allow + IT",
        "'allow':['DE','FR'] | 'allow':['IT','FR'] | data.processing: allow - DE + IT",
        "'deny':['HU'] | 'deny':['HU','PL'] | data.processing: deny + PL",
        ",'deny':['HU'] | `` | data.processing: deny - HU",
        "'title':'Old' | 'title':'New' | title: Old -> New",
        "'max-cache':'5m' | 'max-cache':'1h' | keys: max-cache 300s -> 3600s",
        "'keys':{'allow':['DE'] | 'keys':{'custody':['hyok'],'allow':['DE'] | keys: custody + customer-held",
        "2026-03-12 | 2026-04-12 | exceptions: drill data backup at US until 2026-03-12 (Annex 7)"
            + " -> data backup at US until 2026-04-12 (Annex 7)",
      })
  void aChangeIsOneLine(String before, String after, String line) throws Refused {
    assertEquals(
        List.of(line),
        PolicyChanges.between(canonical(BASE), canonical(BASE.replace(before, after))));
  }

  @Test
  void severalChangesAreSorted() throws Refused {
    String other =
        BASE.replace("'data':{", "'logs':{'storage':{'allow':['EU']}},'data':{")
            .replace(
                "'exceptions':[",
                "'exceptions':[{'id':'a','category':'*','hop':'key',"
                    + "'place':'CH','basis':'B','until':'2027-01-01'},")
            .replace("'keys':", "'providers':{'default':['aws']},'keys':");
    assertEquals(
        List.of(
            "exceptions: a + * key at CH until 2027-01-01 (B)",
            "logs.storage: allow + EU",
            "providers: default + aws"),
        PolicyChanges.between(canonical(BASE), canonical(other)));
  }

  @Test
  void anotherOrderIsNoChange() throws Refused {
    assertEquals(
        List.of(),
        PolicyChanges.between(
            canonical(BASE), canonical(BASE.replace("['DE','FR']", "['FR','DE']"))));
  }
}
