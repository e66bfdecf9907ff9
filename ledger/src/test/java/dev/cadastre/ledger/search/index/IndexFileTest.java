package dev.cadastre.ledger.search.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.EntrySource;
import dev.cadastre.ledger.search.MemoryLogs;
import dev.cadastre.ledger.search.SampleEvents;
import dev.cadastre.ledger.search.Search;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that is not that of the logs beside it: an older copy of one of them was put back. */
class IndexFileTest {
  private static final LogName BANK = new LogName("bank");
  private static final LogName SHOP = new LogName("shop");

  @TempDir Path directory;
  @TempDir Path scratch;
  private final List<String> dropped = new ArrayList<>();

  @BeforeEach
  void indexTwoLogs() {
    Database index = SqliteDatabase.open(directory, Schema.INDEX);
    new Indexer(directory, index, logs(1, 300)).catchUp();
  }

  /** A log {@code bank} of so many entries, which differ by seed, and a log {@code shop}. */
  private static MemoryLogs logs(int seed, int entries) {
    MemoryLogs logs = new MemoryLogs();
    add(logs, BANK, seed, entries);
    add(logs, SHOP, 7, 20);
    return logs;
  }

  private static void add(MemoryLogs logs, LogName log, int seed, int entries) {
    SampleEvents events = new SampleEvents(seed);
    for (long i = 0; i < entries; i++) {
      logs.append(log, events.next(i), SampleEvents.START_NS + i * SampleEvents.SECOND_NS);
    }
  }

  /** Opens the index over these logs, follows them, and finds it sound. */
  private void assertSoundOver(MemoryLogs logs) {
    Database index = IndexFile.open(directory, SqliteStores.in(directory), logs, dropped::add);
    try (Search search = new Search(index, logs)) {
      assertTrue(search.indexed(BANK) <= logs.size(BANK), "nothing is shown that is not there");
    }
    new Indexer(directory, index, logs).catchUp();
    Database fresh = SqliteDatabase.open(scratch, Schema.INDEX);
    assertEquals(List.of(), IndexCheck.check(index, logs, fresh));
  }

  @Test
  void anIndexOfTheSameLogsIsKept() {
    Database index =
        IndexFile.open(directory, SqliteStores.in(directory), logs(1, 300), dropped::add);
    try (Search search = new Search(index, logs(1, 300))) {
      assertEquals(300, search.indexed(BANK));
    }
    assertSoundOver(logs(1, 310));
    assertEquals(List.of(), dropped);
  }

  @Test
  void anIndexAheadOfItsLogIsDroppedAndBuiltAgain() {
    assertSoundOver(logs(1, 299));
    assertEquals(List.of("log bank: 300 entries are indexed, the log has 299"), dropped);
  }

  @Test
  void anIndexOfOtherEntriesIsDroppedAndBuiltAgain() {
    assertSoundOver(logs(2, 300));
    assertEquals(List.of("log bank: entry 299 is another in the log than in the index"), dropped);
  }

  @Test
  void anIndexOfAnotherPastIsDroppedThoughTheLogIsLonger() {
    assertSoundOver(logs(2, 5_000));
    assertEquals(List.of("log bank: entry 299 is another in the log than in the index"), dropped);
  }

  @Test
  void anIndexOfALogThatIsNotThereIsDropped() {
    MemoryLogs logs = new MemoryLogs();
    add(logs, BANK, 1, 300);
    assertSoundOver(logs);
    assertEquals(List.of("log shop: 20 entries are indexed, the log has 0"), dropped);
  }

  @Test
  void aLogThatIsReplacedWhileItIsFollowedIsIndexedAgain() {
    Database index = SqliteDatabase.open(directory, Schema.INDEX);
    List<MemoryLogs> now = new ArrayList<>(List.of(logs(1, 300)));
    EntrySource changing = new Replaceable(now);
    try (IndexRun run = new IndexRun(index, changing, dropped::add)) {
      run.catchUp((log, position) -> true);
      now.set(0, logs(2, 320));
      run.catchUp((log, position) -> true);
    }
    assertEquals(List.of("log bank: entry 300 does not follow what is indexed before it"), dropped);
    Database fresh = SqliteDatabase.open(scratch, Schema.INDEX);
    assertEquals(List.of(), IndexCheck.check(index, now.get(0), fresh));
  }

  /** Whatever logs lie in the list's first place. */
  private record Replaceable(List<MemoryLogs> now) implements EntrySource {
    @Override
    public List<LogName> logs() {
      return now.get(0).logs();
    }

    @Override
    public long newestSegment() {
      return now.get(0).newestSegment();
    }

    @Override
    public List<LogName> grownSince(long segment) {
      return now.get(0).grownSince(segment);
    }

    @Override
    public long size(LogName log) {
      return now.get(0).size(log);
    }

    @Override
    public List<dev.cadastre.formats.entry.Entry> entries(LogName log, long from, long to) {
      return now.get(0).entries(log, from, to);
    }
  }

  @Test
  void aFileThatIsNoIndexIsDroppedAndBuiltAgain() throws Exception {
    Path file = directory.resolve("index.db");
    byte[] whole = Files.readAllBytes(file);
    Path vault = SqliteDatabase.open(scratch.resolve("other"), Schema.VAULT).file();
    List<byte[]> others =
        List.of(
            new byte[0],
            "no database at all, but long enough"
                .repeat(9)
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            Arrays.copyOf(whole, whole.length / 2),
            Files.readAllBytes(vault));
    List<String> said =
        List.of(
            "index.db is empty",
            "index.db is no SQLite database",
            "index.db is cut off: " + whole.length / 2 + " of " + whole.length + " bytes are there",
            "index.db is a vault.db under another name");
    for (byte[] other : others) {
      Files.write(file, other);
      assertSoundOver(logs(1, 300));
    }
    assertEquals(said, dropped);
  }

  @Test
  void anIndexWithTheTablesOfAnotherVersionIsDroppedAndBuiltAgain() throws Exception {
    String said = directory.resolve("index.db") + " has the tables of another version of Cadastre";
    for (String sql :
        List.of(
            "update flyway_schema_history set checksum = checksum + 1",
            "insert into flyway_schema_history select installed_rank + 1, '2', 'later', type,"
                + " 'V2__later.sql', checksum, installed_by, installed_on, 1, 1"
                + " from flyway_schema_history")) {
      try (Connection connection = SqliteDatabase.open(directory, Schema.INDEX).writer();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
      dropped.clear();
      assertSoundOver(logs(1, 300));
      assertEquals(List.of(said), dropped, sql);
    }
  }

  @Test
  void anIndexWhoseTablesAreDamagedIsDroppedAndBuiltAgain() throws Exception {
    Path file = directory.resolve("index.db");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 4_096, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);
    assertSoundOver(logs(1, 300));
    assertEquals(1, dropped.size(), dropped::toString);
  }
}
