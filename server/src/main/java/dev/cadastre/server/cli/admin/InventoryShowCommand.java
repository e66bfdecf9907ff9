package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.log.PolicyHistory;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the inventory in force. */
@Command(
    name = "show",
    description = "Print the inventory in force as YAML, fit to be changed and adopted again.",
    sortOptions = false)
public final class InventoryShowCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Parameters(paramLabel = "ID", converter = TenantId.class, description = "The tenant's id.")
  private LogName tenant;

  @Mixin private DataOption data;

  public InventoryShowCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    try (Cell cell = data.open(host)) {
      LogReader log = cell.ledger().reader(tenant);
      Optional<AdoptedPolicy> adopted = cell.ledger().policy(tenant);
      Optional<Inventory> inventory = adopted.flatMap(AdoptedPolicy::inventory);
      if (inventory.isEmpty()) {
        host.out().println("# no inventory is in force for " + tenant);
        return ExitCode.OK;
      }
      long index = adopted.orElseThrow().index();
      String author = PolicyHistory.adoption(log, index).author();
      host.out().println("# in force by entry " + index + ", adopted by " + text(Json.of(author)));
      print(inventory.get().toJson());
    }
    return ExitCode.OK;
  }

  private void print(Json.Obj inventory) {
    for (Map.Entry<String, Json> member : inventory.members().entrySet()) {
      if (member.getValue() instanceof Json.Obj section) {
        host.out().println(member.getKey() + ":");
        section
            .members()
            .forEach((id, one) -> host.out().println("  " + text(Json.of(id)) + ": " + flow(one)));
      } else {
        host.out().println(member.getKey() + ": " + text(member.getValue()));
      }
    }
  }

  private static String flow(Json one) {
    return one instanceof Json.Obj members
        ? members.members().entrySet().stream()
            .map(member -> member.getKey() + ": " + text(member.getValue()))
            .collect(Collectors.joining(", ", "{", "}"))
        : text(one);
  }

  private static String text(Json json) {
    return new String(json.jcs(), StandardCharsets.UTF_8);
  }
}
