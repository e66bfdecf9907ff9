package dev.cadastre.ledger.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.sqlite.ProgressHandler;

/** Counts the steps of SQLite's virtual machine. */
final class StepCount {
  private StepCount() {}

  static void start(Connection connection, int steps, BooleanSupplier end) throws SQLException {
    ProgressHandler.setHandler(
        connection,
        steps,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return end.getAsBoolean() ? 1 : 0;
          }
        });
  }

  static void end(Connection connection) throws SQLException {
    ProgressHandler.clearHandler(connection);
  }
}
