package dev.cadastre.server.cli;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.fsck.FsckReport;
import dev.cadastre.proof.note.SignedNote;
import dev.cadastre.server.cell.CellFiles;
import dev.cadastre.server.cell.CellFsck;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.JsonText;
import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.UserFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a whole data directory from its bytes. */
@Command(
    name = "fsck",
    description = {
      "Check the whole ledger from its bytes.",
      "That is chain, tree, tiles, checkpoints and anchors, and the index against the logs. Names",
      "log, table, entry and what differs. Nothing in the directory is made, changed or repaired.",
      "Exits with 0 if all is sound, 1 if anything differs."
    },
    sortOptions = false)
final class FsckCommand implements Callable<Integer> {
  private static final int NOTE_BYTES_MAX = 64 * 1024;

  private final ProcessContext host;

  @Option(
      names = "--published",
      paramLabel = "FILE",
      description =
          "A signed checkpoint that left the cell; its log must still hold it. May be repeated."
              + " Only this tells that a whole older copy was put back.")
  private List<Path> published = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private DataOption data;

  FsckCommand(ProcessContext host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    FsckReport report =
        CellFsck.run(new CellFiles(data.directory(host), data.identity(host)), notes());
    if (json) {
      host.out().println(JsonText.of(report.toJson()));
    } else {
      report.lines().forEach(host.out()::println);
      if (!report.clean()) {
        host.err()
            .println(
                "cadastre: keep the directory as it is for whoever looks into it, and restore a"
                    + " backup (docs/backup.md)");
      }
    }
    return report.clean() ? ExitCode.OK : ExitCode.FAILED;
  }

  private List<SignedNote> notes() throws Refused {
    List<SignedNote> notes = new ArrayList<>();
    for (Path file : published) {
      try {
        notes.add(SignedNote.parse(UserFiles.read(file, NOTE_BYTES_MAX)));
      } catch (Refused refused) {
        throw new Refused(file + " is no signed checkpoint: " + refused.getMessage(), refused);
      }
    }
    return notes;
  }
}
