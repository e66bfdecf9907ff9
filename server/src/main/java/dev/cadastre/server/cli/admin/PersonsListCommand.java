package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.vault.PersonKey;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.TenantId;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the keys of a tenant's pseudonyms. */
@Command(
    name = "list",
    description = "List the periods of a tenant's pseudonyms, and whether their keys are left.",
    sortOptions = false)
public final class PersonsListCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Parameters(paramLabel = "ID", converter = TenantId.class, description = "The tenant's id.")
  private LogName tenant;

  @Mixin private DataOption data;

  public PersonsListCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    try (Cell cell = data.open(host)) {
      cell.ledger().reader(tenant);
      for (PersonKey key : cell.ledger().personKeys(tenant)) {
        String state = key.destroyed() ? "destroyed" : "linked to persons";
        host.out().println(key.period() + "." + key.number() + "  " + state);
      }
    }
    return ExitCode.OK;
  }
}
