package dev.cadastre.server.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.inventory.Difference;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.proof.attestation.InventoryCounts;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.detect.Runs;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator declares of resources, from another system's record to the verified pack. */
class InventoryStoryTest {
  private static final String POLICY =
      """
      version: 1
      tenant: bank
      categories: {"*": {default: {allow: [DE]}}}
      keys: {allow: [DE], custody: [customer-held]}
      sites: {frankfurt-dc1: DE}
      """;

  private static final String ARN = "arn:aws:kms:eu-central-1:111122223333:key/1";

  private static final String CLOUDTRAIL =
      """
      {"eventVersion":"1.09","userIdentity":{"type":"AWSService","invokedBy":"s3.amazonaws.com"},\
      "eventTime":"2026-03-01T10:00:%02dZ","eventSource":"kms.amazonaws.com","eventName":"Decrypt",\
      "awsRegion":"eu-central-1","eventID":"7d0b0bcb-0000-4000-8000-0000000000%02d","readOnly":true,\
      "resources":[{"accountId":"111122223333","type":"AWS::KMS::Key","ARN":"%s"}],\
      "eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333"}\
      """;

  private static String decrypt(int second) {
    return String.format(Locale.ROOT, CLOUDTRAIL, second, second, ARN);
  }

  private static String inventory(String keys) {
    return "version: 1\ntenant: bank\n" + keys;
  }

  @TempDir private Path folder;

  @Test
  void aKeysCustodyIsLookedUpAndHeldAgainstWhatIsSeen() throws Exception {
    try (Story story = Story.of(folder, POLICY)) {
      long unknown = story.receives(1, decrypt(1));
      story.declare(
          inventory("keys: {\"arn:aws:kms:*\": {custody: hyok, place: \"aws:eu-central-1\"}}"));
      final long declared = story.receives(2, decrypt(2));
      ResidencyAttestation said = story.attested();
      assertEquals(runs(unknown), said.unproven());
      assertEquals(1, said.outcomes().of("compliant"), "entry " + declared);
      assertEquals(Set.of("customer-held (declared)"), said.keys().get(0).custody());
      assertEquals(new InventoryCounts(1, 1, List.of()), said.inventory());
      story.declare(inventory("keys: {\"arn:aws:kms:*\": {custody: hyok, place: DE}}"));
      long stated =
          story.happens("ledger.key.use", 3, "ledger.key.id", ARN, "ledger.key.custody", "byok");
      long elsewhere =
          story.happens(
              "ledger.key.use", 4, "ledger.key.id", "arn:aws:kms:us-east-1:111122223333:key/2");
      ResidencyAttestation next = story.attested();
      assertEquals(2, next.outcomes().of("violation"), "of what was seen, not of what is declared");
      String other = "arn:aws:kms:us-east-1:111122223333:key/2";
      assertEquals(
          new InventoryCounts(
              1,
              0,
              List.of(
                  group(new Difference(ARN, "custody", "customer-held", "byok"), stated),
                  group(new Difference(other, "key", "DE", "aws:us-east-1"), elsewhere))),
          next.inventory());
      assertTrue(story.report().contains("Declared here, seen there"), story.report());
    }
  }

  /** A policy that is adopted later leaves the inventory in force, and takes it along. */
  @Test
  void theLargestInventoryIsAdoptedReadPackedAndVerified() throws Exception {
    String last = "payments: {place: \"onprem:frankfurt-dc1\"}";
    StringBuilder services = new StringBuilder("services:\n  " + last + "\n");
    for (int i = 0; i < 233; i++) {
      services.append("  s").append(1000 + i).append("s".repeat(104));
      services.append(": {place: \"aws:eu-west-1\"}\n");
    }
    Inventory all = Story.inventory(inventory(services.toString()));
    int room = Inventory.BYTES_MAX - all.toJson().jcs().length;
    assertTrue(room > 30, () -> "room for one more: " + room);
    String more =
        "  z" + "s".repeat(room - ",\"z\":{\"place\":\"DE\"}".length()) + ": {place: DE}\n";
    services.append(more);
    try (Story story = Story.of(folder, POLICY)) {
      story.declare(inventory(services.toString()));
      story.adopt(POLICY);
      story.record("ledger.data.access", 1, List.of("service.name", "payments"));
      ResidencyAttestation said = story.attested();
      assertEquals(new InventoryCounts(1, 0, List.of()), said.inventory());
      assertEquals(1, said.outcomes().of("compliant"));
      assertEquals(
          Inventory.BYTES_MAX,
          Story.inventory(inventory(services.toString())).toJson().jcs().length);
      assertEquals(
          List.of("onprem:frankfurt-dc1 declared"),
          said.observations().keySet().stream()
              .map(one -> one.place() + " " + one.assurance())
              .toList());
    }
  }

  private static InventoryCounts.Group group(Difference what, long entry) {
    return new InventoryCounts.Group(what, 1, runs(entry));
  }

  private static Runs runs(long one) {
    return new Runs(List.of(new Runs.Run(one, one)));
  }
}
