package dev.cadastre.server.verdicts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.proof.attestation.ResidencyAttestation;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The right country is not enough where another state can compel the provider. */
class ControlTest {
  private static final String POLICY =
      """
      version: 1
      tenant: bank
      categories:
        "*":
          default: {allow: [EU], controlled-by: {deny: [US]}}
      """;

  @TempDir private Path directory;

  @Test
  void aProviderThatAnotherStateCanCompelBreaksTheContract() throws Exception {
    try (VendorStory story = new VendorStory(directory, POLICY)) {
      for (String place : new String[] {"hetzner:fsn1", "aws:eu-central-1", "DE"}) {
        story.tell("api", "ledger.data.access", Map.of("ledger.location.processing", place));
      }

      ResidencyAttestation attested = story.attested();
      assertEquals(
          Map.of("compliant", 1L, "unproven", 1L, "violation", 1L), attested.outcomes().counts());
      assertEquals("*.processing.controlled-by", attested.violations().get(0).what().rule());
      assertEquals(1, story.summary().obj("judged").integer("violation"));
    }
  }
}
