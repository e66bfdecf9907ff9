package dev.cadastre.server.cell;

import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.anchors.keys.KeyStoreDamaged;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.fsck.FsckFinding;
import dev.cadastre.ledger.log.StartCheck;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.Snapshot;
import dev.cadastre.ledger.store.Stores;
import dev.cadastre.ledger.store.sqlite.SqliteFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import dev.cadastre.ledger.vault.VaultKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What lies in a data directory, looked at without making or changing anything, so that it may be
 * on a read-only medium. {@code cell.json}, {@code keys/}, {@code ledger.db} and {@code vault.db}
 * were made together and belong together; {@code index.db} follows from them.
 */
public record CellFiles(Path data, CellIdentity identity) {
  static final String KEYS = "keys";
  private static final String REMEDY =
      "; put back the cell's own, or restore a backup (docs/backup.md)";

  /**
   * Checks that the directory holds a whole cell; of a tenant's log nothing but whose it is, since
   * of what is wrong with one the others are not to suffer: {@link
   * dev.cadastre.ledger.Ledger#checkAll()}.
   *
   * @return the cell's keys
   * @throws Refused if something is missing, damaged or another cell's; it says what and what to do
   */
  CellKeys requireWhole() throws IOException, Refused {
    if (CellIdentity.founding(data)) {
      throw new Refused(
          "the cell in "
              + data
              + " was not made to its end; start it once more: cadastre serve --data "
              + data);
    }
    CellKeys keys = keys();
    for (Schema schema : List.of(Schema.LEDGER, Schema.VAULT)) {
      Optional<String> fault = stores().fault(schema);
      if (fault.isPresent()) {
        throw new Refused(data.resolve(fault.get()) + REMEDY);
      }
    }
    requireOwn(keys);
    return keys;
  }

  private void requireOwn(CellKeys keys) throws Refused {
    LedgerSettings settings = new LedgerSettings(identity.name(), identity.cell());
    try (Snapshot ledger = snapshot(Schema.LEDGER);
        Snapshot vault = snapshot(Schema.VAULT)) {
      Optional<FsckFinding> wrong =
          StartCheck.ownLogs(ledger, keys, settings::origin).stream()
              .filter(finding -> new LogName(finding.log()).reserved())
              .findFirst();
      if (wrong.isPresent()) {
        throw new Refused(file(Schema.LEDGER) + ": " + wrong.get().line() + REMEDY);
      }
      Optional<String> foreign = VaultKeys.fault(vault, keys);
      if (foreign.isPresent()) {
        throw new Refused(file(Schema.VAULT) + ": " + foreign.get() + REMEDY);
      }
    } catch (StorageFailure damage) {
      throw new Refused(
          "the databases in " + data + " cannot be read: " + damage.getMessage() + REMEDY, damage);
    }
  }

  private Snapshot snapshot(Schema schema) {
    return Snapshot.of(stores().look(schema));
  }

  private Path file(Schema schema) {
    return data.resolve(SqliteFile.name(schema));
  }

  Stores stores() {
    return SqliteStores.in(data);
  }

  /** The cell's keys, which must be there. */
  public CellKeys keys() throws IOException, Refused {
    try {
      return CellKeys.existing(data.resolve(KEYS));
    } catch (KeyStoreDamaged damaged) {
      throw new Refused(String.valueOf(damaged.getMessage()), damaged);
    }
  }

  /** The keys of a cell that is being made, made first if there are none. */
  static CellKeys newKeys(Path data) throws IOException, Refused {
    try {
      return CellKeys.open(data.resolve(KEYS));
    } catch (KeyStoreDamaged damaged) {
      throw new Refused(String.valueOf(damaged.getMessage()), damaged);
    }
  }
}
