package dev.cadastre.proof.pack;

import static dev.cadastre.proof.pack.Reports.idsOf;
import static dev.cadastre.proof.pack.Reports.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.proof.detect.DetectorsState;
import dev.cadastre.proof.detect.StateFold;
import dev.cadastre.proof.pack.format.PackLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What depends on a check that failed is left out, and nothing that is right is blamed. */
class DependentChecksTest {

  private static SyntheticLog log() throws Refused {
    return filled(SyntheticLog.born(SyntheticPack.ORIGIN, "bank"));
  }

  private static SyntheticLog filled(SyntheticLog log) throws Refused {
    log.adopt("EU");
    for (int i = 2; i < 9; i++) {
      log.append(i == 5 || i == 8 ? state(log) : log.access("aws:eu-central-1", "service"));
    }
    log.adopt("DE");
    log.append(log.access("aws:eu-central-1", "service"));
    log.append(state(log));
    log.append(log.access("aws:eu-central-1", "service"));
    return log;
  }

  private static dev.cadastre.formats.event.RecordEvent state(SyntheticLog log) throws Refused {
    StateFold fold = new StateFold();
    for (int i = 0; i < log.entries.size(); i++) {
      fold.add(i, log.entry(i).received(), log.events.get(i));
    }
    DetectorsState state = fold.state(0);
    return state.event(SyntheticLog.T0);
  }

  private static SyntheticPack pack() throws Refused {
    return SyntheticPack.of(log(), 6, 12);
  }

  private static void assertOnlyFailed(VerificationReport report, String id, String... skipped) {
    assertFalse(report.verified());
    assertEquals(List.of(id), idsOf(report, Check.Status.FAILED), report::toString);
    assertEquals(List.of(skipped), idsOf(report, Check.Status.SKIPPED), report::toString);
    assertEquals(id, report.firstFailure().orElseThrow().id());
  }

  private static byte[] with(SyntheticPack pack, String name, String more) {
    String text = new String(pack.payload.get(name), StandardCharsets.UTF_8);
    return (text + more).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void anHonestPackVerifies() throws Refused {
    VerificationReport report = verify(pack());
    assertTrue(report.verified(), report::toString);
    assertEquals("ok", report.check("carried").orElseThrow().status().word());
  }

  @Test
  void anotherTextOfAPolicyBlamesNoEntry() throws Refused {
    for (long index : new long[] {1, 9}) {
      SyntheticPack pack = pack();
      String name = PackLayout.policySource(index);
      pack.payload.put(name, with(pack, name, "# more\n"));
      VerificationReport report = verify(pack);
      assertOnlyFailed(report, "policies", "carried", "verdicts", "attestation", "report");
      assertEquals(OptionalLong.empty(), report.firstWrongEntry());
      assertTrue(report.check("policies").orElseThrow().detail().contains(name));
    }
  }

  @Test
  void anotherRegistryBlamesNoEntry() throws Refused {
    SyntheticPack pack = pack();
    String name = PackLayout.registry(Registry.standard().sha256());
    pack.payload.put(name, with(pack, name, " "));
    VerificationReport report = verify(pack);
    assertOnlyFailed(report, "policies", "carried", "verdicts", "attestation", "report");
    assertEquals(OptionalLong.empty(), report.firstWrongEntry());
    pack.payload.remove(name);
    assertOnlyFailed(verify(pack), "policies", "carried", "verdicts", "attestation", "report");
  }

  @Test
  void aPolicyThatIsNotThereBlamesNoEntry() throws Refused {
    SyntheticPack pack = pack();
    pack.payload.remove(PackLayout.policyProof(1));
    VerificationReport report = verify(pack);
    assertOnlyFailed(report, "policies", "carried", "verdicts", "attestation", "report");
    assertEquals(OptionalLong.empty(), report.firstWrongEntry());
  }

  @Test
  void anotherEntryBeforeThePeriodBlamesNoEntryInIt() throws Refused {
    SyntheticPack pack = pack();
    pack.payload.put(PackLayout.ENTRY_BEFORE, pack.log.entries.get(4));
    assertOnlyFailed(verify(pack), "carried", "attestation", "report");
  }

  @Test
  void aChangedEntryIsTheOnlyOneThatIsNamed() throws Refused {
    SyntheticPack pack = pack();
    List<byte[]> lines = pack.lines();
    String text = new String(lines.get(1), StandardCharsets.UTF_8);
    lines.set(1, text.replace("eu-central-1", "eu-central-2").getBytes(StandardCharsets.UTF_8));
    pack.setLines(lines);
    VerificationReport report = verify(pack);
    assertEquals(List.of("entries"), idsOf(report, Check.Status.FAILED), report::toString);
    assertEquals(OptionalLong.of(7), report.firstWrongEntry());
  }

  @Test
  void aPolicyOfAnotherTenantIsRefused() throws Refused {
    SyntheticLog log = SyntheticLog.born(SyntheticPack.ORIGIN, "bank");
    log.adopt(SyntheticLog.policy("other", "EU"), "EU");
    VerificationReport report = verify(adopted(log));
    assertOnlyFailed(
        report, "policies", "anchor-before", "carried", "verdicts", "attestation", "report");
    assertEquals(OptionalLong.of(1), report.firstWrongEntry(), report::toString);
    assertTrue(report.check("policies").orElseThrow().detail().contains("tenant \"other\""));
  }

  @Test
  void aPolicyThatNamesAPlaceItsRegistryLacksIsRefused() throws Refused {
    SyntheticLog log = SyntheticLog.born(SyntheticPack.ORIGIN, "bank");
    log.adopt(SyntheticLog.policy("bank", "aws:eu-central-9"), "EU");
    VerificationReport report = verify(adopted(log));
    assertOnlyFailed(
        report, "policies", "anchor-before", "carried", "verdicts", "attestation", "report");
    assertEquals(OptionalLong.of(1), report.firstWrongEntry(), report::toString);
  }

  /** A log from its birth, with two policies in entries 1 and 9. */
  private static SyntheticPack adopted(SyntheticLog log) throws Refused {
    while (log.entries.size() < 9) {
      log.append(log.access("aws:eu-central-1", "service"));
    }
    log.adopt("DE");
    return SyntheticPack.of(log, 0, 10);
  }

  @Test
  void anAnchorOlderThanAnEntryItCommitsToIsRefused() throws Refused {
    // Entry 11 was received a second before the anchor behind it could have been made.
    assertTrue(verify(SyntheticPack.of(log(), 6, 12, 1_000_000_000L)).verified());
    VerificationReport late = verify(SyntheticPack.of(log(), 6, 12, 1_000_000_001L));
    assertTrue(idsOf(late, Check.Status.FAILED).contains("anchor-after"), late::toString);
    assertEquals(OptionalLong.empty(), late.firstWrongEntry());
    assertTrue(idsOf(late, Check.Status.SKIPPED).contains("attestation"));
  }

  @Test
  void nothingInTheEnvelopeOfTheAttestationIsFree() throws Refused {
    SyntheticPack pack = pack();
    String envelope = new String(pack.payload.get(PackLayout.ATTESTATION), StandardCharsets.UTF_8);
    String id = pack.log.signer.key().idHex();
    int at = envelope.indexOf("{\"keyid\"");
    String start = envelope.substring(0, at);
    String signature = envelope.substring(at, envelope.length() - 2);
    String other = signature.replaceFirst("\"sig\":\"....", "\"sig\":\"AAAA");
    for (String lie :
        List.of(
            envelope.replace(id, "00000000"),
            envelope.replace(id, id.toUpperCase(Locale.ROOT) + "A"),
            envelope.replace(id, id + "00"),
            envelope.replace("\"keyid\":\"" + id + "\",", ""),
            start + signature + "," + signature + "]}",
            start + signature + "," + other + "]}",
            start + other + "," + signature + "]}",
            start + signature + "," + other.replace(id, "00000000") + "]}",
            start + "]}",
            envelope.replace("]}", "],\"z\":1}"),
            envelope.replace("{\"payload\"", "{ \"payload\""),
            envelope + "\n")) {
      pack.payload.put(PackLayout.ATTESTATION, lie.getBytes(StandardCharsets.UTF_8));
      assertOnlyFailed(verify(pack), "attestation");
    }
  }

  private static SyntheticPack withAnchors(long index, String from, String to) throws Refused {
    SyntheticLog anchors = SyntheticLog.born(SyntheticPack.ANCHORS, "anchors");
    anchors.authorAt(
        index,
        (log, at, event) -> {
          String text = new String(event, StandardCharsets.UTF_8);
          assertTrue(text.contains(from), text);
          return text.replace(from, to).getBytes(StandardCharsets.UTF_8);
        });
    return SyntheticPack.of(log(), anchors, 6, 12);
  }

  @Test
  void anAnchorNamesTheOneBefore() throws Refused {
    assertTrue(verify(withAnchors(2, "\"previous\":1", "\"previous\":1")).verified());
    for (String previous : List.of("\"previous\":0,", "\"previous\":2,", "\"previous\":3,", "")) {
      assertEquals(
          List.of("anchor-after"),
          idsOf(verify(withAnchors(2, "\"previous\":1,", previous)), Check.Status.FAILED));
    }
    assertEquals(
        List.of("anchor-before"),
        idsOf(
            verify(withAnchors(1, "\"leaves\":16,", "\"leaves\":16,\"previous\":0,")),
            Check.Status.FAILED));
  }

  @Test
  void anchorsOfAPackAreDatedInOrder() throws Refused {
    VerificationReport report =
        verify(withAnchors(2, "\"date\":\"2026-01-01\"", "\"date\":\"2025-12-31\""));
    assertEquals(List.of("anchor-before"), idsOf(report, Check.Status.FAILED), report::toString);
    assertTrue(
        verify(withAnchors(1, "\"date\":\"2026-01-01\"", "\"date\":\"2025-12-31\"")).verified());
  }

  private static VerificationReport receivedAt(String log, long index, long receivedNs)
      throws Refused {
    Map<Long, Long> lies = Map.of(index, receivedNs);
    boolean ofAnchors = log.equals(SyntheticPack.ANCHORS);
    SyntheticLog honest = SyntheticLog.born(SyntheticPack.ANCHORS, "anchors");
    SyntheticLog lying = SyntheticLog.born(log, ofAnchors ? "anchors" : "bank", lies, Hash.ZERO);
    return verify(
        ofAnchors
            ? SyntheticPack.of(log(), lying, 6, 12)
            : SyntheticPack.of(filled(lying), honest, 6, 12));
  }

  @Test
  void anAnchorIsReceivedOnceItIsMadeAndInOrder() throws Refused {
    long first = SyntheticLog.T0 + 6_000_000_000L;
    long second = SyntheticLog.T0 + 12_000_000_000L;
    assertTrue(receivedAt(SyntheticPack.ANCHORS, 1, second).verified());
    for (long early : new long[] {0, second - 1}) {
      assertEquals(
          List.of("anchor-after"),
          idsOf(receivedAt(SyntheticPack.ANCHORS, 2, early), Check.Status.FAILED));
    }
    assertEquals(
        List.of("anchor-before"),
        idsOf(receivedAt(SyntheticPack.ANCHORS, 1, first - 1), Check.Status.FAILED));
    assertEquals(
        List.of("anchor-before"),
        idsOf(receivedAt(SyntheticPack.ANCHORS, 1, second + 1), Check.Status.FAILED));
  }

  @Test
  void whatIsShownOfTheLogBeforeThePeriodIsInOrder() throws Refused {
    long second = 1_000_000_000L;
    long anchored = SyntheticLog.T0 + 6 * second;
    String log = SyntheticPack.ORIGIN;
    assertTrue(receivedAt(log, 0, SyntheticLog.T0 + second).verified());
    assertEquals(List.of("birth"), idsOf(receivedAt(log, 0, anchored + 1), Check.Status.FAILED));
    assertEquals(
        List.of("policies"),
        idsOf(receivedAt(log, 0, SyntheticLog.T0 + second + 1), Check.Status.FAILED));
    assertEquals(
        List.of("policies"), idsOf(receivedAt(log, 1, SyntheticLog.T0 - 1), Check.Status.FAILED));
    assertEquals(List.of("policies"), idsOf(receivedAt(log, 1, anchored + 1), Check.Status.FAILED));
    assertTrue(idsOf(receivedAt(log, 5, SyntheticLog.T0), Check.Status.FAILED).contains("carried"));
    VerificationReport early = receivedAt(log, 6, SyntheticLog.T0 + 5 * second - 1);
    assertEquals(List.of("entries"), idsOf(early, Check.Status.FAILED), early::toString);
    assertEquals(OptionalLong.of(6), early.firstWrongEntry());
  }

  @Test
  void nothingComesBeforeTheBirth() throws Refused {
    for (long from : new long[] {0, 6}) {
      SyntheticLog log =
          SyntheticLog.born(SyntheticPack.ORIGIN, "bank", Map.of(), Hash.sha256(new byte[1]));
      VerificationReport report = verify(SyntheticPack.of(filled(log), from, 12));
      assertTrue(idsOf(report, Check.Status.FAILED).contains("birth"), report::toString);
    }
  }

  @Test
  void theFirstPolicyShownReplacesAnEarlierOne() throws Refused {
    for (String previous : List.of("0", "1", "2", "6")) {
      SyntheticLog log = SyntheticLog.born(SyntheticPack.ORIGIN, "bank");
      log.authorAt(
          1,
          (all, at, event) ->
              new String(event, StandardCharsets.UTF_8)
                  .replace("\"registry\"", "\"previous\":" + previous + ",\"registry\"")
                  .getBytes(StandardCharsets.UTF_8));
      VerificationReport report = verify(SyntheticPack.of(filled(log), 6, 12));
      assertEquals(List.of("policies"), idsOf(report, Check.Status.FAILED), report::toString);
    }
  }

  @Test
  void theFindingThatDiffersIsNamedOnBothSides() throws Refused {
    SyntheticLog log = SyntheticLog.born(SyntheticPack.ORIGIN, "bank");
    log.authorAt(
        6,
        (all, at, event) ->
            new String(event, StandardCharsets.UTF_8)
                .replaceAll("\"rule\":\"[^\"]*\"", "\"rule\":\"other\"")
                .getBytes(StandardCharsets.UTF_8));
    Check verdicts = verify(SyntheticPack.of(filled(log), 6, 12)).check("verdicts").orElseThrow();
    String[] sides = verdicts.detail().split(", but the judge says ", -1);
    assertEquals(2, sides.length, verdicts.detail());
    assertTrue(sides[0].endsWith("at hop processing compliant by rule \"other\""), sides[0]);
    assertTrue(sides[1].contains("at hop processing compliant by rule \""), sides[1]);
    assertFalse(sides[0].endsWith(sides[1]), verdicts.detail());
  }
}
