package dev.cadastre.server.cli.option;

import dev.cadastre.server.cell.CellIdentity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a new data directory is called. */
public final class NameOptions {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "The ledger's name, the first part of every log's origin."
              + " Fixed when the directory is made; default: "
              + CellIdentity.DEFAULT_NAME)
  private @Nullable String name;

  @Option(
      names = "--cell",
      paramLabel = "CELL",
      description =
          "The cell's name, such as eu-de. Fixed when the directory is made; default: "
              + CellIdentity.DEFAULT_CELL)
  private @Nullable String cell;

  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  public Optional<String> cell() {
    return Optional.ofNullable(cell);
  }
}
