package dev.cadastre.server.cli;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.feed.LedgerEntries;
import dev.cadastre.ledger.search.index.Reindex;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.ProcessContext;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Rebuilds what is derived. */
@Command(
    name = "reindex",
    description = {
      "Drop the search index and build it anew from the logs.",
      "A server that is running does it itself, while it goes on serving."
    })
final class ReindexCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Mixin private DataOption data;

  ReindexCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    try (Cell cell = data.open(host)) {
      Reindex.run(
          cell.data(),
          cell.stores().open(Schema.INDEX),
          new LedgerEntries(cell.ledger()),
          line -> host.err().println("cadastre: " + line));
    }
    host.out().println("the index is rebuilt");
    return ExitCode.OK;
  }
}
