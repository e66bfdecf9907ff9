package dev.cadastre.ledger.store.sqlite;

import dev.cadastre.ledger.store.Database.Fault;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's result codes mean. */
final class SqliteFaults {
  private SqliteFaults() {}

  static Fault of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return of(sqlite.getResultCode());
      }
    }
    return Fault.BROKEN;
  }

  private static Fault of(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE -> Fault.DUPLICATE;
      case SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_BUSY_RECOVERY, SQLITE_BUSY_TIMEOUT ->
          Fault.BUSY;
      // The latter is what a full disk says to the write-ahead log's own index.
      case SQLITE_FULL, SQLITE_IOERR_SHMSIZE -> Fault.FULL;
      case SQLITE_CORRUPT -> Fault.DAMAGED;
      default -> Fault.BROKEN;
    };
  }
}
