package dev.cadastre.ledger.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.conf.Settings;

/** How jOOQ is used here. */
public final class Jooq {
  public static final Settings SETTINGS =
      new Settings().withRenderSchema(false).withExecuteLogging(false).withAttachRecords(false);

  private Jooq() {}

  static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException ignored) {
      // Nothing is open on it that a failing close could lose: commits are over once they return.
    }
  }
}
