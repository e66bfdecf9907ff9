package dev.cadastre.ledger.search;

import dev.cadastre.ledger.StorageFailure;
import dev.cadastre.proof.entry.Entry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Consecutive entries of one log on their way into every table. */
final class Batch {
  private static final Comparator<RecordRow> TREE_ORDER =
      Comparator.comparingLong(RecordRow::bucket)
          .thenComparingLong(RecordRow::hash)
          .thenComparingLong(RecordRow::index);

  private final Statements statements;
  private final int log;
  private final Rollups rollups = new Rollups();
  private final KeyStates keys;
  private final List<RecordRow> records = new ArrayList<>();
  private @Nullable OpenBlock block;
  private long position;

  private record RecordRow(long bucket, long hash, long index) {}

  Batch(Statements statements, int log, long position) {
    this.statements = statements;
    this.log = log;
    this.position = position;
    this.keys = new KeyStates(statements, log);
  }

  /** The index of the entry that comes next. */
  long position() {
    return position;
  }

  void add(Entry entry, Facts facts) throws SQLException {
    if (entry.index() != position) {
      throw new StorageFailure(
          "the index expected entry " + position + ", the log gave " + entry.index());
    }
    openBlock().add(facts.row, facts.terms());
    rollups.add(position, facts);
    keys.add(facts);
    facts.recordId.ifPresent(
        id -> records.add(new RecordRow(RecordIds.bucket(position), RecordIds.hash(id), position)));
    position++;
  }

  private OpenBlock openBlock() throws SQLException {
    if (block != null && block.full()) {
      block.save();
      block = null;
    }
    if (block == null) {
      block = new OpenBlock(statements, log, position);
    }
    return block;
  }

  /** Writes what was gathered, and returns the log's new position. */
  long save() throws SQLException {
    if (block != null) {
      block.save();
    }
    rollups.save(statements, log);
    keys.save();
    records.sort(TREE_ORDER);
    for (RecordRow row : records) {
      statements.run(
          "insert into record values (?, ?, ?, ?)", log, row.bucket, row.hash, row.index);
    }
    return position;
  }
}
