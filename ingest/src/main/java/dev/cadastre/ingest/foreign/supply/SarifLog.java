package dev.cadastre.ingest.foreign.supply;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * SARIF 2.1.0 (OASIS), as Checkov, Trivy, tfsec, CodeQL and others write it: one scan, with the
 * rules that found something and where. The texts of its results, which quote code, stay with the
 * original.
 */
public final class SarifLog implements ForeignFormat {
  @Override
  public String name() {
    return "sarif";
  }

  @Override
  public List<String> marks() {
    return List.of("\"runs\"", "\"tool\"", "\"driver\"");
  }

  @Override
  public List<String> members() {
    return List.of("runs");
  }

  @Override
  public boolean recognises(Fields record) {
    return record.text("version").filter(version -> version.startsWith("2.")).isPresent()
        && !runs(record).isEmpty()
        && runs(record).stream().allMatch(run -> run.isText("tool", "driver", "name"));
  }

  private static List<Fields> runs(Fields record) {
    return record.objects("runs");
  }

  private static Stream<Fields> results(Fields record) {
    return runs(record).stream()
        .flatMap(run -> run.objects("results").stream())
        // A run may list what it checked and found in order.
        .filter(one -> one.text("kind").orElse("fail").equals("fail"))
        .filter(one -> one.objects("suppressions").isEmpty());
  }

  @Override
  public void map(Fields record, Mapping to) {
    Fields first = runs(record).get(0);
    to.event("iac.scan");
    to.id(
        Fields.first(
            first.text("automationDetails", "guid"), first.text("automationDetails", "id")));
    to.time(
        first.objects("invocations").stream()
            .flatMap(one -> one.text("endTimeUtc").stream())
            .findFirst());
    to.actor("service", first.text("tool", "driver", "name"));
    to.put(Names.AUDIT_ACTION, "scan");
    to.target(
        Optional.of("repository"),
        first.objects("versionControlProvenance").stream()
            .flatMap(one -> one.text("repositoryUri").stream())
            .findFirst());
    ScanFindings findings = new ScanFindings();
    results(record)
        .forEach(
            one ->
                findings.add(one.text("ruleId"), one.text("level").orElse("warning"), file(one)));
    findings.put(to);
  }

  private static Optional<String> file(Fields result) {
    return result.objects("locations").stream()
        .flatMap(one -> one.text("physicalLocation", "artifactLocation", "uri").stream())
        .findFirst();
  }
}
