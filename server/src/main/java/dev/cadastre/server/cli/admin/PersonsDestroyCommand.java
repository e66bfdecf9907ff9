package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
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

/** Destroys the key of a period's pseudonyms. */
@Command(
    name = "destroy",
    description = {
      "Unlink a period's pseudonyms from persons for good. Every proof still holds.",
      "What was interrupted is done by giving the command again."
    },
    sortOptions = false)
public final class PersonsDestroyCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      converter = TenantId.class,
      description = "The tenant's id.")
  private LogName tenant;

  @Parameters(
      index = "1",
      paramLabel = "PERIOD",
      description = "The month, such as 2026-03; see persons list.")
  private String period;

  @Mixin private DataOption data;

  public PersonsDestroyCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    try (Cell cell = data.open(host)) {
      cell.operator("cli").destroyPersons(tenant, period);
      host.out().println("pseudonyms of " + tenant + " in " + period + " lead to nobody any more");
    }
    return ExitCode.OK;
  }
}
