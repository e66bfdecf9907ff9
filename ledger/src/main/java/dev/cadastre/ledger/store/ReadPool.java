package dev.cadastre.ledger.store;

import dev.cadastre.ledger.model.StorageFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * Read connections, opened as needed and kept for the next caller. A connection on which something
 * failed is not used again.
 */
public final class ReadPool implements Reads, AutoCloseable {
  private static final int KEPT = 8;

  private final Database database;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  public ReadPool(Database database) {
    this.database = database;
  }

  /** Runs the query on a connection that no one else uses meanwhile. */
  @Override
  public <T> T read(Function<DSLContext, T> query) {
    Connection connection = take();
    T result;
    try {
      result = query.apply(DSL.using(connection, database.dialect(), Jooq.SETTINGS));
    } catch (DataAccessException failure) {
      Jooq.closeQuietly(connection);
      throw Jooq.failed(database, "cannot read the store", failure);
    } catch (RuntimeException failure) {
      Jooq.closeQuietly(connection);
      throw failure;
    }
    giveBack(connection);
    return result;
  }

  private Connection take() {
    synchronized (idle) {
      if (closed) {
        throw new StorageFailure("the store is closed");
      }
      Connection connection = idle.pollFirst();
      if (connection != null) {
        return connection;
      }
    }
    try {
      return database.reader();
    } catch (SQLException failure) {
      throw Jooq.failed(database, "cannot open the store", failure);
    }
  }

  private void giveBack(Connection connection) {
    synchronized (idle) {
      if (!closed && idle.size() < KEPT) {
        idle.addFirst(connection);
        return;
      }
    }
    Jooq.closeQuietly(connection);
  }

  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(Jooq::closeQuietly);
      idle.clear();
    }
  }
}
