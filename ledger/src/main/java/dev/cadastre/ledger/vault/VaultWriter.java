package dev.cadastre.ledger.vault;

import dev.cadastre.ledger.jooq.vault.tables.records.DisclosureKeyRecord;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Rows;
import dev.cadastre.ledger.store.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes disclosures before the entries that they belong to. For use by one thread. */
public final class VaultWriter implements AutoCloseable {
  private final Vault vault;
  private final Writer writer;
  private final Map<LogName, LogKeys.Versioned> opened = new HashMap<>();

  public VaultWriter(Vault vault, Database database) {
    this.vault = vault;
    this.writer = new Writer(database);
  }

  /**
   * Puts the batches on disk, synced. What is written for entries that are then not appended is
   * harmless: no digest names it.
   *
   * @return never {@link Writer.Outcome#COLLIDED}
   * @throws dev.cadastre.ledger.model.StorageFailure if the store failed
   */
  public Writer.Outcome commit(List<DisclosureBatch> batches) {
    Writer.Outcome outcome;
    do {
      Rows rows = new Rows();
      Map<LogName, LogKeys.Versioned> created = new HashMap<>();
      for (DisclosureBatch batch : batches) {
        rows.add(vault.seal(batch, key(batch.log(), created, rows)));
      }
      outcome = writer.commit(rows);
      if (outcome == Writer.Outcome.COMMITTED) {
        opened.putAll(created);
      }
    } while (outcome == Writer.Outcome.COLLIDED);
    return outcome;
  }

  private LogKeys.Versioned key(LogName log, Map<LogName, LogKeys.Versioned> created, Rows rows) {
    LogKeys.Versioned fresh = created.get(log);
    if (fresh != null) {
      return fresh;
    }
    // Read each time: another process may have destroyed the key that is open here.
    Optional<DisclosureKeyRecord> newest = vault.keys().newest(log);
    if (newest.isPresent() && newest.get().getWrapped() != null) {
      return open(log, newest.get());
    }
    DisclosureKeyRecord row =
        vault.keys().create(log, newest.map(DisclosureKeyRecord::getVersion).orElse(0) + 1);
    rows.lock(row);
    LogKeys.Versioned key = opened(log, row);
    created.put(log, key);
    return key;
  }

  private LogKeys.Versioned open(LogName log, DisclosureKeyRecord row) {
    LogKeys.Versioned key = opened.get(log);
    if (key == null || key.version() != row.getVersion()) {
      key = opened(log, row);
      opened.put(log, key);
    }
    return key;
  }

  private LogKeys.Versioned opened(LogName log, DisclosureKeyRecord row) {
    return new LogKeys.Versioned(
        row.getVersion(), vault.keys().unwrap(log, row.getVersion(), row.getWrapped()));
  }

  @Override
  public void close() {
    writer.close();
  }
}
