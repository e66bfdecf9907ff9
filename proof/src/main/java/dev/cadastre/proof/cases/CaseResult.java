package dev.cadastre.proof.cases;

import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.detect.Alert;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a case came out.
 *
 * @param of the case
 * @param verdict what the judge said; empty for kinds that are not judged
 * @param alerts what the detectors noticed of the event
 * @param faults in what it differs from what the case expects, in words; empty when it holds
 */
public record CaseResult(
    PolicyCase of, Optional<Verdict> verdict, List<Alert> alerts, List<String> faults) {
  public CaseResult {
    alerts = List.copyOf(alerts);
    faults = List.copyOf(faults);
  }

  public boolean holds() {
    return faults.isEmpty();
  }

  /** For programs; {@code line} is where the case stands. */
  public Json.Obj toJson(int line) {
    Json.Builder json =
        Json.Obj.builder()
            .put("alerts", Json.strings(alerts.stream().map(one -> one.kind().wire()).toList()))
            .put("faults", Json.strings(faults))
            .put("line", line)
            .put("name", of.name())
            .put("ok", Json.of(holds()));
    verdict.ifPresent(
        said -> {
          json.put("outcome", said.outcome().wire());
          json.put("findings", new Json.Arr(said.findings().stream().map(this::finding).toList()));
        });
    return json.build();
  }

  private Json finding(Finding one) {
    return Json.Obj.builder()
        .put("hop", one.hop().wire())
        .put("outcome", one.outcome().wire())
        .put("rule", one.rule())
        .build();
  }

  /** {@code processing violation by customer-data.processing}, joined by commas. */
  static String words(List<Finding> findings) {
    return findings.stream()
        .map(one -> one.hop().wire() + " " + one.outcome().wire() + " by " + one.rule())
        .collect(Collectors.joining(", "));
  }
}
