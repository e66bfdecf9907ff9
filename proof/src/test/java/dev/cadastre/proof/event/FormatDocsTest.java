package dev.cadastre.proof.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.proof.Refused;
import dev.cadastre.proof.json.Json;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/formats lists is what the code knows. */
class FormatDocsTest {
  @Test
  void theSchemaListsEveryKindHopAssuranceAndOutcome() throws IOException, Refused {
    Json.Obj defs = Json.parseObject(Files.readAllBytes(docs("entry.schema.json"))).obj("$defs");
    Json.Obj record = defs.obj("record");
    assertEquals(
        Stream.of(Kind.values()).map(Kind::wire).toList(),
        record.obj("properties").obj("kind").strings("enum"));
    assertEquals(
        Stream.of(Kind.values()).filter(Kind::judged).map(Kind::wire).toList(),
        record.obj("then").obj("properties").obj("kind").strings("enum"));
    assertEquals(Stream.of(Hop.values()).map(Hop::wire).toList(), defs.obj("hop").strings("enum"));
    assertEquals(
        Stream.of(Outcome.values()).map(Outcome::wire).toList(),
        defs.obj("outcome").strings("enum"));
    assertEquals(
        Stream.of(Assurance.values()).map(Assurance::wire).toList(),
        defs.obj("location").obj("properties").obj("assurance").strings("enum"));
  }

  @Test
  void theEntryPageNamesEveryKind() throws IOException {
    String page = Files.readString(docs("entry.md"));
    for (Kind kind : Kind.values()) {
      assertTrue(page.contains("`" + kind.wire() + "`"), kind.wire());
    }
  }

  @Test
  void theVocabularyNamesEveryAttribute() throws IOException, IllegalAccessException {
    String page = Files.readString(docs("vocabulary.md"));
    for (Field field : Names.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        String name = (String) field.get(null);
        assertTrue(isNamed(name, page), name);
      }
    }
    for (String kind : List.of("data.access", "key.lifecycle", "flow.edge", "lifecycle")) {
      assertTrue(page.contains("| `" + kind + "` |"), kind);
    }
  }

  /** In full, or by its last parts behind another of the family. */
  private static boolean isNamed(String name, String page) {
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (page.contains("`" + name.substring(dot) + "`")) {
        return true;
      }
    }
    return page.contains("`" + name + "`");
  }

  private static Path docs(String file) {
    return Path.of(System.getProperty("cadastre.root", ".."), "docs", "formats", file);
  }
}
