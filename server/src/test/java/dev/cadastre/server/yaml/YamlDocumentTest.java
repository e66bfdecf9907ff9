package dev.cadastre.server.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlDocumentTest {
  private static YamlDocument read(String yaml) throws Refused {
    return YamlDocument.parse("p.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String yaml) {
    return String.valueOf(assertThrows(Refused.class, () -> read(yaml)).getMessage());
  }

  @Test
  void readsTheJsonValuesOfYaml() throws Refused {
    YamlDocument document =
        read("text: on\ncountry: NO\nint: 12\nreal: 1.5\nyes: true\nnone: null\nlist: [a, '1']\n");
    assertEquals(
        "{\"country\":\"NO\",\"int\":12,\"list\":[\"a\",\"1\"],\"none\":null,\"real\":1.5,"
            + "\"text\":\"on\",\"yes\":true}",
        new String(document.root().jcs(), StandardCharsets.UTF_8));
  }

  @Test
  void knowsWhereEachMemberStands() throws Refused {
    YamlDocument document = read("a: 1\nb:\n  - x\n  - c: 2\n    d: {e: 3}\n");
    assertEquals("line 1 column 1", document.positions().get("a").toString());
    assertEquals("line 3 column 5", document.positions().get("b[0]").toString());
    assertEquals("line 5 column 9", document.positions().get("b[1].d.e").toString());
    assertEquals("line 5 column 5", document.position("b[1].d[3].x").orElseThrow().toString());
  }

  @Test
  void locatesARefusalByTheMemberItNames() throws Refused {
    YamlDocument document = read("keys:\n  custody: mine\nother:\n  custody: theirs\n");
    assertEquals(
        "p.yaml line 4 column 3: other.custody: expected x, found theirs",
        document.locate(new Refused("other.custody: expected x, found theirs")).getMessage());
    assertEquals(
        "p.yaml: nothing in particular",
        document.locate(new Refused("nothing in particular")).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: &x 1                | p.yaml line 1 column 4: expected no anchors (&name), found one",
        "a: *x                  | p.yaml line 1 column 4: expected no aliases (*name), found one",
        "a: !!str 1             | p.yaml line 1 column 4: expected no tags (!type), found tag:yaml.org,2002:str",
        "{a: 1, a: 2}           | p.yaml line 1 column 8: expected each name once, found \"a\" again",
        "[1]                    | p.yaml: expected a mapping of names to values, found an array",
        "''                     | p.yaml: expected a mapping of names to values, found nothing",
        "{[a]: 1}               | p.yaml line 1 column 2: expected a name, found a collection",
        "a: 9007199254740993    | p.yaml line 1 column 4: expected a number that JSON can carry exactly,"
            + " found 9007199254740993",
      })
  void refusesWhatIsNotPlainData(String yaml, String message) {
    assertEquals(message, refusal(yaml));
  }

  @Test
  void refusesASecondDocument() {
    assertEquals(
        "p.yaml line 2 column 1: expected one document, found a second",
        refusal("a: 1\n---\nb: 2\n"));
  }

  @Test
  void refusesDeepNestingWithoutFollowingIt() {
    assertEquals(
        "p.yaml line 1 column 17: expected at most 16 levels, found more",
        refusal("[".repeat(20_000)));
  }

  @Test
  void refusesWhatIsNoYamlWithItsLine() {
    String message = refusal("a: 1\nb: [1,\nc: }");
    assertTrue(message.startsWith("p.yaml line 3 column "), message);
  }

  @Test
  void refusesLargeDocumentsAndOtherEncodings() {
    assertTrue(refusal("a: " + "x".repeat(50_000)).contains("at most 49152 bytes"));
    byte[] latin1 = "a: ü".getBytes(StandardCharsets.ISO_8859_1);
    Refused refused = assertThrows(Refused.class, () -> YamlDocument.parse("p.yaml", latin1));
    assertEquals("p.yaml: expected UTF-8 text, found bytes that are not", refused.getMessage());
  }
}
