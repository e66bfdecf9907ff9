package dev.cadastre.portal.cli;

import dev.cadastre.ledger.LogName;
import dev.cadastre.portal.cell.Cell;
import dev.cadastre.portal.cell.PolicyYaml;
import dev.cadastre.proof.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Adopts a policy version. */
@Command(
    name = "set",
    description = "Adopt a residency policy; every later event of the tenant is judged by it.")
final class PolicySetCommand implements Callable<Integer> {
  private final Host host;

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

  @Mixin private DataOption data;

  PolicySetCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    PolicyYaml yaml = PolicyFile.read(policy, tenant, host);
    try (Cell cell = data.open(host)) {
      long index = cell.operator("cli").adoptPolicy(tenant, yaml);
      host.out().println("policy of " + tenant + " adopted as entry " + index);
    }
    return ExitCode.OK;
  }
}
