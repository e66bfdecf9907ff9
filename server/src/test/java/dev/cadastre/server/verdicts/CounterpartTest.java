package dev.cadastre.server.verdicts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.detect.KeyHistory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the customer's own systems tell stands beside what the vendor tells, and is told apart. */
class CounterpartTest {
  private static final String POLICY =
      """
      version: 1
      tenant: bank
      categories:
        "*":
          default: {allow: [EU]}
      keys:
        allow: [EU]
      """;

  private static final Map<String, String> UNWRAP =
      Map.of(
          "audit.record.id", "request-1",
          "ledger.key.id", "kek",
          "ledger.key.operation", "unwrap",
          "ledger.key.region", "aws:us-east-1");

  @TempDir private Path directory;

  @Test
  void eachSideIsCountedAndNeitherTakesTheOthersIds() throws Exception {
    try (VendorStory story = new VendorStory(directory, POLICY)) {
      story.tell("vault", "key.use", UNWRAP);
      story.customerTells("hsm", "key.use", UNWRAP);
      story.tell("vault", "key.use", Map.of("ledger.key.id", "kek", "sender", "counterpart/x"));

      ResidencyAttestation attested = story.attested();
      assertEquals(1, attested.sides().counts().of("customer"));
      assertEquals(2, attested.sides().counts().of("vendor"));
      assertEquals(Map.of("key.use", 1L), attested.sides().kinds().counts());
      assertEquals(Map.of("violation", 1L), attested.sides().outcomes().counts());
      KeyHistory key = attested.keys().get(0);
      assertEquals(3, key.uses());
      assertEquals(new KeyHistory.Uses(1, 0, 0), key.customers());
      assertEquals(2, attested.violations().get(0).count());
      assertEquals(1, attested.violations().get(0).customers());

      story.summary();
      List<Json.Obj> theirs = story.api("/events?side=customer").objects("events");
      assertEquals(1, theirs.size());
      assertEquals("customer", theirs.get(0).str("side"));
      assertEquals(2, story.api("/events?side=vendor").objects("events").size());
      assertEquals(0, story.api("/events?repeat=same").objects("events").size());
      assertEquals(0, story.api("/events?repeat=other").objects("events").size());
      assertTrue(
          story.page("/t/bank/events?side=customer").contains("told by the customer"),
          "the list says who told it");
      long index = theirs.get(0).integer("index");
      assertTrue(
          story.page("/t/bank/events/" + index).contains("the customer"),
          "the entry's page says who told it");
    }
  }

  @Test
  void itSendsToItsOwnLogAndReadsNothingButProofs() throws Exception {
    try (VendorStory story = new VendorStory(directory, POLICY)) {
      assertEquals(403, story.customerTellsOf("other"));
      assertEquals(403, story.customerAsks("/api/v1/tenants/bank/events"));
      assertEquals(403, story.customerAsks("/logs/bank/entries/1"));
      assertEquals(200, story.customerAsks("/logs/bank/checkpoint"));
    }
  }
}
