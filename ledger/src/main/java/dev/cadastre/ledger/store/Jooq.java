package dev.cadastre.ledger.store;

import dev.cadastre.ledger.model.RowsDamaged;
import dev.cadastre.ledger.model.StorageFailure;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.conf.Settings;

/** How jOOQ is used here. */
public final class Jooq {
  public static final Settings SETTINGS =
      new Settings().withRenderSchema(false).withExecuteLogging(false).withAttachRecords(false);

  private Jooq() {}

  static StorageFailure failed(Database database, String what, Throwable failure) {
    String message = what + ": " + failure.getMessage();
    return database.fault(failure) == Database.Fault.DAMAGED
        ? new RowsDamaged(message, failure)
        : new StorageFailure(message, failure);
  }

  static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException ignored) {
      // Nothing is open on it that a failing close could lose: commits are over once they return.
    }
  }
}
