package dev.cadastre.formats.residency;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import java.util.List;
import java.util.Set;

/** What rules of purpose object to. */
final class PurposeFindings {
  /** Kinds that need not say what for. */
  private static final Set<Kind> ASIDE =
      Set.of(Kind.KEY_USE, Kind.KEY_LIFECYCLE, Kind.GATEWAY_DECISION);

  private static final String PURPOSES = ".purposes";

  private PurposeFindings() {}

  static void add(RecordEvent event, Policy policy, List<String> categories, Findings findings) {
    for (String category : categories) {
      policy
          .purposes(category)
          .ifPresent(
              rule ->
                  findings.object(
                      Hop.PROCESSING, among(event, rule.getValue()), rule.getKey() + PURPOSES));
      for (Sorts.Sort sort : Sorts.of(event, policy, category)) {
        Outcome outcome = among(event, sort.rules().purposes());
        if (sort.said()) {
          findings.object(Hop.PROCESSING, outcome, sort.id() + PURPOSES);
        } else if (outcome != Outcome.COMPLIANT) {
          findings.add(Hop.PROCESSING, Outcome.UNPROVEN, sort.id());
        }
      }
    }
  }

  private static Outcome among(RecordEvent event, List<String> allowed) {
    if (allowed.isEmpty()) {
      return Outcome.COMPLIANT;
    }
    List<Value> stated = Findings.stated(event, Names.DATA_PURPOSE);
    if (stated.isEmpty()) {
      return ASIDE.contains(event.kind()) ? Outcome.COMPLIANT : Outcome.UNPROVEN;
    }
    return Findings.among(stated, allowed);
  }
}
