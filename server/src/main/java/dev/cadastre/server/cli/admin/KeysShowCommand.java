package dev.cadastre.server.cli.admin;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.server.cell.CellView;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.Failure;
import dev.cadastre.server.cli.option.ProcessContext;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one verifier key. */
@Command(
    name = "show",
    description = "Print the verifier key (C2SP vkey) of one log, alone, on standard output.")
public final class KeysShowCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Parameters(paramLabel = "LOG", description = "A tenant's id, or 'anchors' or 'cell'.")
  private String log;

  @Mixin private DataOption data;

  public KeysShowCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    LogName name = LogName.parse(log);
    try (CellView cell = data.view(host)) {
      if (!cell.logs().contains(name)) {
        throw Failure.mistake("there is no log " + name + "; the logs are " + cell.logs());
      }
      host.out().println(KeysListCommand.LogKey.of(cell, name).vkey());
    }
    return ExitCode.OK;
  }
}
