package dev.cadastre.ledger.store;

import java.sql.Connection;
import java.sql.SQLException;
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

  /** A connection that refuses writes. */
  Connection reader() throws SQLException;

  /** The statement that begins a transaction and takes the write lock. */
  String begin();

  SQLDialect dialect();

  /**
   * Runs a change that overwrites or deletes, commits it, and leaves no copy of what was there in
   * any of the database's files.
   *
   * @throws dev.cadastre.ledger.model.StorageFailure if that did not succeed
   */
  void destroy(Consumer<DSLContext> change);

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
    /** Anything else: read-only, I/O error, a failed sync, damage. */
    BROKEN
  }
}
