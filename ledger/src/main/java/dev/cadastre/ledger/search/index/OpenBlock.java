package dev.cadastre.ledger.search.index;

import dev.cadastre.ledger.search.stored.Bits;
import dev.cadastre.ledger.search.stored.Block;
import dev.cadastre.ledger.search.stored.BlockRows;
import dev.cadastre.ledger.search.stored.Column;
import dev.cadastre.ledger.search.stored.Postings;
import dev.cadastre.ledger.search.stored.Statements;
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
  private final Map<Integer, BitSet> postings = new HashMap<>();
  private int saved;

  /**
   * @param firstIndex the entry that the next row is of: where it is inside a block, the block's
   *     stored rows are loaded
   */
  OpenBlock(Statements statements, int log, long firstIndex) throws SQLException {
    this.statements = statements;
    this.log = log;
    this.number = (int) (firstIndex / Block.SIZE);
    if (firstIndex % Block.SIZE != 0) {
      load();
    }
  }

  private void load() throws SQLException {
    PreparedStatement select =
        statements.prepare(
            "select bytes from block_rows where log = ? and block = ? order by part", log, number);
    try (ResultSet stored = select.executeQuery()) {
      while (stored.next()) {
        BlockRows part = BlockRows.decode(stored.getBytes(1));
        for (int row = 0; row < part.rows(); row++) {
          rows.add(part.row(row));
        }
      }
    }
    saved = rows.size();
    Postings postings = Stretches.block(statements, log, number);
    for (int i = 0; i < postings.terms(); i++) {
      Bits.decodeInto(postings.bits(i), rowsOf(postings.term(i)));
    }
  }

  private BitSet rowsOf(int term) {
    return postings.computeIfAbsent(term, none -> new BitSet());
  }

  boolean full() {
    return rows.size() == Block.SIZE;
  }

  void add(long[] row, int[] terms) {
    for (int term : terms) {
      rowsOf(term).set(rows.size());
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
    saveRows();
    statements.run(
        "insert or replace into block_posting values (?, ?, ?)",
        log,
        number,
        Postings.encode(postings));
  }

  /** The parts that are full and stored already stay as they are. */
  private void saveRows() throws SQLException {
    for (int part = saved / BlockRows.SIZE; part * BlockRows.SIZE < rows.size(); part++) {
      int from = part * BlockRows.SIZE;
      statements.run(
          "insert or replace into block_rows values (?, ?, ?, ?)",
          log,
          number,
          part,
          BlockRows.encode(rows.subList(from, Math.min(rows.size(), from + BlockRows.SIZE))));
    }
    saved = rows.size();
  }

  /** Saves a full block for good. */
  void close() throws SQLException {
    save();
    if (number % Postings.STRETCH == Postings.STRETCH - 1) {
      Stretches.close(statements, log, number / Postings.STRETCH);
    }
  }

  private long least(Column column) {
    return rows.stream().mapToLong(row -> row[column.ordinal()]).min().orElseThrow();
  }

  private long most(Column column) {
    return rows.stream().mapToLong(row -> row[column.ordinal()]).max().orElseThrow();
  }
}
