package dev.cadastre.ledger.search.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.MemoryLogs;
import dev.cadastre.ledger.search.SampleEvents;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An index under random hands, from a seed that a failure prints: 240 ways in every build, more
 * with {@code -Dcadastre.effort=N}. Whatever differs from what the log gives is found.
 */
class IndexTamperTest {
  private static final int ROUNDS = 80 * Integer.getInteger("cadastre.effort", 1);
  private static final List<LogName> LOGS = List.of(new LogName("bank"), new LogName("shop"));

  @TempDir Path directory;
  private final MemoryLogs logs = new MemoryLogs();
  private Database index;
  private Database scratch;
  private Path file;
  private Path scratchFile;

  private record Column(String table, String name, List<String> key) {}

  private final List<Column> columns = new ArrayList<>();
  private Set<String> sound;

  @BeforeEach
  void indexSomeEvents() throws Exception {
    file = directory.resolve("index.db");
    scratchFile = directory.resolve("scratch").resolve("index.db");
    index = SqliteDatabase.open(directory, Schema.INDEX);
    scratch = SqliteDatabase.open(scratchFile.getParent(), Schema.INDEX);
    for (LogName log : LOGS) {
      SampleEvents events = new SampleEvents(log.value().length());
      for (long i = 0; i < 148; i++) {
        logs.append(log, events.next(i), SampleEvents.START_NS + i * SampleEvents.SECOND_NS);
      }
      SampleEvents.alerting()
          .forEach(
              event ->
                  logs.append(log, event, SampleEvents.START_NS + 150 * SampleEvents.SECOND_NS));
    }
    new Indexer(directory, index, logs).catchUp();
    try (Connection connection = index.reader()) {
      for (String table : tables(connection)) {
        List<String> key = key(connection, table);
        for (String name :
            strings(connection, "select name from pragma_table_info('" + table + "')")) {
          columns.add(new Column(table, name, key));
        }
      }
      sound = rows(connection);
    }
    keep(file);
    keep(scratchFile);
  }

  /** Those that hold anything: some rows come only with a log's size. */
  private static List<String> tables(Connection connection) throws SQLException {
    List<String> all =
        strings(
            connection,
            "select name from sqlite_master where type = 'table' and name not like 'sqlite%'"
                + " and name not like 'flyway%' and name <> 'rebuild'");
    List<String> filled = new ArrayList<>();
    for (String table : all) {
      if (!strings(connection, "select 1 from " + table + " limit 1").isEmpty()) {
        filled.add(table);
      }
    }
    return filled;
  }

  private static List<String> key(Connection connection, String table) throws SQLException {
    return strings(
        connection, "select name from pragma_table_info('" + table + "') where pk > 0 order by pk");
  }

  private static List<String> strings(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  /** Every row of the index as SQL would write it. */
  private static Set<String> rows(Connection connection) throws SQLException {
    Set<String> rows = new TreeSet<>();
    for (String table : tables(connection)) {
      List<String> quoted =
          strings(
              connection, "select 'quote(' || name || ')' from pragma_table_info('" + table + "')");
      String row = "'" + table + " ' || " + String.join(" || ',' || ", quoted);
      rows.addAll(strings(connection, "select " + row + " from " + table));
    }
    return rows;
  }

  private static void keep(Path database) throws IOException {
    Files.copy(database, kept(database));
  }

  private static void restore(Path database) throws IOException {
    Files.deleteIfExists(Path.of(database + "-wal"));
    Files.deleteIfExists(Path.of(database + "-shm"));
    Files.copy(kept(database), database, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path kept(Path database) {
    return Path.of(database + ".kept");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverDiffersFromTheLogIsFound(long seed) throws Exception {
    Random random = new Random(seed);
    int changed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      restore(file);
      restore(scratchFile);
      String done = tamper(random);
      List<String> findings = IndexCheck.check(index, logs, scratch);
      if (differs()) {
        changed++;
        String story = "seed " + seed + ", round " + round + ": " + done;
        assertFalse(findings.isEmpty(), story);
      } else {
        assertEquals(List.of(), findings, done);
      }
    }
    assertTrue(changed > ROUNDS / 2, "rounds that changed the index: " + changed);
  }

  private boolean differs() throws SQLException {
    try (Connection connection = index.reader()) {
      return !rows(connection).equals(sound);
    }
  }

  private String tamper(Random random) throws SQLException {
    Column column = columns.get(random.nextInt(columns.size()));
    try (Connection connection = index.writer()) {
      String row = anyRow(connection, column, random);
      String value =
          strings(connection, "select quote(" + column.name + ") from " + column.table + row)
              .get(0);
      String altered = altered(value, random);
      String sql =
          switch (random.nextInt(4)) {
            case 0 -> "delete from " + column.table + row;
            case 1 ->
                "insert or ignore into " + column.table + copy(connection, column, altered) + row;
            default ->
                "update or ignore " + column.table + " set " + column.name + " = " + altered + row;
          };
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException refused) {
        return "refused: " + sql;
      }
      return sql;
    }
  }

  private static String anyRow(Connection connection, Column column, Random random)
      throws SQLException {
    int count =
        Integer.parseInt(strings(connection, "select count(*) from " + column.table).get(0));
    int at = random.nextInt(count);
    List<String> conditions = new ArrayList<>();
    for (String key : column.key) {
      String sql = "select quote(" + key + ") from " + column.table + " limit 1 offset " + at;
      conditions.add(key + " is " + strings(connection, sql).get(0));
    }
    return " where " + String.join(" and ", conditions);
  }

  private String copy(Connection connection, Column column, String altered) throws SQLException {
    List<String> values = new ArrayList<>();
    for (String name :
        strings(connection, "select name from pragma_table_info('" + column.table + "')")) {
      values.add(name.equals(column.name) ? altered : name);
    }
    return " select " + String.join(", ", values) + " from " + column.table;
  }

  /** Another value of the same type, as SQL writes it. */
  private static String altered(String literal, Random random) {
    if (literal.startsWith("X'")) {
      char[] hex = literal.toCharArray();
      int at = 2 + random.nextInt(Math.max(1, hex.length - 3));
      hex[at] = hex[at] == '0' ? '1' : '0';
      return new String(hex);
    }
    if (literal.startsWith("'")) {
      return "'" + literal.substring(1, literal.length() - 1) + "x'";
    }
    return Long.toString(Long.parseLong(literal) + 1 + random.nextInt(3));
  }
}
