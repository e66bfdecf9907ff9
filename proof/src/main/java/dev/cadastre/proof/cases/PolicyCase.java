package dev.cadastre.proof.cases;

import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import java.util.List;
import java.util.Optional;

/**
 * One case to a policy.
 *
 * @param name what it is about, in a sentence
 * @param path where it stands in its document, such as {@code cases[3]}
 * @param before what happened before, for the detectors; may be empty
 * @param event what happened
 * @param verdict what the judge should say
 * @param alerts wire names of what the detectors should notice of {@code event}, sorted; empty when
 *     the case does not say
 */
public record PolicyCase(
    String name,
    String path,
    List<RecordEvent> before,
    RecordEvent event,
    Optional<Expected> verdict,
    Optional<List<String>> alerts) {
  public PolicyCase {
    before = List.copyOf(before);
    alerts = alerts.map(List::copyOf);
  }

  /**
   * @param outcome the verdict's outcome
   * @param rule id of a rule whose finding made it so, where the case names one
   */
  public record Expected(Outcome outcome, Optional<String> rule) {
    @Override
    public String toString() {
      return outcome.wire() + rule.map(id -> " by " + id).orElse("");
    }
  }
}
