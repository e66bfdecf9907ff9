package dev.cadastre.server.cli;

import dev.cadastre.anchors.Anchorer;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.JsonText;
import dev.cadastre.server.cli.option.ProcessContext;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes an anchor now. */
@Command(
    name = "anchor",
    description = "Close the time since the last anchor and sign a new one now.")
final class AnchorCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private DataOption data;

  AnchorCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    try (Cell cell = data.open(host)) {
      Anchorer.Made made = cell.operator("cli").anchor();
      host.out().println(json ? JsonText.of(json(cell, made)) : line(cell, made));
    }
    return ExitCode.OK;
  }

  private static Json.Obj json(Cell cell, Anchorer.Made made) {
    return Json.Obj.builder()
        .put("date", made.event().date())
        .put("incomplete", made.event().incomplete())
        .put("index", made.index())
        .put("logs", made.logs())
        .put("origin", cell.origin(LogName.ANCHORS))
        .put("root", made.event().root().hex())
        .build();
  }

  private static String line(Cell cell, Anchorer.Made made) {
    return "anchor "
        + made.index()
        + " of "
        + cell.origin(LogName.ANCHORS)
        + " closes "
        + made.event().date()
        + " over "
        + made.logs()
        + " logs; root "
        + made.event().root().hex()
        + leftOut(made);
  }

  private static String leftOut(Anchorer.Made made) {
    return made.leftOut().isEmpty()
        ? ""
        : "; incomplete, since these logs are stopped: "
            + String.join(", ", made.leftOut().keySet().stream().map(LogName::value).toList());
  }
}
