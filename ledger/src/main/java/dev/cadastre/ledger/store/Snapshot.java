package dev.cadastre.ledger.store;

import dev.cadastre.ledger.model.StorageFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * One read transaction: every query sees the store as it was at the first. For use by one thread.
 */
public final class Snapshot implements Reads, AutoCloseable {
  private final Connection connection;
  private final DSLContext context;

  private Snapshot(Connection connection, SQLDialect dialect) {
    this.connection = connection;
    this.context = DSL.using(connection, dialect, Jooq.SETTINGS);
  }

  /**
   * A database that was opened for looking only, as it is at one moment.
   *
   * @throws StorageFailure if it cannot be read
   */
  public static Snapshot of(Database database) {
    try {
      Connection connection = database.reader();
      try (Statement statement = connection.createStatement()) {
        statement.execute(database.begin());
      }
      return new Snapshot(connection, database.dialect());
    } catch (SQLException failure) {
      throw new StorageFailure("cannot read " + database + ": " + failure.getMessage(), failure);
    }
  }

  @Override
  public <T> T read(Function<DSLContext, T> query) {
    try {
      return query.apply(context);
    } catch (DataAccessException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw new StorageFailure("cannot be read: " + cause.getMessage(), failure);
    }
  }

  @Override
  public void close() {
    Jooq.closeQuietly(connection);
  }
}
