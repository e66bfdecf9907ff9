package dev.cadastre.ledger.search.index;

import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.stored.Postings;
import dev.cadastre.ledger.search.stored.Statements;
import java.io.ByteArrayOutputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stretches of {@value Postings#STRETCH} blocks: once full, their postings are stored by term, at
 * the end of the table.
 */
final class Stretches {
  private Stretches() {}

  /** The postings of a block whose stretch is not full. */
  static Postings block(Statements statements, int log, int block) throws SQLException {
    PreparedStatement select =
        statements.prepare(
            "select bytes from block_posting where log = ? and block = ?", log, block);
    try (ResultSet stored = select.executeQuery()) {
      if (!stored.next()) {
        throw new StorageFailure("index block " + block + " has no postings");
      }
      return Postings.decode(stored.getBytes(1));
    }
  }

  /** Puts the postings of a stretch's terms in the place of those of its blocks. */
  static void close(Statements statements, int log, int stretch) throws SQLException {
    int first = stretch * Postings.STRETCH;
    Map<Integer, ByteArrayOutputStream> byTerm = new TreeMap<>();
    for (int place = 0; place < Postings.STRETCH; place++) {
      Postings postings = block(statements, log, first + place);
      for (int i = 0; i < postings.terms(); i++) {
        ByteArrayOutputStream bytes =
            byTerm.computeIfAbsent(postings.term(i), none -> new ByteArrayOutputStream(64));
        Postings.append(bytes, place, postings.bits(i));
      }
    }
    for (Map.Entry<Integer, ByteArrayOutputStream> term : byTerm.entrySet()) {
      statements.run(
          "insert into posting values (?, ?, ?, ?)",
          log,
          stretch,
          term.getKey(),
          term.getValue().toByteArray());
    }
    statements.run(
        "delete from block_posting where log = ? and block between ? and ?",
        log,
        first,
        first + Postings.STRETCH - 1);
  }
}
