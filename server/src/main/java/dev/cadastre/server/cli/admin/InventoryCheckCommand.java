package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.inventory.InventorySection;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.ProcessContext;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks an inventory's file. */
@Command(
    name = "check",
    description = "Say whether an inventory could be adopted, or where it is wrong.",
    sortOptions = false)
public final class InventoryCheckCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Parameters(
      paramLabel = "FILE",
      description = "The inventory, YAML; see docs/formats/inventory.md.")
  private Path file;

  public InventoryCheckCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws Refused {
    Inventory inventory = InventoryFile.read(file);
    String sections =
        Stream.of(InventorySection.values())
            .filter(section -> !inventory.section(section).isEmpty())
            .map(section -> inventory.section(section).size() + " " + section.wire())
            .collect(Collectors.joining(", "));
    host.out()
        .println(
            file
                + " is an inventory of "
                + inventory.tenant()
                + ": "
                + (sections.isEmpty() ? "nothing" : sections)
                + "; "
                + inventory.toJson().jcs().length
                + " of "
                + Inventory.BYTES_MAX
                + " bytes");
    return ExitCode.OK;
  }
}
