package dev.cadastre.proof.cases;

import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.inventory.Lookup;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.proof.detect.Alert;
import dev.cadastre.proof.detect.Detectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs one case through the judge and the detectors, as a log of its own would. */
final class CaseRun {
  private static final long ADOPTED = 1;

  private final Policy policy;
  private final Optional<Inventory> inventory;
  private final Registry registry;
  private final Detectors detectors;
  private long next = ADOPTED + 1;

  private CaseRun(Policy policy, Optional<Inventory> inventory, Registry registry) {
    this.policy = policy;
    this.inventory = inventory;
    this.registry = registry;
    this.detectors = new Detectors(registry);
    PolicyAdoption adoption =
        new PolicyAdoption(
            "case",
            Judge.VERSION,
            policy.toJson(),
            inventory.map(Inventory::toJson),
            OptionalLong.empty(),
            registry.sha256(),
            "");
    detectors.add(ADOPTED, 0, adoption);
  }

  static CaseResult run(
      PolicyCase one, Policy policy, Optional<Inventory> inventory, Registry registry) {
    CaseRun run = new CaseRun(policy, inventory, registry);
    one.before().forEach(event -> run.notice(run.judged(event)));
    RecordEvent event = run.judged(one.event());
    List<Alert> alerts = run.notice(event);
    List<String> faults = new ArrayList<>();
    one.verdict()
        .flatMap(expected -> fault(expected, event, event.verdict().orElseThrow()))
        .ifPresent(faults::add);
    one.alerts().flatMap(expected -> fault(expected, alerts)).ifPresent(faults::add);
    return new CaseResult(one, event.verdict(), alerts, faults);
  }

  private RecordEvent judged(RecordEvent event) {
    if (!event.kind().judged()) {
      return event;
    }
    RecordEvent completed = Lookup.completed(event, inventory, registry);
    return completed.withVerdict(
        Judge.judge(completed, policy, registry, ADOPTED, event.claimedTime()));
  }

  private List<Alert> notice(RecordEvent event) {
    return detectors.add(next++, 0, event);
  }

  private static Optional<String> fault(
      PolicyCase.Expected expected, RecordEvent event, Verdict verdict) {
    boolean same = verdict.outcome() == expected.outcome();
    boolean ruled =
        expected.rule().isEmpty()
            || verdict.findings().stream()
                .filter(finding -> finding.outcome() == expected.outcome())
                .anyMatch(finding -> finding.rule().equals(expected.rule().get()));
    return same && ruled
        ? Optional.empty()
        : Optional.of(
            "expected "
                + expected
                + ", the judge says "
                + verdict.outcome().wire()
                + ": "
                + CaseResult.words(verdict.findings())
                + hint(expected, event, verdict.findings()));
  }

  /** What most often makes a case come out otherwise than its writer thought. */
  private static String hint(
      PolicyCase.Expected expected, RecordEvent event, List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding.rule().equals("place.unknown") && event.locations().containsKey(finding.hop())) {
        return "; nobody knows the place " + event.locations().get(finding.hop()).place();
      }
    }
    return expected.outcome() == Outcome.EXCEPTION && event.claimedTime() == 0
        ? "; an event without a time has no exception"
        : "";
  }

  private static Optional<String> fault(List<String> expected, List<Alert> alerts) {
    List<String> noticed = alerts.stream().map(one -> one.kind().wire()).sorted().toList();
    return noticed.equals(expected)
        ? Optional.empty()
        : Optional.of("expected the alerts " + expected + ", the detectors notice " + noticed);
  }
}
