package dev.cadastre.server.cli.admin;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.server.cli.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTestCommandTest {
  private static final String POLICY =
      """
      version: 1
      tenant: bank
      categories:
        data:
          default: {allow: [DE]}
      """;

  private final Session session = new Session(() -> Instant.parse("2026-03-01T12:00:00Z"));

  @TempDir private Path directory;
  private Path policy;
  private Path cases;

  @BeforeEach
  void writePolicy() throws IOException {
    policy = Files.writeString(directory.resolve("bank.yaml"), POLICY);
    cases = directory.resolve("bank.test.yaml");
  }

  static List<Path> examplePolicies() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of(System.getProperty("cadastre.root"), "examples", "policies"))) {
      return files.filter(file -> !file.toString().endsWith(".test.yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examplePolicies")
  void everyExamplePolicyHasCasesAndTheyHold(Path example) {
    Session.Ran ran = session.run("policy", "test", example.toString());
    assertEquals(0, ran.exitCode(), ran.out() + ran.err());
    assertTrue(ran.out().lines().count() > 4, ran.out());
  }

  @Test
  void aCaseThatComesOutOtherwiseIsExplained() throws IOException {
    Files.writeString(
        cases,
        """
        cases:
          - name: Berlin is in Germany
            data: data
            processing: DE
            expect: compliant
          - name: Paris is not
            data: data
            processing: FR
            expect: compliant
        """);
    Session.Ran ran = session.run("policy", "test", policy.toString());
    assertAll(
        () -> assertEquals(1, ran.exitCode(), ran.err()),
        () ->
            assertEquals(
                List.of(
                    cases + ", cases to " + policy + ":",
                    "ok    Berlin is in Germany",
                    "FAIL  Paris is not",
                    "      "
                        + cases
                        + " line 6: expected compliant, the judge says violation:"
                        + " processing violation by data.processing",
                    "2 cases: 1 ok, 1 failed"),
                ran.out().lines().toList()),
        () -> assertEquals("", ran.err()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "expect: violation, rule: data.storage | expected violation by data.storage,"
            + " the judge says violation: processing violation by data.processing",
        "expect: violation, alerts: [edge.cross-border] | expected the alerts [edge.cross-border],"
            + " the detectors notice []",
        "expect: exception | expected exception, the judge says violation:"
            + " processing violation by data.processing; an event without a time has no exception",
        "storage: aws:mars-1, expect: violation, rule: x | expected violation by x,"
            + " the judge says violation: processing violation by data.processing,"
            + " storage unproven by place.unknown; nobody knows the place aws:mars-1",
      })
  void whatACaseExpectsIsComparedInFull(String rest, String fault) throws IOException {
    Files.writeString(cases, "cases: [{name: one, data: data, processing: FR, " + rest + "}]");
    Session.Ran ran = session.run("policy", "test", cases.toString());
    assertEquals(1, ran.exitCode(), ran.err());
    assertEquals("      " + cases + " line 1: " + fault, ran.out().lines().toList().get(2));
  }

  @Test
  void programsGetJson() throws IOException, Refused {
    Files.writeString(
        directory.resolve("more.yaml"),
        "policy: bank.yaml\n"
            + "cases:\n"
            + "  - {name: one, data: data, processing: FR, expect: unproven}\n");
    Session.Ran ran =
        session.run("policy", "test", "--json", directory.resolve("more.yaml").toString());
    Json.Obj json = Json.parseObject(ran.out().strip().getBytes(StandardCharsets.UTF_8));
    Json.Obj one = json.objects("files").get(0).objects("cases").get(0);
    assertAll(
        ran.out(),
        () -> assertEquals(1, ran.exitCode()),
        () -> assertEquals(1, json.integer("failed")),
        () -> assertEquals(3, one.integer("line")),
        () -> assertEquals("violation", one.str("outcome")),
        () -> assertEquals("data.processing", one.objects("findings").get(0).str("rule")),
        () -> assertEquals(1, one.strings("faults").size()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "cases: [] | line 1 column 1: cases: expected at least one case, found none",
        "cases: [{name: a, procesing: DE, expect: compliant}] | line 1 column 19: cases[0]:"
            + " expected one of actor, alerts, algorithm, allows, approval, authority, backup,"
            + " before, cache, claim, classification, clip, custody, data, edge, egress, epsilon,"
            + " error, event, evidence, expect, filing, gateway, granted-to, host, justification,"
            + " key, key-id, key-version, kind, mode, name, object, operation, operator,"
            + " origin-key, outcome, processing, purpose, retention, rule, service, signer,"
            + " storage, subject, target, time, training, until, user, verified, withdrawn-from,"
            + " found \"procesing\"; did you mean \"processing\"?",
        "cases: [{name: a, processing: DE}] | line 1 column 9: cases[0]: expected \"expect\","
            + " \"alerts\" or both, found neither",
        "cases: [{name: a, processing: DE, expect: fine}] | line 1 column 35: cases[0].expect:"
            + " expected one of compliant, exception, unproven, prevented, violation, found"
            + " \"fine\"",
        "cases: [{name: a, kind: drill, expect: compliant}] | line 1 column 32: cases[0].expect:"
            + " expected \"alerts\" alone: no verdict is given on drill",
        "cases: [{name: a, time: noon, expect: compliant}] | line 1 column 19: cases[0].time:"
            + " expected a UTC date such as 2027-06-30 or instant such as 2027-06-30T12:00:00Z,"
            + " found \"noon\"",
        "cases: [{name: a, alerts: []}, {name: a, alerts: []}] | line 1 column 32: cases[1]:"
            + " expected a name of its own, found the same again: a",
      })
  void aMistakeInACaseIsNamedWithItsPosition(String yaml, String message) throws IOException {
    Files.writeString(cases, yaml + "\n");
    Session.Ran ran = session.run("policy", "test", cases.toString());
    assertAll(
        () -> assertEquals("cadastre: " + cases + " " + message, ran.err().strip()),
        () -> assertEquals(2, ran.exitCode()),
        () -> assertEquals("", ran.out()));
  }

  @Test
  void aPolicyWithoutCasesIsTold() {
    Session.Ran ran = session.run("policy", "test", policy.toString());
    assertEquals(
        "cadastre: "
            + policy
            + " has no member \"cases\", and if it is a policy, its cases are expected in "
            + cases,
        ran.err().strip());
    assertEquals(2, ran.exitCode());
  }

  @Test
  void aMistakeInThePolicyIsNamedInThePolicy() throws IOException {
    Files.writeString(policy, "version: 2\n");
    Files.writeString(cases, "cases: [{name: a, alerts: []}]\n");
    Session.Ran ran = session.run("policy", "test", cases.toString());
    assertTrue(
        ran.err().startsWith("cadastre: " + policy + " line 1 column 1: version:"), ran.err());
  }
}
