package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.log.PolicyHistory;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.Cell;
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

/** Adopts an inventory. */
@Command(
    name = "adopt",
    description = {
      "Adopt an inventory: what later events leave out is looked up in it, and what they",
      "say otherwise is an alert. Prints in what it differs from the one before."
    },
    sortOptions = false)
public final class InventoryAdoptCommand implements Callable<Integer> {
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
      description = "The inventory, YAML; see docs/formats/inventory.md.")
  private Path file;

  @Option(
      names = "--author",
      paramLabel = "NAME",
      defaultValue = "cli",
      description = "Who declares it, for the entry to say (default: ${DEFAULT-VALUE}).")
  private String author;

  @Mixin private DataOption data;

  public InventoryAdoptCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    Inventory inventory = InventoryFile.read(file);
    try (Cell cell = data.open(host)) {
      long index = cell.operator("cli").adoptInventory(tenant, inventory, author);
      host.out().println("inventory of " + tenant + " adopted as entry " + index);
      LogReader log = cell.ledger().reader(tenant);
      List<String> changes = PolicyHistory.changes(log, PolicyHistory.adoption(log, index));
      if (changes.isEmpty()) {
        host.out().println("it says the same as the one before");
      }
      changes.forEach(change -> host.out().println("  " + change));
    }
    return ExitCode.OK;
  }
}
