package dev.cadastre.proof.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.pack.format.PackRefused;
import java.util.List;
import java.util.Optional;

/** What a verifier reports of a pack, for tests. */
public final class Reports {
  private Reports() {}

  public static VerificationReport verify(byte[] zip, Optional<TrustPolicy> trust)
      throws PackRefused {
    return PackVerifier.verify(PackReader.of(zip, PackLimits.STANDARD), trust);
  }

  public static VerificationReport verify(byte[] zip) throws PackRefused {
    return verify(zip, Optional.empty());
  }

  public static VerificationReport verify(SyntheticPack pack) throws PackRefused {
    return verify(pack.zip());
  }

  public static String status(VerificationReport report, String id) {
    return report.check(id).orElseThrow().status().word();
  }

  static String detail(VerificationReport report, String id) {
    return report.check(id).orElseThrow().detail();
  }

  /** A line a check. */
  public static String text(VerificationReport report) {
    StringBuilder text = new StringBuilder();
    report
        .checks()
        .forEach(c -> text.append(c.status().word() + " " + c.id() + ": " + c.detail() + "\n"));
    return text.toString();
  }

  /** Ids of the checks of that status, in the order of the report. */
  static List<String> idsOf(VerificationReport report, Check.Status status) {
    return report.checks().stream()
        .filter(check -> check.status() == status)
        .map(Check::id)
        .toList();
  }

  public static void assertFailed(VerificationReport report, String... ids) {
    assertFalse(report.verified(), text(report));
    for (String id : ids) {
      assertEquals("failed", status(report, id), text(report));
    }
  }

  public static void assertOnlyFailed(VerificationReport report, String id) {
    assertEquals(List.of(id), idsOf(report, Check.Status.FAILED), text(report));
  }
}
