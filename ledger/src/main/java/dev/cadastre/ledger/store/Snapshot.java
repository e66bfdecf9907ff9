package dev.cadastre.ledger.store;

import dev.cadastre.ledger.model.StorageFailure;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private Snapshot(Connection connection) {
    this.connection = connection;
    this.context = DSL.using(connection, SQLDialect.SQLITE, Jooq.SETTINGS);
  }

  /**
   * A file as it is, which may be damaged: nothing is created, migrated, repaired or checked; see
   * {@link ReadOnlyDatabase}.
   *
   * @throws StorageFailure if not even that is possible
   */
  public static Snapshot of(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new StorageFailure("there is no file " + file);
    }
    try {
      Connection connection = ReadOnlyDatabase.of(file).reader();
      try (Statement statement = connection.createStatement()) {
        statement.execute("begin");
      }
      return new Snapshot(connection);
    } catch (SQLException failure) {
      throw new StorageFailure("cannot read " + file + ": " + failure.getMessage(), failure);
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
