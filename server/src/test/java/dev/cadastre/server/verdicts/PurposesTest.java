package dev.cadastre.server.verdicts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.proof.attestation.ResidencyAttestation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What data are used for, and what holds for some of them beside. */
class PurposesTest {
  private static final String POLICY =
      """
      version: 1
      tenant: bank
      categories:
        pupils:
          default: {allow: [BR, US]}
          purposes: [teaching, captions]
          subjects:
            minor-under-12: {default: {allow: [BR]}, purposes: [teaching]}
          classifications:
            secret: {processing: {allow: [BR]}}
      """;

  @TempDir private Path directory;

  @Test
  void anotherPurposeAndAChildAbroadBreakTheContract() throws Exception {
    try (VendorStory story = new VendorStory(directory, POLICY)) {
      read(story, "BR", "teaching", "minor-under-12", "open");
      read(story, "US", "captions", "adult", "open");
      read(story, "BR", "marketing", "adult", "open");
      read(story, "US", "teaching", "minor-under-12", "open");
      read(story, "US", "teaching", "adult", "secret");
      read(story, "US", "captions", "", "open");
      read(story, "BR", "", "adult", "open");

      ResidencyAttestation attested = story.attested();
      assertEquals(
          Map.of("compliant", 2L, "unproven", 2L, "violation", 3L), attested.outcomes().counts());
      assertEquals(
          List.of(
              "pupils.classifications.secret.processing",
              "pupils.purposes",
              "pupils.subjects.minor-under-12.processing"),
          attested.violations().stream().map(one -> one.what().rule()).toList());
      assertEquals(3, story.summary().obj("judged").integer("violation"));
      assertEquals(
          1, story.api("/events?rule=pupils.purposes&verdict=violation").objects("events").size());
    }
  }

  private static void read(
      VendorStory story, String place, String purpose, String subject, String classification)
      throws Exception {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("ledger.data.category", "pupils");
    attributes.put("ledger.data.classification", classification);
    attributes.put("ledger.data.purpose", purpose);
    attributes.put("ledger.data.subject.group", subject);
    attributes.put("ledger.location.processing", place);
    attributes.values().removeIf(String::isEmpty);
    story.tell("classroom", "ledger.data.access", attributes);
  }
}
