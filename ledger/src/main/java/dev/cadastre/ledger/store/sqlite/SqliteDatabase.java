package dev.cadastre.ledger.store.sqlite;

import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Jooq;
import dev.cadastre.ledger.store.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.sqlite.SQLiteConfig;

/** One SQLite file in WAL mode. Every commit is synced: {@code synchronous=FULL}. */
public final class SqliteDatabase implements Database {
  private static final int BUSY_TIMEOUT_MS = 10_000;

  /**
   * 16 MiB of log between two checkpoints of SQLite's own: fewer of them than by default, and
   * restarts stay quick.
   */
  private static final int WAL_PAGES = 4_000;

  /** To which the write-ahead log is cut back when a long reader has let it grow. */
  private static final int WAL_BYTES_KEPT = 64 << 20;

  /** What an ordinary batch takes, packed; one that takes more is refused once more. */
  private static final long ROOM_BYTES = 16L << 20;

  private static final int DERIVED_CACHE_KIB = 64 * 1024;

  private final Path file;

  private SqliteDatabase(Path file) {
    this.file = file;
  }

  /**
   * Opens the file, and creates or migrates it as needed. Safe while other processes do the same.
   *
   * @throws StorageFailure if the file cannot be opened or belongs to something else
   */
  public static SqliteDatabase open(Path directory, Schema schema) {
    SqliteDatabase database = new SqliteDatabase(directory.resolve(SqliteFile.name(schema)));
    SqliteMigration.bringUpToDate(directory, schema, database);
    return database;
  }

  public Path file() {
    return file;
  }

  @Override
  public Connection writer() throws SQLException {
    return config().createConnection("jdbc:sqlite:" + file);
  }

  /** Takes the write lock at once: a deferred transaction could fail to get it halfway. */
  @Override
  public String begin() {
    return "begin immediate";
  }

  @Override
  public Connection reader() throws SQLException {
    Connection connection = writer();
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma query_only = true");
    }
    return connection;
  }

  /**
   * What can be built again need not wait for the disk at each commit; the write-ahead log keeps
   * the file whole all the same.
   */
  @Override
  public Connection derivedWriter() throws SQLException {
    Connection connection = writer();
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma synchronous = normal");
      statement.execute("pragma cache_size = -" + DERIVED_CACHE_KIB);
    }
    return connection;
  }

  @Override
  public void meter(Connection connection, int steps, BooleanSupplier end) throws SQLException {
    StepCount.start(connection, steps, end);
  }

  @Override
  public void endMeter(Connection connection) throws SQLException {
    StepCount.end(connection);
  }

  @Override
  public String toString() {
    return file.toString();
  }

  @Override
  public SQLDialect dialect() {
    return SQLDialect.SQLITE;
  }

  @Override
  public void destroy(Consumer<DSLContext> change) {
    try (Connection connection = writer()) {
      DSLContext context = DSL.using(connection, dialect(), Jooq.SETTINGS);
      context.transaction(inner -> change.accept(inner.dsl()));
      // secure_delete zeroes the pages; the write-ahead log still holds the old ones until it is
      // emptied.
      Record result = context.fetchSingle("pragma wal_checkpoint(truncate)");
      if (!Integer.valueOf(0).equals(result.get(0))) {
        throw new StorageFailure(
            "destroyed, but a reader kept the write-ahead log of " + file + " from being emptied");
      }
    } catch (SQLException | DataAccessException failure) {
      throw new StorageFailure("cannot change " + file + ": " + failure.getMessage(), failure);
    }
  }

  @Override
  public boolean hasRoom() {
    try {
      return Files.getFileStore(file).getUsableSpace() >= ROOM_BYTES;
    } catch (IOException unknown) {
      return false;
    }
  }

  @Override
  public Fault fault(Throwable failure) {
    return SqliteFaults.of(failure);
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    config.enforceForeignKeys(true);
    config.enableRecursiveTriggers(true);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(WAL_PAGES));
    config.setJournalSizeLimit(WAL_BYTES_KEPT);
    // Nobody asks for generated keys, and the driver would look for one after every insert.
    config.setGetGeneratedKeys(false);
    return config;
  }
}
