package dev.cadastre.portal.page.evidence;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.evidence.AttestationWork;
import dev.cadastre.evidence.Period;
import dev.cadastre.portal.page.PeriodChoice;
import dev.cadastre.portal.page.Words;
import java.util.List;
import java.util.Optional;

/** The page while an attestation is being computed. */
public record Computing(PeriodChoice period, int percent, String entries) {
  static Computing of(List<Anchors.Anchored> held, AttestationWork work) {
    Period period = work.period();
    return new Computing(
        PeriodChoice.of(held, Optional.of(period)),
        (int) Math.round(work.progress() * 99),
        Words.count(period.to() - period.from(), "entry", "entries"));
  }
}
