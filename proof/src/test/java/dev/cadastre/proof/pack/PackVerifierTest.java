package dev.cadastre.proof.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.proof.Hash;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.entry.Entry;
import dev.cadastre.proof.entry.EntryFrame;
import dev.cadastre.proof.event.EventCodec;
import dev.cadastre.proof.event.Outcome;
import dev.cadastre.proof.event.RecordEvent;
import dev.cadastre.proof.event.Verdict;
import dev.cadastre.proof.note.TrustPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Good packs verify; whatever is done to them is refused by the check that it concerns. */
class PackVerifierTest {
  private static VerificationReport verify(byte[] zip, Optional<TrustPolicy> trust)
      throws PackRefused {
    return PackVerifier.verify(PackReader.of(zip, PackLimits.STANDARD), trust);
  }

  private static VerificationReport verify(byte[] zip) throws PackRefused {
    return verify(zip, Optional.empty());
  }

  private static String status(VerificationReport report, String id) {
    return report.check(id).orElseThrow().status().word();
  }

  private static String text(VerificationReport report) {
    StringBuilder text = new StringBuilder();
    report
        .checks()
        .forEach(c -> text.append(c.status().word() + " " + c.id() + ": " + c.detail() + "\n"));
    return text.toString();
  }

  private static void assertFailed(VerificationReport report, String... ids) {
    assertFalse(report.verified(), text(report));
    for (String id : ids) {
      assertEquals("failed", status(report, id), text(report));
    }
  }

  private static void assertOnlyFailed(VerificationReport report, String id) {
    List<String> failed =
        report.checks().stream()
            .filter(c -> c.status() == Check.Status.FAILED)
            .map(Check::id)
            .toList();
    assertEquals(List.of(id), failed, text(report));
  }

  @Test
  void packFromBirthVerifies() throws Refused {
    VerificationReport report = verify(SyntheticPack.fromBirth().zip());
    assertTrue(report.verified(), text(report));
    assertEquals("skipped", status(report, "anchor-before"));
    assertEquals("note", status(report, "trust"));
    assertEquals(18, report.checks().size(), text(report));
    assertEquals(0, report.from());
    assertEquals(12, report.to());
  }

  @Test
  void packBetweenAnchorsVerifies() throws Refused {
    VerificationReport report = verify(SyntheticPack.betweenAnchors().zip());
    assertTrue(report.verified(), text(report));
    assertEquals("ok", status(report, "anchor-before"));
    assertEquals(6, report.from());
    assertEquals("note", status(report, "carried"), "the entry before carries nothing");
    assertTrue(
        report.check("verdicts").orElseThrow().detail().startsWith("5 verdicts"), text(report));
  }

  @Test
  void packOfAnEmptyPeriodIsCheckedAsWell() throws Refused {
    VerificationReport report = verify(SyntheticPack.empty().zip());
    assertTrue(report.verified(), text(report));
    assertEquals("ok", status(report, "attestation"));
    assertEquals("ok", status(report, "table"));
    SyntheticPack otherAttestation = SyntheticPack.empty();
    byte[] attestation = SyntheticPack.betweenAnchors().payload.get(PackLayout.ATTESTATION);
    otherAttestation.payload.put(PackLayout.ATTESTATION, attestation);
    assertOnlyFailed(verify(otherAttestation.zip()), "attestation");
    SyntheticPack entryAdded = SyntheticPack.empty();
    entryAdded.setLines(List.of(entryAdded.log.entries.get(6)));
    assertFailed(verify(entryAdded.zip()), "entries");
  }

  @Test
  void nothingIsVerifiedThatWasLeftOut() throws Refused {
    VerificationReport good = verify(SyntheticPack.betweenAnchors().zip());
    for (Check left : good.checks()) {
      List<Check> checks = new ArrayList<>(good.checks());
      Check skipped =
          new Check(left.id(), left.title(), left.meaning(), Check.Status.SKIPPED, "left out");
      checks.set(checks.indexOf(left), skipped);
      VerificationReport report =
          new VerificationReport(
              checks, good.origin(), good.from(), good.to(), OptionalLong.empty(), good.span());
      assertEquals(left.id().equals("anchor-before"), report.verified(), left.id());
    }
  }

  @Test
  void leafJsonHasOneForm() throws Refused {
    for (String folder : List.of(PackLayout.ANCHOR_AFTER, PackLayout.ANCHOR_BEFORE)) {
      SyntheticPack pack = SyntheticPack.betweenAnchors();
      String name = folder + PackLayout.ANCHOR_LEAF;
      String text = new String(pack.payload.get(name), StandardCharsets.UTF_8);
      for (String other :
          List.of(
              " " + text,
              text + "\n",
              text.replace(":", ": "),
              text.replace("leaves", "\\u006ceaves"))) {
        pack.payload.put(name, other.getBytes(StandardCharsets.UTF_8));
        assertFailed(
            verify(pack.zip()), folder.contains("after") ? "anchor-after" : "anchor-before");
      }
    }
  }

  @Test
  void signatureLinesOfOthersAreRefused() throws Exception {
    SortedMap<String, byte[]> files = SyntheticPack.unzip(SyntheticPack.betweenAnchors().zip());
    String note = new String(files.get(PackLayout.SIGNATURE), StandardCharsets.UTF_8);
    String line = note.substring(note.lastIndexOf("\n\n") + 2);
    for (String more : List.of("\u2014 hidden.example " + "A".repeat(60_000) + "\n", line)) {
      files.put(PackLayout.SIGNATURE, (note + more).getBytes(StandardCharsets.UTF_8));
      assertOnlyFailed(verify(SyntheticPack.zip(files)), "signature");
    }
  }

  @Test
  void sameContentsGiveTheSameBytes() throws Refused {
    assertArrayEquals(SyntheticPack.betweenAnchors().zip(), SyntheticPack.betweenAnchors().zip());
  }

  @Test
  void packZippedAgainByOtherToolsStillVerifies() throws Exception {
    SortedMap<String, byte[]> files = SyntheticPack.unzip(SyntheticPack.betweenAnchors().zip());
    files.put("data/", new byte[0]);
    assertTrue(verify(SyntheticPack.zip(files)).verified());
  }

  @Test
  void bundledKeysProveNothingWithoutTrust() throws Refused {
    Check trust = verify(SyntheticPack.betweenAnchors().zip()).check("trust").orElseThrow();
    String fingerprint = SyntheticPack.betweenAnchors().log.signer.key().fingerprint();
    assertTrue(
        trust.detail().contains("compare") && trust.detail().contains(fingerprint), trust.detail());
  }

  @Test
  void trustPolicyOfThePackItselfCoversIt() throws Refused {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    TrustPolicy policy = TrustPolicy.parse(pack.payload.get(PackLayout.TRUST_POLICY));
    VerificationReport report = verify(pack.zip(), Optional.of(policy));
    assertTrue(report.verified(), text(report));
    assertEquals("ok", status(report, "trust"));
  }

  @Test
  void wholePackForgedWithOtherKeysFailsOnTrustAlone() throws Refused {
    TrustPolicy policy =
        TrustPolicy.parse(SyntheticPack.betweenAnchors().payload.get(PackLayout.TRUST_POLICY));
    byte[] forged = SyntheticPack.forged().zip();
    assertTrue(verify(forged).verified(), "a consistent forgery can only be told by its keys");
    assertOnlyFailed(verify(forged, Optional.of(policy)), "trust");
  }

  @Test
  void missingWitnessQuorumFailsTrust() throws Refused {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    dev.cadastre.proof.note.Cosigner witness =
        dev.cadastre.proof.note.Cosigner.ed25519("w", new byte[32], () -> java.time.Instant.EPOCH);
    String lines = new String(pack.payload.get(PackLayout.TRUST_POLICY), StandardCharsets.UTF_8);
    String policy =
        lines.replace("quorum none", "witness W " + witness.key().format() + "\nquorum W");
    TrustPolicy trust = TrustPolicy.parse(policy.getBytes(StandardCharsets.UTF_8));
    assertOnlyFailed(verify(pack.zip(), Optional.of(trust)), "trust");
  }

  // Entries, by someone who leaves manifests and signature as they are, and by the log's own
  // keeper.

  private interface Edit {
    void on(List<byte[]> lines) throws Refused;
  }

  private static void assertEntryNamed(long expected, Edit edit) throws Refused, IOException {
    for (boolean fromBirth : new boolean[] {true, false}) {
      SyntheticPack pack = fromBirth ? SyntheticPack.fromBirth() : SyntheticPack.betweenAnchors();
      List<byte[]> lines = pack.lines();
      for (long i = pack.from; i < (fromBirth ? 6 : 0); i++) {
        lines.remove(0);
      }
      List<byte[]> head = fromBirth ? pack.lines().subList(0, 6) : List.of();
      SortedMap<String, byte[]> original = SyntheticPack.unzip(pack.zip());
      edit.on(lines);
      List<byte[]> all = new ArrayList<>(head);
      all.addAll(lines);
      pack.setLines(all);

      original.put(PackLayout.ENTRIES, pack.payload.get(PackLayout.ENTRIES));
      VerificationReport outsider = verify(SyntheticPack.zip(original));
      assertFailed(outsider, "files");
      assertEquals(OptionalLong.of(expected), outsider.firstWrongEntry(), text(outsider));
      assertTrue(
          outsider.firstFailure().orElseThrow().detail().startsWith("entry " + expected + " "),
          text(outsider));

      VerificationReport insider = verify(pack.zip());
      assertFalse(insider.verified());
      assertEquals("ok", status(insider, "signature"), text(insider));
      assertEquals(OptionalLong.of(expected), insider.firstWrongEntry(), text(insider));
    }
  }

  private static byte[] edited(byte[] line) {
    return new String(line, StandardCharsets.UTF_8)
        .replace("customer-data", "customer-dat_")
        .replace("allow: DE", "allow: FR")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void editedEntryIsNamed() throws Exception {
    for (int i = 0; i < 6; i++) {
      int at = i;
      assertEntryNamed(6 + i, lines -> lines.set(at, edited(lines.get(at))));
    }
  }

  @Test
  void removedEntryIsNamed() throws Exception {
    for (int i = 0; i < 6; i++) {
      int at = i;
      assertEntryNamed(6 + i, lines -> lines.remove(at));
    }
  }

  @Test
  void repeatedEntryIsNamed() throws Exception {
    for (int i = 0; i < 6; i++) {
      int at = i;
      assertEntryNamed(7 + i, lines -> lines.add(at, lines.get(at)));
    }
  }

  @Test
  void addedEntryIsNamed() throws Exception {
    byte[] foreign = EntryFrame.seal("{\"a\":1}".getBytes(StandardCharsets.UTF_8), 8, Hash.ZERO, 1);
    for (int i = 0; i <= 6; i++) {
      int at = i;
      assertEntryNamed(6 + i, lines -> lines.add(at, foreign));
    }
  }

  @Test
  void swappedEntriesAreNamed() throws Exception {
    for (int i = 0; i < 6; i++) {
      for (int j = i + 1; j < 6; j++) {
        int one = i;
        int other = j;
        assertEntryNamed(6 + i, lines -> Collections.swap(lines, one, other));
      }
    }
  }

  @Test
  void garbageInPlaceOfAnEntryIsNamed() throws Exception {
    assertEntryNamed(8, lines -> lines.set(2, "hello".getBytes(StandardCharsets.UTF_8)));
    assertEntryNamed(8, lines -> lines.set(2, new byte[0]));
    assertEntryNamed(8, lines -> lines.set(2, new byte[70_000]));
  }

  /** Rewrites everything behind an edit so that the chain holds again. */
  private static void relink(List<byte[]> lines, int from) throws Refused {
    for (int i = from; i < lines.size(); i++) {
      Entry entry = Entry.parse(lines.get(i));
      Hash prev = Entry.parse(lines.get(i - 1)).leafHash();
      lines.set(i, EntryFrame.seal(entry.eventBytes(), entry.index(), prev, entry.received()));
    }
  }

  @Test
  void editedEntryIsNamedThoughTheChainWasRewrittenBehindIt() throws Exception {
    assertEntryNamed(
        8,
        lines -> {
          lines.set(2, edited(lines.get(2)));
          relink(lines, 3);
        });
  }

  @Test
  void rewrittenChainWithItsTableIsRefusedByTheAnchoredRoot() throws Exception {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    List<byte[]> lines = pack.lines();
    lines.set(2, edited(lines.get(2)));
    relink(lines, 3);
    pack.setLines(lines);
    pack.table();
    VerificationReport report = verify(pack.zip());
    assertOnlyFailed(report, "completeness");
    assertEquals("ok", status(report, "entries"));
  }

  @Test
  void editedEntryIsNamedWithoutTheTableToo() throws Exception {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    List<byte[]> lines = pack.lines();
    lines.set(2, edited(lines.get(2)));
    pack.setLines(lines);
    pack.table();
    VerificationReport report = verify(pack.zip());
    assertFailed(report, "entries");
    assertEquals(OptionalLong.of(8), report.firstWrongEntry(), text(report));
  }

  // Every file, by its three kinds of attacker.

  @Test
  void everyFileAlteredRemovedOrAddedIsRefusedByAnOutsider() throws Exception {
    SortedMap<String, byte[]> good = SyntheticPack.unzip(SyntheticPack.betweenAnchors().zip());
    for (String name : good.keySet()) {
      SortedMap<String, byte[]> altered = new java.util.TreeMap<>(good);
      altered.put(name, flipped(good.get(name)));
      assertFailed(
          verify(SyntheticPack.zip(altered)),
          name.equals(PackLayout.SIGNATURE) ? "signature" : "files");
      altered.remove(name);
      assertFailed(verify(SyntheticPack.zip(altered)), "files");
    }
    for (String name :
        List.of(
            "extra.txt",
            "data/extra.txt",
            "data/policy/7.yaml",
            "data/policy/x.yaml",
            "data/anchors/before/more")) {
      SortedMap<String, byte[]> added = new java.util.TreeMap<>(good);
      added.put(name, new byte[] {1});
      assertFailed(verify(SyntheticPack.zip(added)), "files");
    }
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    flipped[flipped.length / 2] ^= 1;
    return flipped;
  }

  @Test
  void everyPayloadFileAlteredByTheKeeperIsRefusedByTheCheckItConcerns() throws Exception {
    SyntheticPack good = SyntheticPack.betweenAnchors();
    for (String name : good.payload.keySet()) {
      SyntheticPack pack = SyntheticPack.betweenAnchors();
      pack.payload.put(name, flipped(pack.payload.get(name)));
      VerificationReport report = verify(pack.zip());
      assertEquals("ok", status(report, "files"), name);
      assertEquals(
          concerned(name), report.firstFailure().orElseThrow().id(), name + "\n" + text(report));
    }
  }

  private static String concerned(String name) {
    if (name.startsWith(PackLayout.ANCHOR_AFTER)) {
      return "anchor-after";
    }
    if (name.startsWith(PackLayout.ANCHOR_BEFORE)) {
      return "anchor-before";
    }
    if (name.startsWith("data/policy/")) {
      return "policies";
    }
    if (name.startsWith("data/trust/")) {
      return "keys";
    }
    return switch (name) {
      case PackLayout.BIRTH_ENTRY, PackLayout.BIRTH_PROOF -> "birth";
      case PackLayout.FRONTIER -> "start";
      case PackLayout.ENTRIES -> "entries";
      case PackLayout.EVENTS_CSV -> "table";
      case PackLayout.ATTESTATION -> "attestation";
      case PackLayout.REPORT -> "report";
      default -> throw new AssertionError("no check for " + name);
    };
  }

  @Test
  void everyPayloadFileRemovedByTheKeeperIsRefused() throws Exception {
    for (String name : SyntheticPack.betweenAnchors().payload.keySet()) {
      // The texts of policies are extras: the entries hold the policies themselves.
      if (name.endsWith(".yaml")) {
        continue;
      }
      SyntheticPack pack = SyntheticPack.betweenAnchors();
      pack.payload.remove(name);
      assertFalse(verify(pack.zip()).verified(), name);
    }
  }

  private static String page(SyntheticPack pack) {
    return new String(pack.payload.get(PackLayout.REPORT), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aReportThatLiesIsRefusedThoughItsKeeperSignedIt() throws Refused {
    String good = page(SyntheticPack.betweenAnchors());
    String violated = "3 of 5 judged events broke the policy.";
    assertTrue(good.contains(violated), good);
    for (String lie :
        List.of(
            good.replace(violated, "Every judged event kept to the policy."),
            good.replace("</main>", "<script>document.title='clean'</script></main>"),
            good.replace("</main>", "<img src=x onerror=alert(1)></main>"),
            good.replace("default-src 'none'; ", ""),
            good + "\n",
            "")) {
      SyntheticPack pack = SyntheticPack.betweenAnchors();
      pack.payload.put(PackLayout.REPORT, utf8(lie));
      VerificationReport report = verify(pack.zip());
      assertOnlyFailed(report, "report");
      assertTrue(report.firstFailure().orElseThrow().detail().contains(PackLayout.REPORT));
    }
  }

  @Test
  void aReadmeThatLiesIsRefusedThoughItsKeeperSignedIt() throws Refused {
    String good = new String(SyntheticPack.betweenAnchors().readme, StandardCharsets.UTF_8);
    for (String lie :
        List.of(
            good.replace("Do not take them from this pack", "Take them from this pack"),
            good.replace("<p ", "<script>alert(1)</script><p "),
            good.replace("6", "5"),
            "")) {
      SyntheticPack pack = SyntheticPack.betweenAnchors();
      pack.readme = utf8(lie);
      VerificationReport report = verify(pack.zip());
      assertOnlyFailed(report, "report");
      assertTrue(report.firstFailure().orElseThrow().detail().contains(PackLayout.README));
    }
  }

  @Test
  void foreignKeyOverAGoodPackFailsTheSignature() throws Refused {
    assertOnlyFailed(
        verify(SyntheticPack.betweenAnchors().zip(SyntheticPack.forged().log.signer)), "signature");
  }

  @Test
  void foreignKeysPutInPlaceOfTheRealOnesFailWhateverTheySign() throws Refused {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    SyntheticPack forged = SyntheticPack.forged();
    for (String name : List.of(PackLayout.KEYS, PackLayout.TRUST_POLICY, PackLayout.LOG_KEY_PEM)) {
      pack.payload.put(name, forged.payload.get(name));
    }
    VerificationReport report = verify(pack.zip(forged.log.signer));
    assertEquals("ok", status(report, "signature"));
    assertOnlyFailed(report, "anchor-after");
  }

  @Test
  void signatureOfAnotherPackIsRefused() throws Exception {
    SortedMap<String, byte[]> one = SyntheticPack.unzip(SyntheticPack.betweenAnchors().zip());
    SortedMap<String, byte[]> other = SyntheticPack.unzip(SyntheticPack.fromBirth().zip());
    one.put(PackLayout.SIGNATURE, other.get(PackLayout.SIGNATURE));
    assertOnlyFailed(verify(SyntheticPack.zip(one)), "signature");
  }

  @Test
  void anchorsOfAnotherPeriodAreRefused() throws Refused {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    swapFolders(pack, name -> name.replace(PackLayout.ANCHOR_AFTER, PackLayout.ANCHOR_BEFORE));
    assertFailed(verify(pack.zip()), "anchor-before");
    SyntheticPack late = SyntheticPack.betweenAnchors();
    late.payload.keySet().removeIf(name -> name.startsWith(PackLayout.ANCHOR_BEFORE));
    assertFailed(verify(late.zip()), "start");
  }

  private static void swapFolders(SyntheticPack pack, UnaryOperator<String> rename) {
    for (String name : List.copyOf(pack.payload.keySet())) {
      if (name.startsWith(PackLayout.ANCHOR_AFTER)) {
        pack.payload.put(rename.apply(name), pack.payload.get(name));
      }
    }
  }

  @Test
  void periodThatStartsLateIsRefused() throws Refused {
    SyntheticPack pack = SyntheticPack.betweenAnchors();
    List<byte[]> lines = pack.lines();
    lines.remove(0);
    pack.setLines(lines);
    Hash last = Entry.parse(pack.log.entries.get(6)).leafHash();
    PackLayout.LastBefore before = PackLayout.LastBefore.of(last, pack.log.inclusion(6, 7));
    pack.payload.put(
        PackLayout.FRONTIER, PackLayout.frontierJson(pack.log.frontier(7), Optional.of(before)));
    assertFailed(verify(pack.zip()), "start");
  }

  // A keeper who writes something false into the log from the start: only the content checks can
  // tell.

  private interface Lie {
    byte[] event(SyntheticLog log, long index, byte[] event) throws Refused;
  }

  private static VerificationReport verifyLie(long at, Lie lie) throws Refused {
    return verify(SyntheticPack.lying(at, lie::event).zip());
  }

  @Test
  void softenedVerdictIsNamed() throws Refused {
    VerificationReport report =
        verifyLie(
            6,
            (log, index, bytes) -> {
              RecordEvent event = (RecordEvent) EventCodec.decode(bytes);
              Verdict softer =
                  new Verdict(Outcome.COMPLIANT, event.verdict().orElseThrow().findings(), 1);
              return EventCodec.encode(event.withVerdict(softer));
            });
    assertFalse(report.verified());
    assertEquals(OptionalLong.of(6), report.firstWrongEntry(), text(report));
  }

  @Test
  void verdictByAnOldPolicyIsNamed() throws Refused {
    VerificationReport report =
        verifyLie(
            10,
            (log, index, bytes) -> {
              RecordEvent event = (RecordEvent) EventCodec.decode(bytes);
              Verdict old = event.verdict().orElseThrow();
              return EventCodec.encode(
                  event.withVerdict(new Verdict(old.outcome(), old.findings(), 1)));
            });
    assertOnlyFailed(report, "verdicts");
    assertEquals(OptionalLong.of(10), report.firstWrongEntry(), text(report));
  }

  @Test
  void missingVerdictIsNamed() throws Refused {
    VerificationReport report =
        verifyLie(
            7,
            (log, index, bytes) -> {
              String text = new String(bytes, StandardCharsets.UTF_8);
              return (text.substring(0, text.indexOf(",\"verdict\"")) + "}")
                  .getBytes(StandardCharsets.UTF_8);
            });
    assertFailed(report, "verdicts");
    assertEquals(OptionalLong.of(7), report.firstWrongEntry(), text(report));
  }

  @Test
  void eventInAnotherSpellingIsNamed() throws Refused {
    VerificationReport report =
        verifyLie(
            8,
            (log, index, bytes) ->
                new String(bytes, StandardCharsets.UTF_8)
                    .replace("{\"attributes\"", "{ \"attributes\"")
                    .getBytes(StandardCharsets.UTF_8));
    assertOnlyFailed(report, "events");
    assertEquals(OptionalLong.of(8), report.firstWrongEntry(), text(report));
  }
}
