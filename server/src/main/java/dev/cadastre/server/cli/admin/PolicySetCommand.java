package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.log.PolicyHistory;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cell.PolicyYaml;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.TenantId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adopts a policy version. */
@Command(
    name = "set",
    description = {
      "Adopt a residency policy; every later event of the tenant is judged by it.",
      "Prints in what it differs from the one before."
    },
    sortOptions = false)
public final class PolicySetCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      converter = TenantId.class,
      description = "The tenant's id.")
  private LogName tenant;

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "The policy, YAML; see docs/formats/policy.md.")
  private Path policy;

  @Option(
      names = "--author",
      paramLabel = "NAME",
      defaultValue = "cli",
      description = "Who decided so, for the entry to say (default: ${DEFAULT-VALUE}).")
  private String author;

  @Mixin private DataOption data;

  public PolicySetCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    PolicyYaml yaml = PolicyFile.read(policy, tenant, host);
    try (Cell cell = data.open(host)) {
      long index = cell.operator("cli").adoptPolicy(tenant, yaml, author);
      host.out().println("policy of " + tenant + " adopted as entry " + index);
      LogReader log = cell.ledger().reader(tenant);
      print(PolicyHistory.changes(log, PolicyHistory.adoption(log, index)));
    }
    return ExitCode.OK;
  }

  private void print(List<String> changes) {
    if (changes.isEmpty()) {
      host.out().println("it says the same as the one before");
    }
    changes.forEach(change -> host.out().println("  " + change));
  }
}
