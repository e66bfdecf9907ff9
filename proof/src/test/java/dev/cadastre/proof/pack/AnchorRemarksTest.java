package dev.cadastre.proof.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnchorRemarksTest {
  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void whatAnAnchorSaysOfOtherLogsIsNotedAndNoFailure(boolean leftOut, boolean back)
      throws Exception {
    SyntheticPack pack = SyntheticPack.betweenAnchors().saying(leftOut, back);
    VerificationReport report = Reports.verify(pack);
    assertTrue(report.verified(), report::toString);
    for (Checks kind : new Checks[] {Checks.ANCHOR_BEFORE, Checks.ANCHOR_AFTER}) {
      Check check = report.check(kind.id()).orElseThrow();
      assertEquals(leftOut || back ? Check.Status.NOTE : Check.Status.OK, check.status());
      assertEquals(leftOut, check.detail().contains("left out"), check.detail());
      assertEquals(back, check.detail().contains("taken back"), check.detail());
    }
  }
}
