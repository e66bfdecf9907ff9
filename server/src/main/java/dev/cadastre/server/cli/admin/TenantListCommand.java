package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.CellView;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.JsonText;
import dev.cadastre.server.cli.option.ProcessContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the tenants. */
@Command(name = "list", description = "List the tenants, with the size and origin of each log.")
public final class TenantListCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private DataOption data;

  public TenantListCommand(ProcessContext host) {
    this.host = host;
  }

  private record Row(LogName id, String origin, long entries, OptionalLong policy) {
    Json.Obj json() {
      Json.Obj.Builder row =
          Json.Obj.builder().put("entries", entries).put("id", id.value()).put("origin", origin);
      policy.ifPresent(index -> row.put("policy", index));
      return row.build();
    }

    String line() {
      String adopted = policy.isPresent() ? "policy at entry " + policy.getAsLong() : "no policy";
      return String.format(
          Locale.ROOT, "%-24s %,12d entries  %-24s %s", id, entries, adopted, origin);
    }
  }

  @Override
  public Integer call() throws IOException, Refused {
    List<Row> rows = rows();
    if (json) {
      List<Json> items = new ArrayList<>(rows.stream().map(Row::json).toList());
      host.out().println(JsonText.of(new Json.Arr(items)));
    } else if (rows.isEmpty()) {
      host.err().println("cadastre: no tenants yet; add one with: cadastre tenant add");
    } else {
      rows.forEach(row -> host.out().println(row.line()));
    }
    return ExitCode.OK;
  }

  private List<Row> rows() throws IOException, Refused {
    List<Row> rows = new ArrayList<>();
    try (CellView cell = data.view(host)) {
      for (LogName tenant : cell.tenants()) {
        rows.add(row(cell, tenant));
      }
    }
    return rows;
  }

  private static Row row(CellView cell, LogName log) {
    return new Row(log, cell.origin(log), cell.ledger().size(log), cell.ledger().newestPolicy(log));
  }
}
