package dev.cadastre.ledger.fsck;

import dev.cadastre.formats.json.Json;
import java.util.ArrayList;
import java.util.List;

/** What a check of a cell's files found. */
public record FsckReport(List<LogSummary> logs, List<FsckFinding> findings) {
  public FsckReport {
    logs = List.copyOf(logs);
    findings = List.copyOf(findings);
  }

  public boolean clean() {
    return findings.isEmpty();
  }

  /** A line for each log, a line for each finding, and a verdict. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (LogSummary log : logs) {
      lines.add(
          "log "
              + log.log()
              + ": "
              + log.entries()
              + " entries, root "
              + log.root()
              + ", "
              + log.roots()
              + " signed roots");
    }
    findings.forEach(finding -> lines.add("FOUND " + finding.line()));
    lines.add(
        clean() ? "clean" : findings.size() == 1 ? "1 finding" : findings.size() + " findings");
    return lines;
  }

  /**
   * {@code
   * {"clean":b,"findings":[{"index","log","table","what"}],"logs":[{"entries","log","root","roots"}]}}.
   */
  public Json.Obj toJson() {
    return Json.Obj.builder()
        .put("clean", clean())
        .put(
            "findings",
            new Json.Arr(List.copyOf(findings.stream().map(FsckFinding::toJson).toList())))
        .put("logs", new Json.Arr(List.copyOf(logs.stream().map(LogSummary::toJson).toList())))
        .build();
  }
}
