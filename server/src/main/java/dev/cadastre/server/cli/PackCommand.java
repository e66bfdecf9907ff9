package dev.cadastre.server.cli;

import dev.cadastre.anchors.Anchors;
import dev.cadastre.evidence.Attester;
import dev.cadastre.evidence.Period;
import dev.cadastre.evidence.Periods;
import dev.cadastre.evidence.pack.PackBuilder;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.proof.pack.format.PackPart;
import dev.cadastre.server.cell.Cell;
import dev.cadastre.server.cli.option.DataOption;
import dev.cadastre.server.cli.option.ExitCode;
import dev.cadastre.server.cli.option.Failure;
import dev.cadastre.server.cli.option.PointInTime;
import dev.cadastre.server.cli.option.ProcessContext;
import dev.cadastre.server.cli.option.Progress;
import dev.cadastre.server.cli.option.TenantId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
  private final ProcessContext host;

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
      description =
          "The file to write, replaced if it is there. A period that outgrows one pack becomes a"
              + " set: FILE-1of3.zip and so on.")
  private Path out;

  @Mixin private DataOption data;

  PackCommand(ProcessContext host) {
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
      List<Path> files = write(cell, period);
      report(cell, period, files);
    }
    return ExitCode.OK;
  }

  private static String range(Period period) {
    return period.from() == period.to()
        ? "no entry (the period starts at " + period.from() + ", where the log ends at its anchor)"
        : "entries " + period.from() + " to " + (period.to() - 1);
  }

  private void report(Cell cell, Period period, List<Path> files) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    host.out()
        .println(
            range(period)
                + " of "
                + cell.origin(tenant)
                + " in "
                + files.stream().map(Path::toString).collect(Collectors.joining(" "))
                + ", "
                + bytes
                + " bytes");
    if (files.size() > 1) {
      host.out().println("they are one set: verify them together");
    }
  }

  /** The files appear under their names when all are whole. */
  private List<Path> write(Cell cell, Period period) throws IOException, Refused {
    SortedMap<Path, Path> parts = new TreeMap<>();
    try {
      new PackBuilder(cell.ledger(), new Attester(cell.ledger(), cell.keys()), cell.keys())
          .writeAll(
              period,
              part -> open(parts, name(part)),
              new Progress(host.err(), "entries", period.to() - period.from()));
      for (Map.Entry<Path, Path> whole : parts.entrySet()) {
        Files.move(
            whole.getValue(),
            whole.getKey(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      for (Path part : parts.values()) {
        Files.deleteIfExists(part);
      }
    }
    return List.copyOf(parts.keySet());
  }

  private OutputStream open(SortedMap<Path, Path> parts, Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path part = Files.createTempFile(directory, "." + file.getFileName(), ".part");
    parts.put(file, part);
    return new BufferedOutputStream(Files.newOutputStream(part));
  }

  /** The file that was named or, of a set, with the part's number behind its name. */
  private Path name(Optional<PackPart> part) {
    return part.map(this::name).orElse(out);
  }

  private Path name(PackPart part) {
    String file = String.valueOf(out.getFileName());
    int dot = file.lastIndexOf('.');
    String stem = dot > 0 ? file.substring(0, dot) : file;
    String ending = dot > 0 ? file.substring(dot) : "";
    int digits = Integer.toString(part.count()).length();
    String number = String.format(Locale.ROOT, "%0" + digits + "d", part.number());
    return out.resolveSibling(stem + "-" + number + "of" + part.count() + ending);
  }
}
