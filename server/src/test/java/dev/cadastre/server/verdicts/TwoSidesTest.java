package dev.cadastre.server.verdicts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.attestation.SideMatches;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the vendor reports of the customer's key is held against what the customer's HSM reports.
 */
class TwoSidesTest {
  private static final String POLICY =
      """
      version: 1
      tenant: bank
      categories:
        "*":
          default: {allow: [EU]}
      customer-side:
        match-within: 60s
      """;

  @TempDir private Path directory;

  @Test
  void aUseThatTheVendorNeverReportedIsFound() throws Exception {
    try (VendorStory story = new VendorStory(directory, POLICY)) {
      story.tell("vault", "key.use", unwrap("r-1", "7"));
      story.customerTells("hsm", "key.use", unwrap("r-1", "7"));
      story.customerTells("hsm", "key.use", unwrap("r-2", "7"));
      story.tell("vault", "key.use", unwrap("r-2", "6"));
      story.customerTells("hsm", "key.use", unwrap("r-3", "7"));
      story.customerTells("hsm", "key.use", Map.of("ledger.key.id", "kek"));
      story.tell("vault", "key.use", unwrap("r-4", "7"));
      SideMatches early = story.attested().twoSides();
      assertEquals(2, early.matched());
      assertEquals(1, early.differing().count());
      assertEquals(1, early.customer().waiting());
      assertEquals(1, early.customer().mute());
      assertEquals(1, early.vendor().waiting());

      story.passes(Duration.ofMinutes(2));
      story.tell("vault", "ledger.drill", Map.of());
      ResidencyAttestation later = story.attestedSince();
      assertEquals(2, later.carried().orElseThrow().told());
      SideMatches found = later.twoSides();
      assertEquals(60_000_000_000L, found.withinNs());
      assertEquals(1, found.customer().count());
      assertEquals(1, found.customer().entries().count());
      assertEquals(1, found.vendor().count());
      assertEquals(0, found.customer().waiting());

      List<Json.Obj> alerts = story.summary().objects("alerts");
      assertEquals(
          List.of("sides.customer-alone", "sides.differing"),
          alerts.stream().map(TwoSidesTest::kind).sorted().toList());
      assertTrue(
          story.page("/t/bank/residency").contains("By the customer alone"),
          "the residency page tells it");
    }
  }

  private static String kind(Json.Obj alert) {
    try {
      return alert.str("kind");
    } catch (dev.cadastre.formats.Refused e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> unwrap(String request, String version) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("ledger.request.id", request);
    attributes.put("ledger.key.id", "kek");
    attributes.put("ledger.key.operation", "unwrap");
    attributes.put("ledger.key.version", "v" + version);
    return attributes;
  }
}
