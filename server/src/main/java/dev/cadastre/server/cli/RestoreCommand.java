package dev.cadastre.server.cli;

import dev.cadastre.anchors.Restorer;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.log.TakenBack;
import dev.cadastre.server.backup.Restore;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cell.CellIdentity;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.Failure;
import dev.cadastre.server.cli.option.ProcessContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts a backup in a cell's place. */
@Command(
    name = "restore",
    description = {
      "Put a backup in the place of a cell's files, or into a new directory. No server may run on"
          + " it.",
      "What stood there is moved aside. Refuses to go behind what was signed or acknowledged, as"
          + " far",
      "as the directory still says it, unless that is accepted in words."
    },
    sortOptions = false)
final class RestoreCommand implements Callable<Integer> {
  private static final int NAMED_MAX = 3;

  private final ProcessContext host;

  @Option(names = "--from", paramLabel = "DIR", required = true, description = "The backup.")
  private Path from;

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description = "The cell's keys, if neither the backup nor the directory has them.")
  private @Nullable Path keys;

  @Option(
      names = "--accept-loss",
      paramLabel = "WHY",
      description =
          "Go behind what was signed or acknowledged, for this reason. The cell's log, each log"
              + " that is taken back, and an anchor say so for good.")
  private @Nullable String acceptLoss;

  @Mixin private DataOption data;

  RestoreCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    Restore restore =
        new Restore(
            from,
            data.directory(host),
            Optional.ofNullable(keys),
            line -> host.err().println("cadastre: " + line));
    Restore.Checked checked = restore.check();
    requireAccepted(checked.losses());
    Optional<Path> aside = restore.putInPlace(checked, host.clock().instant());
    CellIdentity identity = checked.manifest().identity();
    try (Cell cell = Cell.open(data.directory(host), identity, host.clock())) {
      if (!checked.losses().isEmpty()) {
        takeBack(new Restorer(cell.ledger(), host.clock(), "cli"));
      }
      cell.operator("cli").restored(checked.manifest().made(), reason(), checked.losses().size());
      for (var log : cell.ledger().logs()) {
        host.out().println("log " + log + ": " + cell.ledger().reader(log).size() + " entries");
      }
    }
    aside.ifPresent(place -> host.out().println("what stood there before is in " + place));
    host.out().println("restored " + data.directory(host) + " from " + from);
    return ExitCode.OK;
  }

  /** Lets logs go on that were signed beyond the backup, and says so in public. */
  private void takeBack(Restorer restorer) {
    for (TakenBack log : restorer.accept()) {
      host.out()
          .println(
              "log "
                  + log.log()
                  + " was signed at size "
                  + log.signed().size()
                  + ", and goes on from "
                  + log.size());
    }
  }

  private String reason() {
    return acceptLoss == null ? "" : acceptLoss.strip();
  }

  private void requireAccepted(List<String> losses) {
    if (acceptLoss != null && reason().isEmpty()) {
      throw Failure.mistake("--accept-loss wants a reason, which the cell's log keeps");
    }
    if (!losses.isEmpty() && acceptLoss == null) {
      String named = String.join("; ", losses.subList(0, Math.min(NAMED_MAX, losses.size())));
      int more = losses.size() - NAMED_MAX;
      throw Failure.refused(
          "nothing was restored, for it would go behind what is there: "
              + named
              + (more > 0 ? "; and " + more + " more" : "")
              + "; take a newer backup, or accept that with --accept-loss WHY");
    }
  }
}
