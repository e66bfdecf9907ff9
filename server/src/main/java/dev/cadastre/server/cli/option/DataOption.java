package dev.cadastre.server.cli.option;

import dev.cadastre.formats.Refused;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cell.CellIdentity;
import dev.cadastre.server.cell.CellView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which data directory a command works on. */
public final class DataOption {
  private static final Path USUAL = Path.of("cadastre-data");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The cell's data directory; a server may be running on it."
              + " Default: $CADASTRE_DATA, else ./cadastre-data.")
  private @Nullable Path given;

  private Optional<Path> given() {
    return Optional.ofNullable(given);
  }

  public Path directory(ProcessContext host) {
    return directory(host, Optional.empty());
  }

  /**
   * The directory of the command line, else of the environment, else what is configured, else the
   * usual one.
   */
  public Path directory(ProcessContext host, Optional<Path> configured) {
    return given().or(host.variables()::data).or(() -> configured).orElse(USUAL);
  }

  /** The identity of the cell that must be there already. */
  public CellIdentity identity(ProcessContext host) throws IOException, Refused {
    Path directory = directory(host);
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw Failure.mistake(directory + " is a file; name a directory with --data");
    }
    return CellIdentity.of(directory)
        .orElseThrow(
            () ->
                Failure.mistake(
                    "there is no cell in "
                        + directory
                        + "; name its directory with --data, or start one with: cadastre serve"
                        + " --data "
                        + directory));
  }

  /** Opens the cell that must be there already. */
  public Cell open(ProcessContext host) throws IOException, Refused {
    return Cell.open(directory(host), identity(host), host.clock());
  }

  /** Opens the cell that must be there already, to look at it alone. */
  public CellView view(ProcessContext host) throws IOException, Refused {
    return CellView.open(directory(host), identity(host));
  }

  /** Opens the cell, which is made first if the directory has none. */
  public Cell openOrCreate(ProcessContext host, Optional<String> name, Optional<String> cell)
      throws IOException, Refused {
    Path directory = directory(host);
    return Cell.open(directory, CellIdentity.settle(directory, name, cell), host.clock());
  }
}
