package dev.cadastre.ledger.search.index;

import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.EntrySource;
import dev.cadastre.ledger.search.stored.IndexTables;
import dev.cadastre.ledger.search.stored.IndexTables.Table;
import dev.cadastre.ledger.search.stored.Statements;
import dev.cadastre.ledger.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Holds an index against the logs, by building another one beside it and comparing every row. An
 * index that lies behind its log is sound; one that says anything else than the log is not.
 */
public final class IndexCheck {
  private IndexCheck() {}

  /**
   * @param stored the index to check; it may be in use
   * @param scratch an empty index, which this fills
   * @return what differs, one line each, the first of each log and table; empty if nothing does
   */
  public static List<String> check(Database stored, EntrySource logs, Database scratch) {
    try (Connection connection = stored.reader();
        Statements before = new Statements(connection)) {
      // One transaction, however long: a server that goes on indexing must not look like damage.
      before.run("begin");
      Map<String, Long> positions = positions(before);
      List<String> findings = new ArrayList<>(impossible(positions, logs));
      findings.addAll(ownerless(before));
      if (findings.isEmpty()) {
        findings.addAll(otherLogs(before, positions, logs));
      }
      if (findings.isEmpty()) {
        build(scratch, new UpTo(logs, positions));
        findings.addAll(compare(before, scratch));
      }
      return findings;
    } catch (SQLException e) {
      throw Statements.failed(e);
    }
  }

  private static List<String> impossible(Map<String, Long> positions, EntrySource logs) {
    List<String> findings = new ArrayList<>();
    List<String> names = logs.logs().stream().map(LogName::value).toList();
    positions.forEach(
        (name, position) -> {
          long size = names.contains(name) ? logs.size(new LogName(name)) : 0;
          if (position > size) {
            findings.add(
                "index of log " + name + ": " + position + " entries, the log has " + size);
          }
        });
    return findings;
  }

  /** An index of other entries would differ in every table; this says why. */
  private static List<String> otherLogs(
      Statements index, Map<String, Long> positions, EntrySource logs) throws SQLException {
    List<String> findings = new ArrayList<>();
    for (Map.Entry<String, Long> log : positions.entrySet()) {
      long last = log.getValue() - 1;
      byte[] expected =
          last < 0
              ? new byte[0]
              : Merkle.leafHash(logs.bytes(new LogName(log.getKey()), last, last + 1).get(0))
                  .bytes();
      if (!Arrays.equals(expected, lastLeaf(index, log.getKey()))) {
        findings.add("index of log " + log.getKey() + ": entry " + last + " is another in the log");
      }
    }
    return findings;
  }

  private static byte[] lastLeaf(Statements index, String log) throws SQLException {
    String sql = "select last_leaf from " + IndexTables.LOGS + " where name = ?";
    try (ResultSet rows = index.prepare(sql, log).executeQuery()) {
      byte[] leaf = rows.next() ? rows.getBytes(1) : null;
      return leaf == null ? new byte[0] : leaf;
    }
  }

  /** Rows that belong to no log now may pass for those of one that comes. */
  private static List<String> ownerless(Statements index) throws SQLException {
    List<String> findings = new ArrayList<>();
    for (Table table : IndexTables.OF_A_LOG) {
      long rows =
          index.one(
              "select count(*) from "
                  + table.name()
                  + " where log not in (select id from "
                  + IndexTables.LOGS
                  + ")");
      if (rows > 0) {
        findings.add("index, table " + table.name() + ": rows of no log: " + rows);
      }
    }
    return findings;
  }

  private static void build(Database scratch, EntrySource logs) {
    try (IndexRun run = new IndexRun(scratch, logs, none -> {})) {
      run.all((log, position) -> true);
    }
  }

  /** The logs as far as the checked index goes. */
  private record UpTo(EntrySource all, Map<String, Long> positions) implements EntrySource {
    @Override
    public List<LogName> logs() {
      return positions.keySet().stream().map(LogName::new).toList();
    }

    @Override
    public long newestSegment() {
      return 1;
    }

    @Override
    public List<LogName> grownSince(long segment) {
      return logs();
    }

    @Override
    public long size(LogName log) {
      return positions.getOrDefault(log.value(), 0L);
    }

    @Override
    public List<Entry> entries(LogName log, long from, long to) {
      return all.entries(log, from, to);
    }
  }

  private static Map<String, Long> positions(Statements index) throws SQLException {
    Map<String, Long> positions = new TreeMap<>();
    try (ResultSet rows =
        index.prepare("select name, position from " + IndexTables.LOGS).executeQuery()) {
      while (rows.next()) {
        positions.put(rows.getString(1), rows.getLong(2));
      }
    }
    return positions;
  }

  /** What differs between two indexes, log by log, whatever numbers the logs have in each. */
  private static List<String> compare(Statements stored, Database fresh) throws SQLException {
    List<String> findings = new ArrayList<>();
    try (Connection right = fresh.reader();
        Statements expected = new Statements(right)) {
      for (String log : positions(stored).keySet()) {
        for (Table table : IndexTables.OF_A_LOG) {
          difference(table, rows(stored, table, log), rows(expected, table, log))
              .ifPresent(
                  row ->
                      findings.add("index of log " + log + ", table " + table.name() + ": " + row));
        }
      }
    }
    return findings;
  }

  private static ResultSet rows(Statements index, Table table, String log) throws SQLException {
    long number = index.one("select id from " + IndexTables.LOGS + " where name = ?", log);
    PreparedStatement select =
        index.prepare(
            "select * from " + table.name() + " where log = ? order by " + table.key(), number);
    return select.executeQuery();
  }

  private static Optional<String> difference(Table table, ResultSet stored, ResultSet expected)
      throws SQLException {
    try (stored;
        expected) {
      int columns = stored.getMetaData().getColumnCount();
      while (true) {
        boolean has = stored.next();
        boolean should = expected.next();
        if (!has && !should) {
          return Optional.empty();
        }
        if (!has || !should) {
          return Optional.of(
              (has ? "surplus row " : "missing row ") + key(table, has ? stored : expected));
        }
        for (int column = 2; column <= columns; column++) {
          if (!same(stored.getObject(column), expected.getObject(column))) {
            return Optional.of(
                "row "
                    + key(table, expected)
                    + " differs from the log in "
                    + stored.getMetaData().getColumnName(column));
          }
        }
      }
    }
  }

  private static boolean same(Object left, Object right) {
    return Arrays.deepEquals(new Object[] {left}, new Object[] {right});
  }

  private static String key(Table table, ResultSet row) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < table.keyColumns(); i++) {
      values.add(row.getString(i + 2));
    }
    return "(" + table.key() + ") = (" + String.join(", ", values) + ")";
  }
}
