package dev.cadastre.ingest.foreign.supply;

import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.foreign.format.Fields;
import dev.cadastre.ingest.foreign.format.ForeignFormat;
import dev.cadastre.ingest.foreign.format.Mapping;
import java.util.List;
import java.util.Optional;

/**
 * Checkov's report in JSON ("Checkov, Reviewing scan results"): one framework's checks of one
 * directory. With several frameworks it is an array of them.
 */
public final class CheckovReport implements ForeignFormat {
  @Override
  public String name() {
    return "checkov";
  }

  @Override
  public List<String> marks() {
    return List.of("\"check_type\"", "\"results\"", "\"summary\"");
  }

  @Override
  public List<String> members() {
    return List.of("check_type");
  }

  @Override
  public boolean recognises(Fields record) {
    return record.isText("check_type")
        && record.isObject("results")
        && record.isObject("summary")
        && record.in("results").has("failed_checks");
  }

  @Override
  public void map(Fields record, Mapping to) {
    to.event("iac.scan");
    to.actor("service", Optional.of("checkov"));
    to.put(Names.AUDIT_ACTION, "scan");
    to.target(Optional.of("framework"), record.text("check_type"));
    ScanFindings findings = new ScanFindings();
    for (Fields check : record.objects("results", "failed_checks")) {
      findings.add(
          check.text("check_id"),
          check.text("severity").orElse("failed"),
          Fields.first(check.text("resource"), check.text("file_path")));
    }
    findings.put(to);
    record.number("summary", "passed").ifPresent(passed -> to.put("checkov.passed", passed));
  }
}
