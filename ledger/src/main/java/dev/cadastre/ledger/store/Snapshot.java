package dev.cadastre.ledger.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * One read transaction: every query sees the store as it was at the first. For use by one thread.
 */
public final class Snapshot implements Reads, AutoCloseable {
  private final Database database;
  private final Connection connection;
  private final DSLContext context;

  private Snapshot(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
    this.context = DSL.using(connection, database.dialect(), Jooq.SETTINGS);
  }

  /**
   * A database that was opened for looking only, as it is at one moment.
   *
   * @throws dev.cadastre.ledger.model.StorageFailure if it cannot be read
   */
  public static Snapshot of(Database database) {
    try {
      Connection connection = database.reader();
      try (Statement statement = connection.createStatement()) {
        statement.execute(database.begin());
      }
      return new Snapshot(database, connection);
    } catch (SQLException failure) {
      throw Jooq.failed(database, "cannot read " + database, failure);
    }
  }

  @Override
  public <T> T read(Function<DSLContext, T> query) {
    try {
      return query.apply(context);
    } catch (DataAccessException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw Jooq.failed(database, "cannot be read", cause);
    }
  }

  @Override
  public void close() {
    Jooq.closeQuietly(connection);
  }
}
