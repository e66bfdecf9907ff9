package dev.cadastre.server.verdicts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.proof.attestation.ResidencyAttestation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exception is for what it names, and for nothing that happens at the same place. */
class ScopedExceptionsTest {
  private static final String POLICY =
      """
      version: 1
      tenant: bank
      categories:
        pupil-records:
          default: {allow: [BR]}
      exceptions:
        - {id: anything-once, category: "*", hop: processing, place: "aws:us-west-2", basis: drill, until: 2100-01-01}
        - {id: captions, category: pupil-records, hop: processing, place: US, service: live-captions, purpose: [accessibility], basis: consent, until: 2100-01-01}
        - {id: officer, category: pupil-records, hop: processing, place: US, actor: "ines@escola.example", basis: x, until: 2100-01-01}
        - {id: robot, category: pupil-records, hop: processing, place: US, actor: robot-7, approval: CAB-1, basis: x, until: 2100-01-01}
      """;

  @TempDir private Path directory;

  @Test
  void aScanAbroadDoesNotRideOnTheExceptionForCaptions() throws Exception {
    try (VendorStory story = new VendorStory(directory, POLICY)) {
      tell(story, "live-captions", "accessibility", "aws:us-east-1", Map.of());
      tell(story, "live-captions", "data-loss-prevention", "aws:us-east-1", Map.of());
      tell(story, "scanner", "accessibility", "aws:us-east-1", Map.of());
      tell(story, "live-captions", "accessibility", "aws:us-west-2", Map.of());
      Map<String, String> robot =
          Map.of(
              "audit.actor.id",
              "robot-7",
              "audit.actor.type",
              "service",
              "ledger.approval.id",
              "CAB-1");
      tell(story, "scanner", "x", "aws:us-east-1", robot);
      // A person's id is private: nobody who reads the entry could tell whose it is.
      Map<String, String> person =
          Map.of("audit.actor.id", "ines@escola.example", "audit.actor.type", "user");
      tell(story, "scanner", "x", "aws:us-east-1", person);

      ResidencyAttestation attested = story.attested();
      assertEquals(Map.of("exception", 3L, "violation", 3L), attested.outcomes().counts());
      assertEquals(
          List.of("exceptions.captions 1", "exceptions.captions 1", "exceptions.robot 1"),
          attested.exceptions().stream().map(one -> one.what().rule() + " " + one.count()).toList(),
          "the most exact one, at each of its places");
      assertEquals(3, story.summary().obj("judged").integer("exception"));
    }
  }

  private static void tell(
      VendorStory story, String service, String purpose, String place, Map<String, String> more)
      throws Exception {
    Map<String, String> attributes = new TreeMap<>(more);
    attributes.put("ledger.data.category", "pupil-records");
    attributes.put("ledger.data.purpose", purpose);
    attributes.put("ledger.location.processing", place);
    story.tell(service, "ledger.data.access", attributes);
  }
}
