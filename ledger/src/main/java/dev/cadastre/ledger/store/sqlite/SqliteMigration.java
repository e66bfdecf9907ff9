package dev.cadastre.ledger.store.sqlite;

import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;

/**
 * Creates a cell's directory and files, readable by their owner alone, and applies the migrations,
 * one process at a time.
 */
final class SqliteMigration {
  private static final Set<PosixFilePermission> PRIVATE_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> PRIVATE_FILE =
      PosixFilePermissions.fromString("rw-------");

  static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions.asFileAttribute(PRIVATE_FILE);

  private SqliteMigration() {}

  static void bringUpToDate(Path directory, Schema schema, SqliteDatabase database) {
    try {
      createDirectory(directory);
      try (FileChannel lock = openLock(directory.resolve("migration.lock"))) {
        lock.lock();
        createFile(database.file());
        claim(database, schema);
        migrate(database, schema);
      }
    } catch (FlywayValidateException other) {
      throw new StorageFailure(
          database.file() + " has the tables of another version of Cadastre" + advice(schema),
          other);
    } catch (IOException | SQLException | FlywayException failure) {
      throw new StorageFailure(
          "cannot open " + database.file() + ": " + failure.getMessage(), failure);
    }
  }

  private static void createDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PRIVATE_DIRECTORY));
    }
  }

  private static FileChannel openLock(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PRIVATE_FILE));
  }

  /**
   * SQLite gives its -wal and -shm files the mode of the database file, so that one must be right
   * before it is opened.
   */
  private static void createFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(PRIVATE_FILE));
    }
  }

  private static void claim(SqliteDatabase database, Schema schema)
      throws SQLException, IOException {
    boolean fresh = Files.size(database.file()) == 0;
    try (Connection connection = database.writer();
        Statement statement = connection.createStatement()) {
      int found = applicationId(statement);
      if (found != SqliteFile.applicationId(schema) && !(fresh && found == 0)) {
        throw new StorageFailure(
            database.file()
                + " is not a "
                + SqliteFile.name(schema)
                + " of Cadastre: application id "
                + Integer.toHexString(found)
                + ", expected "
                + Integer.toHexString(SqliteFile.applicationId(schema)));
      }
      if (fresh) {
        statement.execute("pragma application_id = " + SqliteFile.applicationId(schema));
      }
    }
  }

  private static int applicationId(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("pragma application_id")) {
      return result.getInt(1);
    }
  }

  private static void migrate(SqliteDatabase database, Schema schema)
      throws SQLException, IOException {
    Flyway flyway =
        Flyway.configure()
            .dataSource("jdbc:sqlite:" + database.file(), null, null)
            .locations("classpath:" + SqliteFile.migrations(schema))
            // Of a later version's file Flyway would read on, not knowing what it holds.
            .ignoreMigrationPatterns(new String[0])
            .load();
    // Flyway itself would only warn, and leave a file without tables.
    if (Arrays.stream(flyway.info().all()).noneMatch(one -> one.getState().isResolved())) {
      throw new StorageFailure(
          "this program's migrations of "
              + SqliteFile.name(schema)
              + " cannot be read; is it being replaced?");
    }
    String version = flyway.migrate().targetSchemaVersion;
    if (version != null) {
      setUserVersion(database, Integer.parseInt(version));
    }
    List<String> scripts =
        Arrays.stream(flyway.info().applied()).map(MigrationInfo::getScript).toList();
    OwnTriggers.require(database, schema, scripts);
  }

  /** An index is dropped and built again, and nobody has to do anything. */
  private static String advice(Schema schema) {
    return schema == Schema.INDEX
        ? ""
        : "; use the version that made it, or another directory (--data)";
  }

  private static void setUserVersion(SqliteDatabase database, int version) throws SQLException {
    try (Connection connection = database.writer();
        Statement statement = connection.createStatement()) {
      statement.execute("pragma user_version = " + version);
    }
  }
}
