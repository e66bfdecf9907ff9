package dev.cadastre.proof.pack;

import static dev.cadastre.proof.pack.Reports.assertFailed;
import static dev.cadastre.proof.pack.Reports.assertOnlyFailed;
import static dev.cadastre.proof.pack.Reports.status;
import static dev.cadastre.proof.pack.Reports.text;
import static dev.cadastre.proof.pack.Reports.verify;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.pack.format.PackLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Good packs verify, and say what they rest on. */
class PackVerifierTest {
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
}
