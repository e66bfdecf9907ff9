package dev.cadastre.server.backup;

import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.anchors.keys.KeyStoreDamaged;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.files.OwnerOnly;
import dev.cadastre.ledger.fsck.FsckReport;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.index.IndexFile;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.Snapshot;
import dev.cadastre.ledger.store.sqlite.DatabaseFile;
import dev.cadastre.ledger.store.sqlite.ReadOnlyDatabase;
import dev.cadastre.ledger.store.sqlite.SqliteFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import dev.cadastre.ledger.vault.VaultKeys;
import dev.cadastre.server.cell.CellFsck;
import dev.cadastre.server.cell.CellIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts a backup in the place of a cell's files. What stood there is moved aside, never deleted, but
 * for the index. What was signed last stays as it is known in the directory, and so does a vault
 * that is whole: what was destroyed or revoked since the backup stays so.
 *
 * <p>An interrupted restore leaves a directory that no server starts on; it is done again.
 */
public final class Restore {
  private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");

  private final Path from;
  private final Path data;
  private final Optional<Path> keysApart;
  private final Consumer<String> progress;

  /**
   * @param from the backup
   * @param data the cell's directory, which may be missing, empty, damaged or whole
   * @param keysApart the cell's keys, when they are in neither
   * @param progress told in one line what is done next
   */
  public Restore(Path from, Path data, Optional<Path> keysApart, Consumer<String> progress) {
    this.from = from;
    this.data = data;
    this.keysApart = keysApart;
    this.progress = progress;
  }

  /** A backup that may be put in place. */
  public record Checked(Manifest manifest, CellKeys keys, Path keysFrom, List<String> losses) {}

  /**
   * Checks everything and changes nothing.
   *
   * @return what would be put in place, and what would be lost by it, one line each
   * @throws Refused if the backup is not whole, or the directory is in use or another cell's
   */
  public Checked check() throws IOException, Refused {
    Manifest manifest = Manifest.read(from);
    requireOwnDirectory(manifest.identity());
    Path keysFrom = keysFrom();
    CellKeys keys = keys(keysFrom);
    progress.accept("checking the backup");
    FsckReport report = CellFsck.run(from, keys, List.of());
    if (!report.clean()) {
      throw new Refused(
          "the backup in "
              + from
              + " is not sound: "
              + report.findings().get(0).line()
              + "; take another");
    }
    if (!report.logs().stream().map(Manifest.Log::of).toList().equals(manifest.logs())) {
      throw new Refused(
          from + " holds other logs than its " + Manifest.FILE + " says; take another");
    }
    List<String> losses = Files.isDirectory(data) ? Losses.of(data, from) : List.of();
    return new Checked(manifest, keys, keysFrom, losses);
  }

  private void requireOwnDirectory(CellIdentity identity) throws IOException, Refused {
    if (!Files.exists(data)) {
      return;
    }
    if (!Files.isDirectory(data)) {
      throw new Refused(data + " is a file; name a directory with --data");
    }
    if (Files.exists(data.resolve(Parts.IDENTITY))) {
      CellIdentity there = CellIdentity.of(data).orElse(identity);
      if (!there.equals(identity)) {
        throw new Refused(
            data
                + " is of "
                + there.name()
                + "/"
                + there.cell()
                + ", the backup of "
                + identity.name()
                + "/"
                + identity.cell()
                + "; name another directory with --data");
      }
    }
    if (Files.exists(data.resolve("index.lock")) && IndexFile.inUse(data)) {
      throw new Refused("a server runs on " + data + "; end it first");
    }
  }

  /** Those of the directory are the newest word; then what was given; then the backup's. */
  private Path keysFrom() throws Refused {
    Path there = data.resolve(Parts.KEYS);
    if (keysApart.isPresent()) {
      return keysApart.get();
    }
    if (Files.exists(there.resolve("cell.p12"))) {
      return there;
    }
    Path copied = from.resolve(Parts.KEYS);
    if (!Files.isDirectory(copied)) {
      throw new Refused(
          "the backup was made without the cell's keys; name the directory that has them with"
              + " --keys");
    }
    return copied;
  }

  private static CellKeys keys(Path directory) throws IOException, Refused {
    try {
      return CellKeys.existing(directory);
    } catch (KeyStoreDamaged damaged) {
      throw new Refused(String.valueOf(damaged.getMessage()), damaged);
    }
  }

  /**
   * Puts it in place.
   *
   * @param now names the directory for what stood there
   * @return where what stood there lies; empty if nothing did
   */
  public Optional<Path> putInPlace(Checked checked, Instant now) throws IOException {
    progress.accept("putting it in place");
    OwnerOnly.makeDirectory(data);
    Path aside = data.resolve("replaced-" + now.toString().replaceAll("[^0-9TZ]", ""));
    boolean keepVault = vaultIsWhole(checked.keys());
    setAside(Schema.LEDGER, aside);
    if (!keepVault) {
      setAside(Schema.VAULT, aside);
    }
    for (String suffix : SUFFIXES) {
      Files.deleteIfExists(data.resolve(SqliteFile.name(Schema.INDEX) + suffix));
    }
    if (!checked.keysFrom().equals(data.resolve(Parts.KEYS))) {
      Parts.copy(checked.keysFrom(), data.resolve(Parts.KEYS));
    }
    signedHeads(aside);
    for (String part : Parts.SIDE) {
      if (!Files.exists(data.resolve(part))) {
        Parts.copy(from.resolve(part), data.resolve(part));
      }
    }
    if (!keepVault) {
      database(Schema.VAULT);
    }
    database(Schema.LEDGER);
    Parts.copy(from.resolve(Parts.IDENTITY), data.resolve(Parts.IDENTITY));
    Parts.sync(data);
    return Files.exists(aside) ? Optional.of(aside) : Optional.empty();
  }

  private boolean vaultIsWhole(CellKeys keys) throws IOException {
    if (DatabaseFile.fault(data, Schema.VAULT).isPresent()) {
      return false;
    }
    try (Snapshot vault = Snapshot.of(ReadOnlyDatabase.of(data, Schema.VAULT))) {
      return VaultKeys.fault(vault, keys).isEmpty()
          && SqliteStores.in(data).faults(Schema.VAULT, vault).isEmpty();
    } catch (StorageFailure damaged) {
      return false;
    }
  }

  private void setAside(Schema schema, Path aside) throws IOException {
    for (String suffix : SUFFIXES) {
      Path file = data.resolve(SqliteFile.name(schema) + suffix);
      if (Files.exists(file)) {
        OwnerOnly.makeDirectory(aside);
        Files.move(file, aside.resolve(file.getFileName()));
      }
    }
  }

  /** What is known in the directory is never older than the backup's, if it can be read. */
  private void signedHeads(Path aside) throws IOException {
    Path there = data.resolve(Parts.SIGNED);
    try {
      if (!SignedHeadsFile.read(data).isEmpty()) {
        return;
      }
    } catch (Refused damaged) {
      OwnerOnly.makeDirectory(aside);
      Files.move(there, aside.resolve(Parts.SIGNED));
    }
    Parts.copy(from.resolve(Parts.SIGNED), there);
  }

  /** Whole under its name, or not there. */
  private void database(Schema schema) throws IOException {
    Path draft = data.resolve(SqliteFile.name(schema) + ".restoring");
    Files.deleteIfExists(draft);
    Files.copy(from.resolve(SqliteFile.name(schema)), draft);
    OwnerOnly.set(draft);
    Parts.sync(draft);
    Files.move(draft, data.resolve(SqliteFile.name(schema)), StandardCopyOption.ATOMIC_MOVE);
  }
}
