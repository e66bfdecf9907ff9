package dev.cadastre.server.cell;

import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.access.TokenRows;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.Snapshot;
import dev.cadastre.ledger.store.Stores;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A cell that is only looked at, as it is at one moment. Nothing in its directory is made or
 * changed. For use by one thread.
 */
public final class CellView implements AutoCloseable {
  private final CellIdentity identity;
  private final CellKeys keys;
  private final Snapshot ledger;
  private final Snapshot vault;
  private final LedgerStore store;

  private CellView(CellIdentity identity, CellKeys keys, Snapshot ledger, Snapshot vault) {
    this.identity = identity;
    this.keys = keys;
    this.ledger = ledger;
    this.vault = vault;
    this.store = new LedgerStore(ledger);
  }

  /**
   * Opens a cell to look at it.
   *
   * @throws Refused if the directory does not hold a whole cell; see {@link CellFiles}
   */
  public static CellView open(Path data, CellIdentity identity) throws IOException, Refused {
    CellKeys keys = new CellFiles(data, identity).requireWhole();
    Stores stores = SqliteStores.in(data);
    Snapshot ledger = Snapshot.of(stores.look(Schema.LEDGER));
    Snapshot vault = Snapshot.of(stores.look(Schema.VAULT));
    return new CellView(identity, keys, ledger, vault);
  }

  /** The cell's logs, in the order of their names. */
  public List<LogName> logs() {
    return store.logs();
  }

  /** The tenants' logs, in the order of their names. */
  public List<LogName> tenants() {
    return logs().stream().filter(log -> !log.reserved()).toList();
  }

  public LedgerStore ledger() {
    return store;
  }

  public TokenRows tokens() {
    return new TokenRows(vault, keys);
  }

  public CellKeys keys() {
    return keys;
  }

  public String origin(LogName log) {
    return new LedgerSettings(identity.name(), identity.cell()).origin(log);
  }

  @Override
  public void close() {
    ledger.close();
    vault.close();
  }
}
