package dev.cadastre.server.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.proof.attestation.ApprovalCounts;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.detect.Runs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rests on approvals, from OTLP bytes to the verified pack. */
class ApprovalStoryTest {
  private static final String POLICY =
      """
      version: 1
      tenant: bank
      categories: {"*": {default: {allow: [EU]}}}
      """;

  private static long backup(Story story, double seconds, String approval) throws Exception {
    return story.happens(
        "ledger.lifecycle",
        seconds,
        "ledger.data.category",
        "statements",
        "ledger.data.operation",
        "backup",
        "ledger.location.storage",
        "aws:eu-central-1",
        "ledger.location.backup",
        "aws:eu-west-1",
        "ledger.approval.id",
        approval);
  }

  @Test
  void aReferenceBindsToAnEntryThatHoldsForItAndIsCarriedOverPeriods(@TempDir Path folder)
      throws Exception {
    try (Story story = Story.of(folder, POLICY)) {
      final long named = backup(story, 0, "anything");
      long given =
          story.happens(
              "ledger.approval",
              1,
              "ledger.approval.id",
              "CAB-7",
              "audit.actor.id",
              "maria",
              "ledger.approval.authority",
              "Head of continuity",
              "ledger.approval.until",
              "2026-03-02",
              "ledger.approval.category",
              List.of("statements", "logs"),
              "ledger.approval.place",
              "IE");
      backup(story, 2, "CAB-7");
      ResidencyAttestation said = story.attested();
      assertEquals(
          new ApprovalCounts(runs(given), Runs.NONE, Runs.NONE, 1, runs(named)), said.approvals());
      assertTrue(story.report().contains("References that none covers"), story.report());
      backup(story, 90_000, "CAB-7");
      long late = backup(story, 180_000, "CAB-7");
      ApprovalCounts next = story.attested().approvals();
      assertEquals(new ApprovalCounts(Runs.NONE, Runs.NONE, Runs.NONE, 1, runs(late)), next);
    }
  }

  private static Runs runs(long one) {
    return new Runs(List.of(new Runs.Run(one, one)));
  }
}
