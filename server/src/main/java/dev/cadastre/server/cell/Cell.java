package dev.cadastre.server.cell;

import dev.cadastre.anchors.Anchorer;
import dev.cadastre.anchors.Anchors;
import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.access.Sessions;
import dev.cadastre.ledger.access.Tokens;
import dev.cadastre.ledger.files.OwnerOnly;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.Stores;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * One cell, opened on its data directory: what commands and servers work with. Any number of
 * processes may have the same directory open.
 */
public final class Cell implements AutoCloseable {
  private final Path data;
  private final Stores stores;
  private final CellIdentity identity;
  private final InstantSource clock;
  private final SecureRandom random;
  private final CellKeys keys;
  private final Ledger ledger;
  private final Tokens tokens;

  private Cell(
      Path data,
      Stores stores,
      CellIdentity identity,
      InstantSource clock,
      SecureRandom random,
      CellKeys keys,
      Ledger ledger,
      Tokens tokens) {
    this.data = data;
    this.stores = stores;
    this.identity = identity;
    this.clock = clock;
    this.random = random;
    this.keys = keys;
    this.ledger = ledger;
    this.tokens = tokens;
  }

  /**
   * Opens the cell. Its keys, files and own logs are made if it is new.
   *
   * @throws Refused also if it is not new and anything of it is missing, damaged or another cell's
   */
  public static Cell open(Path data, CellIdentity identity, InstantSource clock)
      throws IOException, Refused {
    SecureRandom random = new SecureRandom();
    OwnerOnly.mend(data, CellIdentity.PARTS);
    boolean founding = CellIdentity.founding(data);
    CellKeys keys =
        founding ? CellFiles.newKeys(data) : new CellFiles(data, identity).requireWhole();
    LedgerSettings settings = new LedgerSettings(identity.name(), identity.cell());
    Stores stores = SqliteStores.in(data);
    Ledger ledger = Ledger.open(stores, SignedHeadsFile.in(data), settings, clock, keys, keys);
    Tokens tokens = new Tokens(stores.open(Schema.VAULT), clock, random, keys);
    Cell cell = new Cell(data, stores, identity, clock, random, keys, ledger, tokens);
    if (founding) {
      cell.found();
    }
    return cell;
  }

  /** A vault that holds no key of the cell's own log is not the cell's. */
  private void found() throws IOException, Refused {
    createOwnLogs();
    ledger.recordSalts(LogName.CELL);
    identity.founded(data);
  }

  private void createOwnLogs() throws Refused {
    for (LogName log : List.of(LogName.CELL, LogName.ANCHORS)) {
      if (!ledger.exists(log)) {
        createUnlessThere(log);
      }
    }
  }

  /** Another process may make it at the same moment, which is as good. */
  private void createUnlessThere(LogName log) throws Refused {
    try {
      ledger.create(log);
    } catch (Refused thereAlready) {
      if (!ledger.exists(log)) {
        throw thereAlready;
      }
    }
  }

  public Path data() {
    return data;
  }

  public Stores stores() {
    return stores;
  }

  public CellIdentity identity() {
    return identity;
  }

  public InstantSource clock() {
    return clock;
  }

  public SecureRandom random() {
    return random;
  }

  public CellKeys keys() {
    return keys;
  }

  public Ledger ledger() {
    return ledger;
  }

  public Tokens tokens() {
    return tokens;
  }

  /** The browsers' sessions, which the caller closes. */
  public Sessions openSessions() {
    return new Sessions(stores.open(Schema.VAULT), clock, random, keys);
  }

  /** The tenants' logs, in the order of their names. */
  public List<LogName> tenants() {
    return ledger.logs().stream().filter(log -> !log.reserved()).toList();
  }

  /** Refuses a name that is no tenant's. */
  public void requireTenant(LogName name) throws Refused {
    if (name.reserved() || !ledger.exists(name)) {
      throw new Refused(
          "there is no tenant "
              + name
              + "; "
              + (tenants().isEmpty() ? "there are none yet" : "the tenants are " + tenants()));
    }
  }

  public String origin(LogName log) {
    return ledger.settings().origin(log);
  }

  /** A maker of anchors. */
  public Anchorer anchorer() {
    return new Anchorer(ledger, clock);
  }

  /** When the newest anchor was made. */
  public Optional<Instant> newestAnchor() {
    return new Anchors(ledger).newest().map(Anchors.Anchor::time);
  }

  /**
   * What an operator does to the cell.
   *
   * @param sender how the entries about it name who asked, such as {@code cli}
   * @throws Refused if the clock is far ahead of the newest entry, see {@link #requireClock}
   */
  public Operator operator(String sender) throws Refused {
    requireClock();
    return new Operator(this, sender);
  }

  /**
   * Refuses to write under a clock that is more than 30 days ahead of the newest entry, since what
   * is written keeps its time.
   */
  public void requireClock() throws Refused {
    requireClock(false);
  }

  /**
   * The same, unless somebody says that the clock is right; then that is noted in the cell's log,
   * which settles it.
   */
  public void requireClock(boolean saidToBeRight) throws Refused {
    Optional<Refused> doubt = ClockCheck.doubt(ledger.newestReceived(), clock.instant());
    if (doubt.isPresent() && !saidToBeRight) {
      throw doubt.get();
    }
    if (doubt.isPresent()) {
      new Operator(this, "cli").confirmClock();
    }
  }

  /** Finishes what was accepted and closes the files. */
  @Override
  public void close() {
    tokens.close();
    ledger.close();
  }
}
