package dev.cadastre.ledger.store.sqlite;

import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.sqlite.SQLiteConfig;

/**
 * One SQLite file, for reading alone: nothing in its directory is made, migrated, repaired or
 * removed, and the directory may lie on a read-only medium. Processes that write it may go on
 * meanwhile.
 */
public final class ReadOnlyDatabase implements Database {
  private static final int BUSY_TIMEOUT_MS = 10_000;

  private final Path file;

  private ReadOnlyDatabase(Path file) {
    this.file = file;
  }

  /** A file as it is, which may be missing or damaged: that shows at the first read. */
  public static ReadOnlyDatabase of(Path directory, Schema schema) {
    return new ReadOnlyDatabase(directory.resolve(SqliteFile.name(schema)));
  }

  /**
   * Whoever has the file open keeps the write-ahead log's index beside it. Where that is, it is
   * shared. Where only the log is left, of a process that was killed, the log is read without
   * locks, since nobody is there to lock out. Where neither is, the file alone is all.
   */
  @Override
  public Connection reader() throws SQLException {
    if (!Files.isRegularFile(file)) {
      throw new SQLException("there is no file " + file);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    if (Files.exists(beside("-shm"))) {
      return connect(config, "mode=ro");
    }
    if (holdsAnything(beside("-wal"))) {
      config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
      return connect(config, "mode=ro&vfs=unix-none");
    }
    return connect(config, "immutable=1");
  }

  private Connection connect(SQLiteConfig config, String how) throws SQLException {
    return config.createConnection(
        "jdbc:sqlite:file:" + file.toAbsolutePath().toUri().getRawPath() + "?" + how);
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static boolean holdsAnything(Path log) throws SQLException {
    try {
      return Files.exists(log) && Files.size(log) > 0;
    } catch (IOException e) {
      throw new SQLException("cannot read " + log, e);
    }
  }

  /**
   * Writes all that is committed at one moment into a new file, synced and readable by its owner
   * alone. Writers go on meanwhile.
   *
   * @param target what must not be there yet; its directory is
   * @throws StorageFailure if the file cannot be read, or the copy not be written
   */
  public void copyTo(Path target) {
    try (Connection connection = reader();
        PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
      Files.createFile(target, SqliteMigration.OWNER_ONLY);
      copy.setString(1, target.toString());
      copy.executeUpdate();
      try (FileChannel written = FileChannel.open(target, StandardOpenOption.WRITE)) {
        written.force(true);
      }
    } catch (SQLException | IOException failure) {
      throw new StorageFailure(
          "cannot copy " + file + " to " + target + ": " + failure.getMessage(), failure);
    }
  }

  @Override
  public Connection writer() throws SQLException {
    throw new SQLException(file + " is open for reading alone");
  }

  @Override
  public Connection derivedWriter() throws SQLException {
    return writer();
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
  public String begin() {
    return "begin";
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
    throw new StorageFailure(file + " is open for reading alone");
  }

  @Override
  public boolean hasRoom() {
    return false;
  }

  @Override
  public Fault fault(Throwable failure) {
    return SqliteFaults.of(failure);
  }
}
