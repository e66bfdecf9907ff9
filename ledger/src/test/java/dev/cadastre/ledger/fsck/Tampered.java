package dev.cadastre.ledger.fsck;

import com.github.luben.zstd.Zstd;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.SegmentCodec;
import dev.cadastre.ledger.store.TileStack;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import dev.cadastre.proof.tlog.EntryBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A copy of a cell's files under the hands of someone who may write to them: triggers, foreign keys
 * and all are no obstacle.
 */
final class Tampered {
  static final List<String> TABLES =
      List.of("log", "segment", "tile", "checkpoint", "policy", "anchor", "anchor_leaf");

  final Path directory;

  private Tampered(Path directory) {
    this.directory = directory;
  }

  static Tampered copy(Path cell, Path target) throws IOException {
    Path heads = Path.of(SignedHeadsFile.DIRECTORY, SignedHeadsFile.FILE);
    Files.createDirectories(target.resolve(SignedHeadsFile.DIRECTORY));
    Files.copy(cell.resolve(heads), target.resolve(heads), StandardCopyOption.REPLACE_EXISTING);
    try (Stream<Path> files = Files.list(cell)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".db")).toList()) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return new Tampered(target);
  }

  Path ledger() {
    return directory.resolve("ledger.db");
  }

  FsckReport fsck() {
    return Fsck.run(directory, SqliteStores.in(directory), Fsck.Against.NOTHING);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + ledger());
  }

  private interface Change {
    void apply(Connection connection) throws SQLException;
  }

  /** Makes a change with the triggers out of the way, and puts them back. */
  private void change(Change change) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("pragma synchronous = off");
      statement.execute("begin");
      List<String> definitions =
          strings(connection, "select sql from sqlite_master where type = 'trigger'");
      for (String name :
          strings(connection, "select name from sqlite_master where type = 'trigger'")) {
        statement.execute("drop trigger " + name);
      }
      change.apply(connection);
      for (String definition : definitions) {
        statement.execute(definition);
      }
      statement.execute("commit");
    }
  }

  void execute(String... statements) throws SQLException {
    change(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            for (String one : statements) {
              statement.execute(one);
            }
          }
        });
  }

  /** Replaces one value of one row. */
  void set(String table, long rowid, String column, Object value) throws SQLException {
    change(
        connection -> {
          String sql = "update " + table + " set " + column + " = ? where rowid = ?";
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, value);
            update.setLong(2, rowid);
            update.executeUpdate();
          }
        });
  }

  /** Gives each of two rows the other's value. */
  void swap(String table, String column, long one, Object first, long other, Object second)
      throws SQLException {
    change(
        connection -> {
          String sql = "update " + table + " set " + column + " = ? where rowid = ?";
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, second);
            update.setLong(2, one);
            update.executeUpdate();
            update.setObject(1, first);
            update.setLong(2, other);
            update.executeUpdate();
          }
        });
  }

  static List<String> strings(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  List<Long> rowids(String table) throws SQLException {
    try (Connection connection = connect()) {
      return strings(connection, "select rowid from " + table + " order by rowid").stream()
          .map(Long::valueOf)
          .toList();
    }
  }

  byte[] bytes(String table, long rowid, String column) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select " + column + " from " + table + " where rowid = " + rowid)) {
      return row.getBytes(1);
    }
  }

  String text(String table, long rowid, String column) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select " + column + " from " + table + " where rowid = " + rowid)) {
      return row.getString(1);
    }
  }

  List<byte[]> entries(long segmentRowid) throws SQLException, Refused {
    int count = Integer.parseInt(text("segment", segmentRowid, "count"));
    return SegmentCodec.decode(bytes("segment", segmentRowid, "bytes"), count);
  }

  /** A segment of the log with this many entries, from the middle. */
  long segmentOf(String log, int count) throws SQLException {
    try (Connection connection = connect()) {
      String sql =
          "select rowid from segment where log = '"
              + log
              + "' and count = "
              + count
              + " limit 1 offset 15";
      return Long.parseLong(strings(connection, sql).get(0));
    }
  }

  /** Runs one statement and leaves the triggers as they are. */
  void raw(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void replaceEntry(long segmentRowid, int slot, byte[] entry) throws SQLException, Refused {
    List<byte[]> entries = entries(segmentRowid);
    entries.set(slot, entry);
    set("segment", segmentRowid, "bytes", Zstd.compress(EntryBundle.encode(entries), 1));
  }

  /**
   * What the operator itself could do, who has the keys: alters an entry and makes chain and tiles
   * anew, and drops the checkpoints that show it.
   */
  void rewriteAcme(long from) throws SQLException, Refused {
    Map<Long, byte[]> rows = new TreeMap<>();
    Hash prev = Hash.ZERO;
    TileStack tiles = new TileStack();
    Map<Long, byte[]> fresh = new TreeMap<>();
    for (long rowid : rowids("segment")) {
      if (!text("segment", rowid, "log").equals("acme")) {
        continue;
      }
      List<byte[]> entries = new ArrayList<>();
      for (byte[] bytes : entries(rowid)) {
        Entry old = Entry.parse(bytes);
        String event = new String(old.eventBytes(), StandardCharsets.UTF_8);
        String altered = old.index() == from ? event.replace("\"read\"", "\"reid\"") : event;
        byte[] entry =
            EntryFrame.seal(
                altered.getBytes(StandardCharsets.UTF_8), old.index(), prev, old.received());
        prev = Merkle.leafHash(entry);
        tiles.append(prev, (level, index, hashes) -> fresh.put(index, hashes.clone()));
        entries.add(entry);
      }
      rows.put(rowid, Zstd.compress(EntryBundle.encode(entries), 1));
    }
    for (long rowid : rowids("tile")) {
      if (text("tile", rowid, "log").equals("acme")) {
        set("tile", rowid, "hashes", fresh.get(Long.valueOf(text("tile", rowid, "tile_index"))));
      }
    }
    change(
        connection -> {
          String sql = "update segment set bytes = ? where rowid = ?";
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (Map.Entry<Long, byte[]> row : rows.entrySet()) {
              update.setBytes(1, row.getValue());
              update.setLong(2, row.getKey());
              update.executeUpdate();
            }
          }
        });
    execute("delete from checkpoint where log = 'acme' and size > " + from);
  }

  /** Whether anyone would be shown anything else than a sound file shows. */
  boolean showsOtherThan(Set<String> sound) {
    Set<String> shown = shown();
    // A checkpoint that is gone is signed again, to the same bytes, when someone asks for it.
    return !sound.containsAll(shown)
        || sound.stream().anyMatch(row -> !row.startsWith("checkpoint") && !shown.contains(row));
  }

  /** Everything that anyone is shown, a line each; or what went wrong in reading it. */
  Set<String> shown() {
    Set<String> rows = new LinkedHashSet<>();
    try (Connection connection = connect()) {
      for (String table : TABLES) {
        dump(connection, table, rows);
      }
    } catch (SQLException | Refused | RuntimeException damage) {
      rows.add("damage");
    }
    return rows;
  }

  private static void dump(Connection connection, String table, Set<String> rows)
      throws SQLException, Refused {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select * from " + table + " order by 1, 2")) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder(table);
        for (int column = 1; column <= columns; column++) {
          boolean segment = table.equals("segment") && column == 5;
          Object value = result.getObject(column);
          row.append('|').append(segment ? decoded(result) : shown(value));
        }
        rows.add(row.toString());
      }
    }
  }

  private static String decoded(ResultSet row) throws SQLException, Refused {
    List<byte[]> entries = SegmentCodec.decode(row.getBytes("bytes"), row.getInt("count"));
    return digest(EntryBundle.encode(entries));
  }

  private static String shown(Object value) {
    return value instanceof byte[] bytes ? digest(bytes) : String.valueOf(value);
  }

  private static String digest(byte[] bytes) {
    return Hash.sha256(bytes).hex();
  }

  /** A consistent copy of a ledger file that is in use. */
  static void snapshot(Path ledger, Path target) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum into '" + target + "'");
    }
  }

  /** Replaces a table's rows by those of another copy of the file. */
  void replaceTable(String table, Path other) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("attach '" + other + "' as other");
      statement.execute("pragma synchronous = off");
      statement.execute("begin");
      List<String> definitions =
          strings(connection, "select sql from main.sqlite_master where type = 'trigger'");
      for (String name :
          strings(connection, "select name from main.sqlite_master where type = 'trigger'")) {
        statement.execute("drop trigger main." + name);
      }
      statement.execute("delete from main." + table);
      statement.execute("insert into main." + table + " select * from other." + table);
      for (String definition : definitions) {
        statement.execute(definition);
      }
      statement.execute("commit");
    }
  }

  List<String> columns(String table) throws SQLException {
    try (Connection connection = connect()) {
      return strings(connection, "select name from pragma_table_info('" + table + "')");
    }
  }

  /** A value as SQL writes it. */
  String literal(String table, long rowid, String column) throws SQLException {
    return text(table, rowid, "quote(" + column + ")");
  }
}
