package dev.cadastre.proof.pack;

import static dev.cadastre.proof.pack.Reports.assertFailed;
import static dev.cadastre.proof.pack.Reports.assertOnlyFailed;
import static dev.cadastre.proof.pack.Reports.text;
import static dev.cadastre.proof.pack.Reports.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * A keeper who writes something false into the log from the start: only the content checks can
 * tell.
 */
class LyingKeeperTest {
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
