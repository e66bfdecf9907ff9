package dev.cadastre.server.verdicts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.proof.attestation.FindingGroup;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves, and what a gateway lets pass. */
class EgressTest {
  private static final String POLICY =
      """
      version: 1
      tenant: bank
      categories:
        payment-data:
          default: {allow: [EU], deny: [US]}
          egress: {allow: [EU], hosts: {allow: ["*.amazonaws.com", "*.acquirer.example"]}, purposes: [settlement]}
        "*":
          default: {allow: [EU]}
      gateway:
        claims: [eu-de]
      """;

  @TempDir private Path directory;

  @Test
  void paymentDataForAnotherRegionsStoreIsAViolationUnlessItIsStopped() throws Exception {
    try (VendorStory story = new VendorStory(directory, POLICY)) {
      egress(story, "files.acquirer.example", "settlement", "allowed");
      egress(story, "s3.eu-west-1.amazonaws.com", "settlement", "allowed");
      egress(story, "s3.us-east-1.amazonaws.com", "settlement", "allowed");
      egress(story, "s3.us-east-1.amazonaws.com", "settlement", "blocked");
      egress(story, "files.acquirer.example", "marketing", "allowed");
      egress(story, "api.segment.io", "settlement", "denied");

      ResidencyAttestation attested = story.attested();
      assertEquals(
          Map.of("compliant", 2L, "prevented", 2L, "violation", 2L), attested.outcomes().counts());
      assertEquals(
          List.of(
              "payment-data.egress egress aws:us-east-1 1",
              "payment-data.egress.purposes egress  1"),
          told(attested.violations()));
      assertEquals(
          List.of(
              "payment-data.egress egress aws:us-east-1 1", "payment-data.egress.hosts egress  1"),
          told(attested.prevented()));
      assertEquals(6, attested.kinds().of("egress"));
      assertEquals(2, story.summary().obj("judged").integer("violation"));
      assertEquals(
          1,
          story.api("/events?rule=payment-data.egress&verdict=violation").objects("events").size());
    }
  }

  @Test
  void aGatewayThatLetsAnotherClaimPassBreaksTheContract() throws Exception {
    try (VendorStory story = new VendorStory(directory, POLICY)) {
      claim(story, "eu-de", "allowed");
      claim(story, "us-va", "allowed");
      claim(story, "us-va", "denied");

      ResidencyAttestation attested = story.attested();
      assertEquals(
          Map.of("compliant", 1L, "prevented", 1L, "violation", 1L), attested.outcomes().counts());
      assertEquals(
          List.of("gateway.claims gateway aws:eu-central-1 1"), told(attested.violations()));
    }
  }

  private static List<String> told(List<FindingGroup> groups) {
    return groups.stream()
        .map(
            one ->
                one.what().rule()
                    + " "
                    + one.what().hop()
                    + " "
                    + one.what().place()
                    + " "
                    + one.count())
        .toList();
  }

  private static void egress(VendorStory story, String host, String purpose, String outcome)
      throws Exception {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("server.address", host);
    attributes.put("ledger.data.category", "payment-data");
    attributes.put("ledger.data.purpose", purpose);
    attributes.put("audit.outcome", outcome);
    story.tell("egress-proxy", "egress.decision", attributes);
  }

  private static void claim(VendorStory story, String claim, String outcome) throws Exception {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("ledger.residency.label", claim);
    attributes.put("ledger.location.gateway", "aws:eu-central-1");
    attributes.put("audit.outcome", outcome);
    story.tell("gateway", "ledger.gateway.decision", attributes);
  }
}
