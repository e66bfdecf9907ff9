package dev.cadastre.portal.web.page;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.anchors.AttestationWork;
import dev.cadastre.anchors.Period;
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
