package dev.cadastre.server.cli;

import dev.cadastre.formats.Refused;
import dev.cadastre.server.backup.Backup;
import dev.cadastre.server.backup.Manifest;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.ProcessContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Copies a cell. */
@Command(
    name = "backup",
    description = {
      "Copy the whole cell, consistently, while it runs, and check the copy as fsck does.",
      "Everything that was acknowledged before it was begun is in it. Put it back with restore."
    },
    sortOptions = false)
final class BackupCommand implements Callable<Integer> {
  private final ProcessContext host;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Where to: a directory that is not there yet, or empty.")
  private Path to;

  @ArgGroup private Keys keys = new Keys();

  @Mixin private DataOption data;

  /** One of the two, or neither. */
  static final class Keys {
    @Option(
        names = "--with-keys",
        description =
            "Copy the cell's keys too, which sign and open private attributes. The default.")
    private boolean with;

    @Option(
        names = "--without-keys",
        description =
            "Leave them out: the copy shows no private attribute, and is restored with"
                + " keys that were kept apart.")
    private boolean without;
  }

  BackupCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    Backup backup =
        new Backup(
            data.directory(host),
            data.identity(host),
            to,
            line -> host.err().println("cadastre: " + line));
    Manifest made = backup.write(!keys.without, host.clock().instant());
    made.logs()
        .forEach(
            log ->
                host.out()
                    .println(
                        "log "
                            + log.name()
                            + ": "
                            + log.entries()
                            + " entries, root "
                            + log.root()));
    host.out()
        .println(
            "backup of "
                + made.identity().name()
                + "/"
                + made.identity().cell()
                + " in "
                + to
                + (made.keys()
                    ? ", with the cell's keys: guard it like the cell"
                    : ", without the cell's keys: keep those elsewhere"));
    return ExitCode.OK;
  }
}
