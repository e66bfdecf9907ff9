package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cell.PolicyYaml;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.NameOptions;
import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.TenantId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Provisions a tenant. */
@Command(
    name = "add",
    description = "Make a tenant's log and adopt its first residency policy.",
    sortOptions = false)
public final class TenantAddCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Parameters(
      paramLabel = "ID",
      converter = TenantId.class,
      description = "The tenant's id: 1 to 63 lower-case letters, digits and hyphens.")
  private LogName tenant;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      required = true,
      description = "The residency policy, YAML; see docs/formats/policy.md.")
  private Path policy;

  @Mixin private DataOption data;
  @Mixin private NameOptions names;

  public TenantAddCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    PolicyYaml yaml = PolicyFile.read(policy, tenant, host);
    try (Cell cell = data.openOrCreate(host, names.name(), names.cell())) {
      long index = cell.operator("cli").addTenant(tenant, yaml);
      host.out().println("tenant " + tenant + " added; its policy is entry " + index);
    }
    return ExitCode.OK;
  }
}
