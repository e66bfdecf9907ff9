package dev.cadastre.ledger;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cell's ledger.db in the hands of someone who may write to it and has no key: a sound log of
 * other events, chain and tree and all, takes the place of a log.
 */
public final class ForgedStore {
  private final Path cell;
  private final LedgerSettings settings;

  public ForgedStore(Path cell, LedgerSettings settings) {
    this.cell = cell;
    this.settings = settings;
  }

  /** Puts other entries in place of a log's, as many as asked for, its tiles among them. */
  public void rewrite(LogName log, int entries, Path scratch) throws Exception {
    forge(log, entries, scratch);
    take(scratch, log, "segment", "tile");
  }

  /** The same, and leaves the tiles as they were. */
  public void rewriteEntriesAlone(LogName log, int entries, Path scratch) throws Exception {
    forge(log, entries, scratch);
    take(scratch, log, "segment");
  }

  /** The same for entries and the tiles right over them, and leaves the tiles above. */
  public void rewriteLowestTiles(LogName log, int entries, Path scratch) throws Exception {
    forge(log, entries, scratch);
    take(scratch, log, "segment");
    execute(
        "attach '" + scratch.resolve("ledger.db") + "' as forged",
        "delete from tile where log = '" + log + "' and level = 0",
        "insert into tile select * from forged.tile where log = '" + log + "' and level = 0");
  }

  private void forge(LogName log, int entries, Path scratch) throws Refused {
    TestKeys keys = new TestKeys();
    try (Ledger other =
        Ledger.open(
            SqliteStores.in(scratch),
            SignedHeadsFile.in(scratch),
            settings,
            new TestClock(),
            keys,
            keys)) {
      other.create(log);
      List<Draft> drafts = new ArrayList<>();
      for (int i = 1; i < entries; i++) {
        RecordEvent event = RecordEvent.builder(Kind.OTHER, "cli").name("forged " + i).build();
        drafts.add(Draft.record(log, event, List.of()));
      }
      other.append(drafts).join();
    }
  }

  private void take(Path from, LogName log, String... tables) throws SQLException {
    List<String> statements = new ArrayList<>();
    statements.add("attach '" + from.resolve("ledger.db") + "' as forged");
    for (String table : tables) {
      String columns = table.equals("segment") ? "log, first_index, count, bytes" : "*";
      String into = table.equals("segment") ? table + " (" + columns + ")" : table;
      statements.add("delete from " + table + " where log = '" + log + "'");
      statements.add(
          "insert into "
              + into
              + " select "
              + columns
              + " from forged."
              + table
              + " where log = '"
              + log
              + "'");
    }
    execute(statements.toArray(String[]::new));
  }

  /** Forgets what the ledger's own tables say was signed of a log. */
  public void forgetSigned(LogName log) throws SQLException {
    execute(
        "delete from checkpoint where log = '" + log + "'",
        "delete from anchor_leaf where log = '" + log + "'");
  }

  /** Cuts a log off at a size that is a segment's end. */
  public void cut(LogName log, long size) throws SQLException {
    execute(
        "delete from segment where log = '" + log + "' and first_index >= " + size,
        "delete from tile where log = '"
            + log
            + "' and (tile_index + 1) * (case level when 0 then 256 else 65536 end) > "
            + size);
  }

  /** Runs statements with the triggers out of the way, and puts them back. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + cell.resolve("ledger.db"));
        Statement statement = connection.createStatement()) {
      List<String> triggers = new ArrayList<>();
      List<String> names = new ArrayList<>();
      try (var rows =
          statement.executeQuery("select name, sql from sqlite_master where type = 'trigger'")) {
        while (rows.next()) {
          names.add(rows.getString(1));
          triggers.add(rows.getString(2));
        }
      }
      for (String name : names) {
        statement.execute("drop trigger " + name);
      }
      for (String one : statements) {
        statement.execute(one);
      }
      for (String trigger : triggers) {
        statement.execute(trigger);
      }
    }
  }

  /** Copies what lies in a directory, without what is signed, over another. */
  public static void copyDatabases(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> old = Files.list(to)) {
      for (Path file : old.filter(one -> one.getFileName().toString().contains(".db")).toList()) {
        Files.delete(file);
      }
    }
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(one -> one.getFileName().toString().contains(".db")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
