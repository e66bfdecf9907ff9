package dev.cadastre.portal.cli;

import dev.cadastre.ledger.LogName;
import dev.cadastre.portal.cell.CellView;
import dev.cadastre.proof.Refused;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one verifier key. */
@Command(
    name = "show",
    description = "Print the verifier key (C2SP vkey) of one log, alone, on standard output.")
final class KeysShowCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Parameters(paramLabel = "LOG", description = "A tenant's id, or 'anchors' or 'cell'.")
  private String log;

  @Mixin private DataOption data;

  KeysShowCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    LogName name = LogName.parse(log);
    try (CellView cell = data.view()) {
      if (!cell.logs().contains(name)) {
        throw Failure.mistake("there is no log " + name + "; the logs are " + cell.logs());
      }
      host.out().println(KeysListCommand.LogKey.of(cell, name).vkey());
    }
    return ExitCode.OK;
  }
}
