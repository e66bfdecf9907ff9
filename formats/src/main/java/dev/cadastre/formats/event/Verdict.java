package dev.cadastre.formats.event;

import java.util.List;

/**
 * The judge's verdict on one event.
 *
 * @param outcome the heaviest of the findings
 * @param findings at least one, in the order the judge looked
 * @param policy index of the {@code policy.adopted} entry by which the event was judged
 */
public record Verdict(Outcome outcome, List<Finding> findings, long policy) {
  public Verdict {
    findings = List.copyOf(findings);
  }

  /** The verdict that follows from {@code findings}, of which there is at least one. */
  public static Verdict of(List<Finding> findings, long policy) {
    Outcome heaviest = Outcome.COMPLIANT;
    for (Finding finding : findings) {
      heaviest = heaviest.or(finding.outcome());
    }
    return new Verdict(heaviest, findings, policy);
  }
}
