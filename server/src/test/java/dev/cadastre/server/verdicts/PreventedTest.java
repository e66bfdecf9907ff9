package dev.cadastre.server.verdicts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The better a vendor blocks, the more is prevented, and the fewer are its violations. */
class PreventedTest {
  private static final String POLICY =
      """
      version: 1
      tenant: bank
      categories:
        "*":
          default: {allow: [EU]}
      """;

  @TempDir private Path directory;

  @Test
  void whatIsRefusedIsNoViolationAndIsCountedApart() throws Exception {
    try (VendorStory story = new VendorStory(directory, POLICY)) {
      infer(story, "aws:eu-central-1", "success");
      infer(story, "aws:us-east-1", "denied");
      infer(story, "aws:us-east-1", "blocked");
      infer(story, "aws:us-east-1", "failure");

      ResidencyAttestation attested = story.attested();
      assertEquals(
          Map.of("compliant", 1L, "prevented", 2L, "violation", 1L), attested.outcomes().counts());
      assertEquals(1, attested.prevented().size());
      assertEquals("*.processing", attested.prevented().get(0).what().rule());
      assertEquals("aws:us-east-1", attested.prevented().get(0).what().place());
      assertEquals(2, attested.prevented().get(0).count());
      assertEquals(1, attested.violations().get(0).count());

      Json.Obj judged = story.summary().obj("judged");
      assertEquals(2, judged.integer("prevented"));
      assertEquals(1, judged.integer("violation"));
      assertEquals(2, story.api("/events?verdict=prevented").objects("events").size());
    }
  }

  private static void infer(VendorStory story, String place, String outcome) throws Exception {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("gen_ai.operation.name", "chat");
    attributes.put("ledger.data.category", "customer-data");
    attributes.put("ledger.location.processing", place);
    attributes.put("audit.outcome", outcome);
    story.tell("assistant", "ledger.inference", attributes);
  }
}
