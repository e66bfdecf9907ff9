package dev.cadastre.server.backup;

import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.files.OwnerOnly;
import dev.cadastre.ledger.fsck.FsckReport;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.ReadOnlyDatabase;
import dev.cadastre.ledger.store.sqlite.SqliteFile;
import dev.cadastre.server.cell.CellFsck;
import dev.cadastre.server.cell.CellIdentity;
import dev.cadastre.server.cell.CellView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A copy of a cell that may go on running meanwhile. Everything that was acknowledged before it was
 * begun is in it.
 *
 * <p>The order makes it consistent. What was signed is copied first: the entries it is of were
 * there before. Then the ledger, at one moment; then the vault, into which each entry's disclosures
 * were written before the entry.
 */
public final class Backup {
  private final Path data;
  private final CellIdentity identity;
  private final Path to;
  private final Consumer<String> progress;

  /**
   * @param to a directory that is not there yet, or empty
   * @param progress told in one line what is done next
   */
  public Backup(Path data, CellIdentity identity, Path to, Consumer<String> progress) {
    this.data = data;
    this.identity = identity;
    this.to = to;
    this.progress = progress;
  }

  /**
   * Writes the copy and checks it as {@code fsck} does.
   *
   * @param now the time it is begun
   * @throws Refused if the cell is not whole, or the directory not free
   * @throws StorageFailure if the copy could not be written, or is not sound
   */
  public Manifest write(boolean withKeys, Instant now) throws IOException, Refused {
    requireFree();
    Map<String, Long> acknowledged = new TreeMap<>();
    CellKeys keys;
    try (CellView cell = CellView.open(data, identity)) {
      keys = cell.keys();
      for (LogName log : cell.logs()) {
        acknowledged.put(log.value(), cell.ledger().size(log));
      }
    }
    OwnerOnly.makeDirectory(to);
    copy(withKeys);
    progress.accept("checking the copy");
    FsckReport report = CellFsck.run(to, keys, List.of());
    if (!report.clean()) {
      throw new StorageFailure(
          "the copy in "
              + to
              + " is not sound: "
              + report.findings().get(0).line()
              + "; run cadastre fsck on "
              + data);
    }
    Manifest manifest =
        new Manifest(
            identity, now, withKeys, report.logs().stream().map(Manifest.Log::of).toList());
    requireAll(acknowledged, manifest);
    manifest.write(to);
    Parts.sync(to);
    return manifest;
  }

  private void requireFree() throws IOException, Refused {
    if (Files.exists(to) && (!Files.isDirectory(to) || !Parts.children(to).isEmpty())) {
      throw new Refused(to + " is there already and not empty; name a new directory with --to");
    }
    Path place = to.toAbsolutePath().normalize();
    if (place.startsWith(data.toAbsolutePath().normalize())) {
      throw new Refused(to + " lies within the cell's own directory; name another with --to");
    }
  }

  private void copy(boolean withKeys) throws IOException {
    Parts.copy(data.resolve(Parts.SIGNED), to.resolve(Parts.SIGNED));
    for (Schema schema : List.of(Schema.LEDGER, Schema.VAULT)) {
      progress.accept("copying " + SqliteFile.name(schema));
      ReadOnlyDatabase.of(data, schema).copyTo(to.resolve(SqliteFile.name(schema)));
    }
    for (String part : Parts.SIDE) {
      Parts.copy(data.resolve(part), to.resolve(part));
    }
    if (withKeys) {
      Parts.copy(data.resolve(Parts.KEYS), to.resolve(Parts.KEYS));
    }
    Parts.copy(data.resolve(Parts.IDENTITY), to.resolve(Parts.IDENTITY));
    Parts.sync(to);
  }

  private void requireAll(Map<String, Long> acknowledged, Manifest manifest) {
    Map<String, Long> copied = new TreeMap<>();
    manifest.logs().forEach(log -> copied.put(log.name(), log.entries()));
    acknowledged.forEach(
        (log, entries) -> {
          if (copied.getOrDefault(log, 0L) < entries) {
            throw new StorageFailure(
                "the copy of log "
                    + log
                    + " has "
                    + copied.getOrDefault(log, 0L)
                    + " entries, the log had "
                    + entries
                    + "; report this as a defect");
          }
        });
  }
}
