package dev.cadastre.ledger.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;

/**
 * Where connections come from; its {@code toString} says where that is. A writer's transactions are
 * on disk, synced, once {@code commit} returns; a reader sees what was committed when its statement
 * starts.
 */
public interface Database {
  /** A connection for transactions that begin with {@link #begin()}. */
  Connection writer() throws SQLException;

  /**
   * A connection for writing what can be built again: a commit may be lost with the machine, but
   * leaves the store whole.
   */
  Connection derivedWriter() throws SQLException;

  /** A connection that refuses writes. */
  Connection reader() throws SQLException;

  /**
   * The statement that begins a transaction, in which every query sees one state. It takes the
   * write lock, where there is one, unless the database was opened for looking only.
   */
  String begin();

  SQLDialect dialect();

  /**
   * Runs a change that overwrites or deletes, commits it, and leaves no copy of what was there in
   * any of the database's files.
   *
   * @throws dev.cadastre.ledger.model.StorageFailure if that did not succeed
   */
  void destroy(Consumer<DSLContext> change);

  /**
   * Asks each time about so many steps of work were done on the connection, until {@link
   * #endMeter}. A step is what the database counts its work in, so that the same query has the same
   * number of them on a busy machine.
   *
   * @param end whether the statement is to fail now
   */
  void meter(Connection connection, int steps, BooleanSupplier end) throws SQLException;

  void endMeter(Connection connection) throws SQLException;

  /** Whether there is room for what writers ordinarily write at a time. */
  boolean hasRoom();

  /** Sorts a failed statement of a writer's transaction. */
  Fault fault(Throwable failure);

  /** What a failed statement means for the appender. */
  enum Fault {
    /** A row with that key is there already. */
    DUPLICATE,
    /** Another connection held the write lock for too long; nothing was written. */
    BUSY,
    /** The disk is full; the transaction can be rolled back, and works once there is room. */
    FULL,
    /** What is stored is not what was written: it is damaged there. */
    DAMAGED,
    /** Anything else: read-only, I/O error, a failed sync. */
    BROKEN
  }
}
