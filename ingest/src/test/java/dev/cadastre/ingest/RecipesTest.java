package dev.cadastre.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ingest.HttpClientOf.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages of {@code docs/recipes} say arrives of the bytes in {@code examples/recipes}. */
class RecipesTest extends WithCell {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root"));
  private static final Path SAMPLES = ROOT.resolve("examples/recipes");
  private static final Path PAGES = ROOT.resolve("docs/recipes");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "openllmetry.traces.binpb    | /v1/traces            | inference       | processing"
            + " azure:germanywestcentral",
        "openinference.traces.binpb  | /v1/traces            | inference       | processing"
            + " azure:germanywestcentral",
        "opa.json                    | /v1/events/opa/logs   | policy.decision policy.decision |"
            + " processing aws:eu-central-1",
        "falcosidekick.json          | /v1/events/falco      | policy.decision | -",
        "kubernetes.json             | /v1/events/kubernetes | data.access     | -",
        "vault-collector.logs.json   | /v1/logs              | key.use         | processing"
            + " aws:eu-central-1",
        "fluent-bit.logs.json        | /v1/logs              | key.use         | -",
        "vector.ndjson               | /v1/events/falco      | key.use key.use | -",
        "cloudtrail-s3.logs.json     | /v1/logs              | key.use         | key"
            + " aws:eu-central-1",
        "azure-event-hub.logs.json   | /v1/logs              | key.use         | key"
            + " azure:germanywestcentral",
        "gcp-pubsub.logs.json        | /v1/logs              | key.use         | key"
            + " gcp:europe-west3",
      })
  void whatAPageSaysArrives(String file, String path, String kinds, String place) throws Exception {
    String type = file.endsWith(".binpb") ? HttpClientOf.PROTOBUF : HttpClientOf.JSON;
    byte[] body = Files.readAllBytes(SAMPLES.resolve(file));
    Answer answer = client.post(path, TestCell.ACME, type, body);
    assertEquals(200, answer.code(), answer::toString);
    String told = new String(answer.body(), StandardCharsets.UTF_8);
    assertTrue(told.isEmpty() || told.equals("{}"), "nothing is refused or warned of: " + told);
    List<RecordEvent> kept = kept();
    assertEquals(
        kinds, kept.stream().map(one -> one.kind().wire()).collect(Collectors.joining(" ")));
    for (RecordEvent one : kept) {
      Set<String> places =
          one.locations().entrySet().stream()
              .map(at -> at.getKey().wire() + " " + at.getValue().place())
              .collect(Collectors.toSet());
      assertTrue(place == null ? places.isEmpty() : places.contains(place), places::toString);
    }
    assertTrue(named().contains(file), file + " stands in a page");
  }

  private static String named() throws Exception {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> pages = Files.list(PAGES)) {
      for (Path page : pages.toList()) {
        all.append(Files.readString(page));
      }
    }
    return all.toString();
  }

  @Test
  void everySampleIsSent() throws Exception {
    CsvSource sent =
        Arrays.stream(RecipesTest.class.getDeclaredMethods())
            .map(method -> method.getAnnotation(CsvSource.class))
            .filter(one -> one != null)
            .findFirst()
            .orElseThrow();
    Set<String> named =
        Stream.of(sent.value()).map(row -> row.split(" ", 2)[0]).collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(SAMPLES)) {
      assertEquals(
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.endsWith(".md"))
              .collect(Collectors.toSet()),
          named);
    }
  }
}
