package dev.cadastre.portal.cli;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.anchors.Attester;
import dev.cadastre.anchors.Period;
import dev.cadastre.anchors.Periods;
import dev.cadastre.ledger.LogName;
import dev.cadastre.portal.cell.Cell;
import dev.cadastre.portal.pack.PackBuilder;
import dev.cadastre.proof.Refused;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes an evidence pack. */
@Command(
    name = "pack",
    description = {
      "Write the evidence pack of a period between two anchors.",
      "Without bounds it goes from the birth of the tenant's log to the newest anchor."
    },
    sortOptions = false)
final class PackCommand implements Callable<Integer> {
  private final Host host;

  @Option(
      names = "--tenant",
      paramLabel = "ID",
      required = true,
      converter = TenantId.class,
      description = "Whose log.")
  private LogName tenant;

  @Option(
      names = "--from",
      paramLabel = "T",
      converter = PointInTime.class,
      description =
          "The pack holds all that was received from this time on: 2026-03-01 (midnight UTC) or"
              + " 2026-03-01T12:00:00Z. It begins at the anchor before.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "T",
      converter = PointInTime.class,
      description = "And before this time. It ends at the anchor after.")
  private @Nullable Instant to;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The file to write, replaced if it is there.")
  private Path out;

  @Mixin private DataOption data;

  PackCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() throws IOException, Refused {
    if (Files.isDirectory(out)) {
      throw Failure.mistake("--out " + out + " is a directory; name a file");
    }
    try (Cell cell = data.open(host)) {
      cell.requireTenant(tenant);
      Period period =
          new Periods(new Anchors(cell.ledger()))
              .covering(tenant, Optional.ofNullable(from), Optional.ofNullable(to));
      write(cell, period);
      host.out()
          .println(
              "entries "
                  + period.from()
                  + " to "
                  + (period.to() - 1)
                  + " of "
                  + cell.origin(tenant)
                  + " in "
                  + out
                  + ", "
                  + Files.size(out)
                  + " bytes");
    }
    return ExitCode.OK;
  }

  /** The file appears under its name when it is whole. */
  private void write(Cell cell, Period period) throws IOException, Refused {
    Path directory = out.toAbsolutePath().getParent();
    Path part = Files.createTempFile(directory, "." + out.getFileName(), ".part");
    try {
      try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(part))) {
        new PackBuilder(cell.ledger(), new Attester(cell.ledger(), cell.keys()), cell.keys())
            .write(period, file, new Progress(host.err(), "entries", period.to() - period.from()));
      }
      Files.move(part, out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
