package dev.cadastre.ledger.search.index;

import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.Repeat;
import dev.cadastre.ledger.search.stored.Statements;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Consecutive entries of one log on their way into every table. */
final class EntryBatch {
  private final Statements statements;
  private final int log;
  private final Rollups rollups = new Rollups();
  private final KeyStates keys;
  private final Alerts alerts = new Alerts();
  private final KnownIds ids;
  private @Nullable OpenBlock block;
  private long position;

  EntryBatch(Statements statements, int log, long position, KnownIds ids) {
    this.ids = ids;
    this.statements = statements;
    this.log = log;
    this.position = position;
    this.keys = new KeyStates(statements, log);
  }

  /** The index of the entry that comes next. */
  long position() {
    return position;
  }

  void add(EntryFrame.Parts entry, Facts facts) throws SQLException {
    if (entry.index() != position) {
      throw new StorageFailure(
          "the index expected entry " + position + ", the log gave " + entry.index());
    }
    OpenBlock to = openBlock();
    Repeat repeat = facts.recordId.length == 0 ? Repeat.NONE : ids.add(facts.recordId, entry);
    facts.repeats(repeat);
    to.add(facts.row, facts.terms());
    alerts.add(position, facts, !repeat.samePayload());
    // The same record sent again tells nothing new.
    if (!repeat.samePayload()) {
      rollups.add(position, facts);
      keys.add(position, facts);
    }
    position++;
    if (to.full()) {
      to.close();
      ids.closeBlock();
      block = null;
    }
  }

  private OpenBlock openBlock() throws SQLException {
    if (block == null) {
      block = new OpenBlock(statements, log, position);
    }
    return block;
  }

  /** Writes what was gathered, and returns the log's new position. */
  long save() throws SQLException {
    if (block != null) {
      block.save();
      ids.saveBlock();
    }
    rollups.save(statements, log);
    keys.save();
    alerts.save(statements, log);
    return position;
  }
}
