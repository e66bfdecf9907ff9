package dev.cadastre.ledger.store;

import dev.cadastre.ledger.model.StorageFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.InsertSetMoreStep;
import org.jooq.Query;
import org.jooq.TableRecord;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * The one write connection that a process holds on a database. For use by one thread. After a
 * {@link StorageFailure} it must not be used again: what a failed sync left in the page cache may
 * look written and not be. A write for which the disk had no room was never synced, and is rolled
 * back like any other.
 */
public final class Writer implements AutoCloseable {
  /** How a transaction ended, when it is known. */
  public enum Outcome {
    /** On disk, synced. */
    COMMITTED,
    /** Rolled back: another appender was first. */
    COLLIDED,
    /** Rolled back: another process held the write lock for too long. */
    BUSY,
    /** Rolled back: the disk is full. */
    FULL
  }

  private final Database database;
  private final Connection connection;
  private final DSLContext context;
  private boolean held;

  public Writer(Database database) {
    this.database = database;
    try {
      this.connection = database.writer();
    } catch (SQLException failure) {
      throw new StorageFailure(
          "cannot open the store for writing: " + failure.getMessage(), failure);
    }
    this.context = DSL.using(connection, database.dialect(), Jooq.SETTINGS);
  }

  /**
   * Begins the next transaction before its rows are known. On a database that writers lock as a
   * whole, nothing can then collide with them.
   *
   * @return false if another process held the lock for too long
   */
  public boolean hold() {
    try {
      if (!held) {
        execute(database.begin());
        held = true;
      }
      return true;
    } catch (SQLException failure) {
      unlessBroken(failure);
      return false;
    }
  }

  /** Ends the transaction that was begun by {@link #hold()} if nothing was committed in it. */
  public void release() {
    if (held) {
      held = false;
      rollback();
    }
  }

  /**
   * Inserts the rows in one transaction.
   *
   * @throws StorageFailure if the store failed; whether the rows are on disk is then not known
   */
  public Outcome commit(Rows rows) {
    if (!hold()) {
      return Outcome.BUSY;
    }
    held = false;
    try {
      insert(rows.locks);
    } catch (DataAccessException failure) {
      return rolledBack(failure);
    }
    try {
      insertIfAbsent(rows.ifAbsent);
      insert(rows.others);
      execute("commit");
      return Outcome.COMMITTED;
    } catch (DataAccessException | SQLException failure) {
      if (database.fault(failure) != Database.Fault.FULL) {
        throw failed(failure);
      }
      rollbackWhatIsLeft();
      return Outcome.FULL;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void insert(List<TableRecord<?>> rows) {
    if (!rows.isEmpty()) {
      for (int inserted : context.batchInsert(rows).execute()) {
        if (inserted != 1) {
          // Whoever is answered with success relies on it.
          throw new StorageFailure("the store took a row and did not keep it; run cadastre fsck");
        }
      }
    }
  }

  private void insertIfAbsent(List<TableRecord<?>> rows) {
    for (TableRecord<?> row : rows) {
      ifAbsent(row).execute();
    }
  }

  private Query ifAbsent(TableRecord<?> row) {
    InsertSetMoreStep<?> insert = context.insertInto(row.getTable()).set(row);
    return insert.onConflictDoNothing();
  }

  private Outcome rolledBack(DataAccessException failure) {
    Outcome outcome = unlessBroken(failure);
    if (outcome == Outcome.FULL) {
      rollbackWhatIsLeft();
    } else {
      rollback();
    }
    return outcome;
  }

  private void rollback() {
    try {
      execute("rollback");
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  /** A database may have rolled back by itself; that it did shows by its taking a new beginning. */
  private void rollbackWhatIsLeft() {
    try {
      execute("rollback");
    } catch (SQLException none) {
      try {
        execute(database.begin());
        execute("rollback");
      } catch (SQLException failure) {
        throw failed(failure);
      }
    }
  }

  private Outcome unlessBroken(Exception failure) {
    return switch (database.fault(failure)) {
      case DUPLICATE -> Outcome.COLLIDED;
      case BUSY -> Outcome.BUSY;
      case FULL -> Outcome.FULL;
      case DAMAGED, BROKEN -> throw failed(failure);
    };
  }

  private static StorageFailure failed(Exception failure) {
    return new StorageFailure("cannot write the store: " + failure.getMessage(), failure);
  }

  @Override
  public void close() {
    Jooq.closeQuietly(connection);
  }
}
