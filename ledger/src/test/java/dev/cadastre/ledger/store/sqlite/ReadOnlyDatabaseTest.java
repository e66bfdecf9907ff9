package dev.cadastre.ledger.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.formats.Hash;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server left behind is read whole, and left as it was. */
class ReadOnlyDatabaseTest {
  @TempDir Path directory;

  /** A copy of a database while a writer has it open: all its rows are in the write-ahead log. */
  private Path left(List<String> suffixes) throws Exception {
    Path served = directory.resolve("served");
    Path left = Files.createDirectory(directory.resolve("left"));
    SqliteDatabase database = SqliteDatabase.open(served, Schema.VAULT);
    try (Connection writer = database.writer();
        Statement statement = writer.createStatement()) {
      statement.execute("insert into disclosure_key values ('acme', 1, null)");
      for (String suffix : suffixes) {
        Files.copy(served.resolve("vault.db" + suffix), left.resolve("vault.db" + suffix));
      }
    }
    return left;
  }

  private static long rows(Path directory) throws SQLException {
    try (Connection reader = ReadOnlyDatabase.of(directory, Schema.VAULT).reader();
        Statement statement = reader.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from disclosure_key")) {
      return rows.getLong(1);
    }
  }

  private static Map<String, String> files(Path directory) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : paths.toList()) {
        String name = String.valueOf(path.getFileName());
        // The log's index is SQLite's own: readers note in it how far they look.
        files.put(name, name.endsWith("-shm") ? "" : Hash.sha256(Files.readAllBytes(path)).hex());
      }
    }
    return files;
  }

  @Test
  void aLogOfAKilledServerIsReadWithAndWithoutItsIndex() throws Exception {
    Path whole = left(List.of("", "-wal", "-shm"));
    Map<String, String> before = files(whole);
    assertEquals(1, rows(whole));
    assertEquals(before, files(whole));
    Files.delete(whole.resolve("vault.db-shm"));
    Map<String, String> without = files(whole);
    assertEquals(1, rows(whole));
    assertEquals(without, files(whole));
  }

  @Test
  void aFileWithoutItsLogHasWhatWasMovedIntoIt() throws Exception {
    Path alone = left(List.of(""));
    Map<String, String> before = files(alone);
    assertEquals(0, rows(alone), "a database file alone is no backup");
    assertEquals(before, files(alone));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "50%25", "what?mode=rwc", "a#b", "ä+ö"})
  void anyDirectoryNameIsThatDirectory(String name) throws Exception {
    Path odd = directory.resolve(name);
    SqliteDatabase.open(odd, Schema.VAULT);
    Map<String, String> before = files(odd);
    assertEquals(0, rows(odd));
    assertEquals(before, files(odd));
  }

  @Test
  void nothingIsWrittenOrMade() {
    Database none = ReadOnlyDatabase.of(directory.resolve("none"), Schema.VAULT);
    assertThrows(SQLException.class, none::reader);
    assertThrows(SQLException.class, none::writer);
    assertEquals(false, Files.exists(directory.resolve("none")));
  }

  @Test
  void aCopyHasWhatIsOnlyInTheLog() throws Exception {
    Path left = left(List.of("", "-wal", "-shm"));
    Path copy = Files.createDirectory(directory.resolve("copy"));
    ReadOnlyDatabase.of(left, Schema.VAULT).copyTo(copy.resolve("vault.db"));
    assertEquals(List.of("vault.db"), List.copyOf(files(copy).keySet()));
    assertEquals(1, rows(copy));
    assertEquals(Optional.empty(), DatabaseFile.fault(copy, Schema.VAULT));
  }
}
