package dev.cadastre.server.verdicts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.proof.attestation.FindingGroup;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a contract asks for beside places, from what services send to a verified pack. */
class DutiesTest {
  private static final String PLACES =
      """
      version: 1
      tenant: bank
      categories:
        "*":
          default: {allow: [EU]}
      """;
  private static final String OF_ONE_RECORD =
      """
      keys:
        allow: [EU]
        algorithms: [AES-256-GCM]
        named: {"pay-*": {justifications: [CUSTOMER_INITIATED_ACCESS]}}
      models: {signed-by: [release@vendor.example], prompt-retention: 1d, training: false, caches: {allow: [DE]}}
      learning: {clip: 1.0, epsilon: 0.5}
      backups: {key: same}
      """;
  private static final String OF_ORDER =
      """
      keys:
        allow: [EU]
        rotate-every: 60d
        dual-control: [destroy]
        double-key: ["hsm-*", "kms-*"]
        attested-release: 1h
      degraded: {writes: refused, reads: 0s}
      learning: {budget: {epsilon: 1, every: 30d}}
      backups: {consent: true}
      exports: {approved-by: [CAC], filing: true}
      """;

  @TempDir private Path directory;

  @Test
  void whatOneRecordShows() throws Exception {
    try (VendorStory story = new VendorStory(directory, PLACES + OF_ONE_RECORD)) {
      key(story, "unwrap", "pay-1", "ledger.key.algorithm", "AES-256-GCM");
      key(story, "unwrap", "kms-1", "ledger.key.algorithm", "DES");
      Map<String, String> asked = key("unwrap", "pay-1");
      asked.put("ledger.key.algorithm", "AES-256-GCM");
      asked.put("ledger.key.justification", "GOOGLE_INITIATED_SERVICE");
      asked.put("audit.outcome", "denied");
      story.tell("kms", "ledger.key.use", asked);
      at(story, "ledger.model.rollout", "ledger.model.signer", "intern@vendor.example");
      at(story, "ledger.model.rollout", "ledger.model.signer", "release@vendor.example");
      at(story, "ledger.cache.write", "ledger.location.storage", "FR");
      at(story, "ledger.data.access", "ledger.location.storage", "FR");

      ResidencyAttestation attested = story.attested();
      assertEquals(
          List.of(
              "keys.algorithms key 1", "models.caches storage 1", "models.signed-by processing 1"),
          told(attested.violations()));
      assertEquals(List.of("keys.justifications key 1"), told(attested.prevented()));
      assertEquals(1, attested.outcomes().of("unproven"), "a key of which nobody says why");
      assertEquals(3, story.summary().obj("judged").integer("violation"));
      assertEquals(
          1, story.api("/events?rule=models.signed-by&verdict=violation").objects("events").size());
    }
  }

  @Test
  void whatOnlyTheOrderOfTheLogShows() throws Exception {
    try (VendorStory story = new VendorStory(directory, PLACES + OF_ORDER)) {
      key(story, "rotate", "kms-1", "audit.outcome", "success");
      key(story, "unwrap", "kms-1", "audit.outcome", "success");
      key(story, "destroy", "kms-2", "audit.outcome", "success");
      at(story, "ledger.backup.made", "ledger.location.backup", "DE");
      at(story, "ledger.synthetic.export", "ledger.location.storage", "DE");
      story.tell("store", "ledger.degraded.mode", Map.of("ledger.mode.state", "read-only"));
      story.passes(Duration.ofSeconds(2));
      Map<String, String> write = new TreeMap<>();
      write.put("ledger.location.processing", "DE");
      write.put("ledger.data.operation", "write");
      story.tell(2, "store", "ledger.data.access", write);
      story.tell(2, "others", "ledger.data.access", write);
      at(story, "ledger.fl.update", "ledger.model.update.epsilon", "1");
      at(story, "ledger.fl.update", "ledger.model.update.epsilon", "1");

      ResidencyAttestation attested = story.attested();
      assertEquals(
          List.of(
              "backups.consent backup 1",
              "degraded.writes storage 1",
              "exports.approved-by egress 1",
              "exports.filing egress 1",
              "keys.attested-release key 1",
              "keys.dual-control key 1",
              "learning.budget processing 1"),
          told(attested.violations()));
      assertEquals(
          Optional.of("1 of 1"),
          attested.rotation().map(it -> it.inTime() + " of " + (it.inTime() + it.unknown())));
      assertEquals(6, story.summary().obj("judged").integer("violation"));
    }
  }

  private static List<String> told(List<FindingGroup> groups) {
    return groups.stream()
        .map(one -> one.what().rule() + " " + one.what().hop() + " " + one.count())
        .toList();
  }

  private static Map<String, String> key(String operation, String id) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("ledger.key.id", id);
    attributes.put("ledger.key.operation", operation);
    attributes.put("ledger.key.region", "DE");
    return attributes;
  }

  private static void key(VendorStory story, String operation, String id, String name, String value)
      throws Exception {
    Map<String, String> attributes = key(operation, id);
    attributes.put(name, value);
    String event = operation.equals("unwrap") ? "ledger.key.use" : "ledger.key.lifecycle";
    story.tell("kms", event, attributes);
  }

  private static void at(VendorStory story, String event, String name, String value)
      throws Exception {
    story.tell(
        "api", event, new TreeMap<>(Map.of("ledger.location.processing", "DE", name, value)));
  }
}
