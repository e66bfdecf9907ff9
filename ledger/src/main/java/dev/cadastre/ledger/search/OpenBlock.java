package dev.cadastre.ledger.search;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The block at a log's end while rows are added to it. Saving it replaces what was stored of it.
 */
final class OpenBlock {
  private final Statements statements;
  private final int log;
  private final int number;
  private final List<long[]> rows = new ArrayList<>();
  private final boolean extendsStored;
  private final Map<Integer, BitSet> added = new HashMap<>();

  /**
   * @param firstIndex the entry that the next row is of: where it is inside a block, the block's
   *     stored rows are loaded
   */
  OpenBlock(Statements statements, int log, long firstIndex) throws SQLException {
    this.statements = statements;
    this.log = log;
    this.number = (int) (firstIndex / Block.SIZE);
    this.extendsStored = firstIndex % Block.SIZE != 0;
    if (extendsStored) {
      load();
    }
  }

  private void load() throws SQLException {
    PreparedStatement select =
        statements.prepare("select bytes from block_rows where log = ? and block = ?", log, number);
    try (ResultSet stored = select.executeQuery()) {
      stored.next();
      Block block = Block.decode(stored.getBytes(1));
      for (int row = 0; row < block.rows(); row++) {
        rows.add(block.row(row));
      }
    }
  }

  boolean full() {
    return rows.size() == Block.SIZE;
  }

  void add(long[] row, int[] terms) {
    for (int term : terms) {
      added.computeIfAbsent(term, none -> new BitSet()).set(rows.size());
    }
    rows.add(row);
  }

  void save() throws SQLException {
    statements.run(
        "insert or replace into block values (?, ?, ?, ?, ?, ?, ?)",
        log,
        number,
        rows.size(),
        least(Column.TIME),
        most(Column.TIME),
        least(Column.RECEIVED),
        most(Column.RECEIVED));
    statements.run(
        "insert or replace into block_rows values (?, ?, ?)", log, number, Block.encode(rows));
    for (Map.Entry<Integer, BitSet> posting : added.entrySet()) {
      savePosting(posting.getKey(), posting.getValue());
    }
  }

  private void savePosting(int term, BitSet bits) throws SQLException {
    if (extendsStored) {
      addStored(term, bits);
    }
    statements.run(
        "insert or replace into posting values (?, ?, ?, ?)", log, term, number, Bits.encode(bits));
  }

  private void addStored(int term, BitSet bits) throws SQLException {
    PreparedStatement select =
        statements.prepare(
            "select bits from posting where log = ? and term = ? and block = ?", log, term, number);
    try (ResultSet stored = select.executeQuery()) {
      if (stored.next()) {
        Bits.decodeInto(stored.getBytes(1), bits);
      }
    }
  }

  private long least(Column column) {
    return rows.stream().mapToLong(row -> row[column.ordinal()]).min().orElseThrow();
  }

  private long most(Column column) {
    return rows.stream().mapToLong(row -> row[column.ordinal()]).max().orElseThrow();
  }
}
