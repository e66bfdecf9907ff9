package dev.cadastre.formats.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void theVocabularyNamesEveryKindOfASender() throws IOException {
    String page = Files.readString(docs("vocabulary.md"));
    for (Kind kind : Kind.values()) {
      boolean named = page.contains("| `" + kind.wire() + "` |");
      assertTrue(named || !kind.fromSenders(), kind.wire());
    }
  }

  private static Path docs(String file) {
    return Path.of(System.getProperty("cadastre.root", ".."), "docs", "formats", file);
  }
}
