package dev.cadastre.ledger.access;

import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.ReadPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * The vault as tokens and sessions use it: many readers, and short transactions on a connection
 * opened for each.
 */
final class AccessStore implements AutoCloseable {
  private final Database database;
  private final ReadPool reads;

  AccessStore(Database database) {
    this.database = database;
    this.reads = new ReadPool(database);
  }

  <T> T read(Function<DSLContext, T> query) {
    return reads.read(query);
  }

  /** Runs the statements in one transaction, which is on disk when this returns. */
  <T> T write(Function<DSLContext, T> statements) {
    try (Connection connection = database.writer()) {
      DSLContext context = DSL.using(connection, database.dialect());
      context.execute(database.begin());
      T result = statements.apply(context);
      context.execute("commit");
      return result;
    } catch (SQLException | DataAccessException e) {
      throw new StorageFailure("cannot write the vault: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    reads.close();
  }
}
