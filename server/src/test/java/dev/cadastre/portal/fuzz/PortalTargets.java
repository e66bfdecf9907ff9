package dev.cadastre.portal.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.fuzz.FuzzSuite;
import dev.cadastre.fuzz.FuzzTarget;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.EventQuery;
import dev.cadastre.portal.page.events.EventFilter;
import dev.cadastre.proof.cases.PolicyCases;
import dev.cadastre.server.cell.PolicyYaml;
import dev.cadastre.server.cli.CliDecoders;
import dev.cadastre.server.yaml.YamlDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code portal} reads: YAML that people write, and the filters of addresses. */
public final class PortalTargets implements FuzzSuite {
  private static final String ENGINE = "org.snakeyaml.engine.v2.**";

  @Override
  public List<FuzzTarget> targets() {
    return List.of(
        FuzzTarget.of("yaml", () -> PortalTargets::yaml)
            .seeds(() -> examples(".yaml"))
            .allows(Refused.class)
            .instruments(ENGINE)
            .bytesMax(8_192)
            .runs(2_000),
        FuzzTarget.of("policy-yaml", () -> PortalTargets::policy)
            .seeds(() -> examples("a.yaml", "k.yaml", "g.yaml"))
            .allows(Refused.class)
            .bytesMax(8_192)
            .runs(1_500),
        FuzzTarget.of("policy-cases-yaml", () -> PortalTargets::cases)
            .seeds(() -> examples(".test.yaml"))
            .allows(Refused.class)
            .bytesMax(8_192)
            .runs(1_000),
        FuzzTarget.of("serve-config", () -> new CliDecoders.Config()::decode)
            .seeds(CliDecoders::configs)
            .allows(Refused.class)
            .runs(2_000),
        FuzzTarget.of("event-query", () -> PortalTargets::query)
            .seeds(PortalTargets::queries)
            .allows(Refused.class));
  }

  private static List<byte[]> examples(String... endings) throws IOException {
    Path policies = Path.of(System.getProperty("cadastre.root", ".."), "examples", "policies");
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(policies)) {
      for (Path file : files.sorted().toList()) {
        if (Stream.of(endings).anyMatch(file.toString()::endsWith)) {
          seeds.add(Files.readAllBytes(file));
        }
      }
    }
    return seeds;
  }

  /** Every member has a position within the text, and the content is plain JSON. */
  private static void yaml(byte[] input) throws Refused {
    YamlDocument document = YamlDocument.parse("f", input);
    assertEquals(Encodings.utf8(input), document.text());
    assertEquals(document.root(), Json.parseCanonical(document.root().jcs()));
    // YAML knows other line breaks than these, but none in ASCII.
    if (document.text().chars().allMatch(c -> c < 0x80)) {
      long lines = document.text().chars().filter(c -> c == '\n' || c == '\r').count() + 1;
      document.positions().values().forEach(one -> assertTrue(one.line() <= lines, one::toString));
    }
    for (String path : document.positions().keySet().stream().limit(3).toList()) {
      document.locate(new Refused(path + ": something"));
    }
  }

  /** A policy that is adopted is the one that was written, in its canonical form. */
  private static void policy(byte[] input) throws Refused {
    PolicyYaml yaml = PolicyYaml.parse("f", input);
    Json.Obj canonical = yaml.policy().toJson();
    assertEquals(canonical, Policy.fromJson(canonical).toJson());
    assertEquals(Encodings.utf8(input), yaml.source());
  }

  private static void cases(byte[] input) throws Refused {
    YamlDocument document = YamlDocument.parse("f", input);
    PolicyCases cases;
    try {
      cases = PolicyCases.fromJson(document.root(), Registry.standard());
    } catch (Refused refused) {
      throw document.locate(refused);
    }
    cases.cases().forEach(one -> assertTrue(document.position(one.path()).isPresent(), one::path));
  }

  /** A filter a line: name, equals sign, value. */
  private static void query(byte[] input) throws Refused {
    Map<String, String> given = new LinkedHashMap<>();
    for (String line : Encodings.utf8(input).split("\n", -1)) {
      int at = line.indexOf('=');
      given.put(line.substring(0, Math.max(at, 0)), line.substring(at + 1));
    }
    EventFilter filter = new EventFilter(given);
    EventQuery query = filter.query(new LogName("acme"), Optional.of("c"), 10);
    boolean ordered = query.time().fromNs() >= 0 && query.received().toNs() >= 0;
    assertTrue(ordered, query::toString);
    filter.address(Optional.of("c"));
  }

  private static List<byte[]> queries() {
    return Stream.of(
            "kind=data.access\nverdict=violation\ncategory=billing",
            "from=2026-11-21\nto=2026-11-21",
            "from=2026-11-21T10:25\nto=2026-11-21 10:25:03",
            "receivedFrom=2026-11-21T10:25:03.5Z\nreceivedTo=+1000000000-12-31T23:59:59Z",
            "text=anna\nrepeat=yes\nplace=aws:eu-central-1")
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }
}
