package dev.cadastre.portal.cell;

import dev.cadastre.anchors.CellKeys;
import dev.cadastre.anchors.KeyStoreDamaged;
import dev.cadastre.ledger.LedgerSettings;
import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.StorageFailure;
import dev.cadastre.ledger.fsck.Finding;
import dev.cadastre.ledger.fsck.StartCheck;
import dev.cadastre.ledger.store.DatabaseFile;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.Snapshot;
import dev.cadastre.ledger.vault.VaultKeys;
import dev.cadastre.proof.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
   * A directory that holds a whole cell.
   *
   * @param faulty tenants' logs that are not as they must be, and why; all others are not concerned
   */
  record Whole(CellKeys keys, Map<LogName, String> faulty) {}

  /**
   * Checks that the directory holds a whole cell, at the cost of a few rows of each log.
   *
   * @throws Refused if something is missing, damaged or another cell's; it says what and what to do
   */
  Whole requireWhole() throws IOException, Refused {
    if (CellIdentity.founding(data)) {
      throw new Refused(
          "the cell in "
              + data
              + " was not made to its end; start it once more: cadastre serve --data "
              + data);
    }
    CellKeys keys = keys();
    for (Schema schema : List.of(Schema.LEDGER, Schema.VAULT)) {
      Optional<String> fault = DatabaseFile.fault(data, schema);
      if (fault.isPresent()) {
        throw new Refused(data.resolve(fault.get()) + REMEDY);
      }
    }
    return new Whole(keys, requireOwn(keys));
  }

  /** Of what is wrong with one tenant's log the others are not to suffer. */
  private Map<LogName, String> requireOwn(CellKeys keys) throws Refused {
    Map<LogName, String> faulty = new TreeMap<>();
    LedgerSettings settings = new LedgerSettings(identity.name(), identity.cell());
    try (Snapshot ledger = snapshot(Schema.LEDGER);
        Snapshot vault = snapshot(Schema.VAULT)) {
      for (Finding wrong : StartCheck.run(ledger, keys, settings::origin)) {
        LogName log = new LogName(wrong.log());
        if (log.reserved()) {
          throw new Refused(file(Schema.LEDGER) + ": " + wrong.line() + REMEDY);
        }
        faulty.putIfAbsent(log, wrong.table() + ": " + wrong.what() + REMEDY);
      }
      Optional<String> foreign = VaultKeys.fault(vault, keys);
      if (foreign.isPresent()) {
        throw new Refused(file(Schema.VAULT) + ": " + foreign.get() + REMEDY);
      }
      return faulty;
    } catch (StorageFailure damage) {
      throw new Refused(
          "the databases in " + data + " cannot be read: " + damage.getMessage() + REMEDY, damage);
    }
  }

  private Snapshot snapshot(Schema schema) {
    return Snapshot.of(file(schema));
  }

  private Path file(Schema schema) {
    return data.resolve(schema.fileName());
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
