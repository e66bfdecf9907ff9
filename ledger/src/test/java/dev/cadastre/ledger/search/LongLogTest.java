package dev.cadastre.ledger.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.index.IndexCheck;
import dev.cadastre.ledger.search.index.Indexer;
import dev.cadastre.ledger.search.stored.Block;
import dev.cadastre.ledger.search.stored.Postings;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log of one full stretch and a bit: what lies in stretches is found as what lies in blocks is.
 * Every hundredth record is an earlier one sent again, every hundred-and-first bears an earlier
 * one's id.
 */
final class LongLogTest {
  private static final LogName BANK = new LogName("bank");
  private static final int SIZE = Postings.STRETCH * Block.SIZE + 5_000;
  private static final int OBJECTS = 700;

  @TempDir static Path directory;
  private static final MemoryLogs LOGS = new MemoryLogs();
  private static Database index;
  private static Search search;

  @BeforeAll
  static void indexIt() {
    index = SqliteDatabase.open(directory, Schema.INDEX);
    search = new Search(index, LOGS);
    Indexer indexer = new Indexer(directory, index, LOGS);
    for (int i = 0; i < SIZE; i++) {
      LOGS.append(BANK, event(i), SampleEvents.START_NS + i);
      if (i % 20_011 == 0) {
        indexer.catchUp(); // batches of every length
      }
    }
    indexer.catchUp();
  }

  private static boolean again(long i) {
    return i >= 1_000 && i % 100 == 0;
  }

  private static boolean another(long i) {
    return i >= 1_000 && i % 101 == 0 && !again(i);
  }

  /** No record that is itself sent again or bears another's id. */
  private static long earlier(long i) {
    return i / 2 / 10_100 * 10_100 + 7;
  }

  private static RecordEvent event(long i) {
    long says = again(i) ? earlier(i) : i;
    return RecordEvent.builder(Kind.DATA_ACCESS, "token/0a1b2c3d")
        .id("rec-" + (another(i) ? earlier(i) : says))
        .time(SampleEvents.START_NS + says)
        .attributes(
            Attributes.of(
                Map.of(
                    "audit.action", Value.of(says % 5_000 == 3 ? "export" : "read"),
                    "ledger.data.object.id", Value.of("account/" + says % OBJECTS))))
        .build();
  }

  private static List<Long> listed(EventQuery query) throws Refused {
    List<Long> found = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      EventPage page = search.events(next.isEmpty() ? query : query.after(next.get()));
      page.events().forEach(row -> found.add(row.index()));
      next = page.next();
    } while (next.isPresent());
    return found;
  }

  private static List<Long> walked(LongPredicate wanted) {
    return LongStream.range(0, SIZE).map(i -> SIZE - 1 - i).filter(wanted).boxed().toList();
  }

  private static long says(long i) {
    return again(i) ? earlier(i) : i;
  }

  @Test
  void rareAndCommonWordsAreFoundEverywhere() throws Refused {
    EventQuery all = EventQuery.of(BANK).limit(1000);
    assertEquals(walked(i -> says(i) % 5_000 == 3), listed(all.with(Field.ACTION, "export")));
    assertEquals(
        walked(i -> says(i) % OBJECTS == 69), listed(all.with(Field.TARGET, "account/69")));
    assertEquals(
        walked(i -> ("account/" + says(i) % OBJECTS).contains("unt/6") && says(i) % 5_000 == 3),
        listed(all.text("unt/6").with(Field.ACTION, "export")));
    assertEquals(
        walked(i -> says(i) % 5_000 != 3).subList(0, 5_000),
        listed(all.text("account/").with(Field.ACTION, "read")).subList(0, 5_000));
  }

  @Test
  void recordIdsAreFoundEverywhere() {
    assertEquals(List.of(60_001L), search.byRecordId(BANK, "rec-60001"));
    assertEquals(List.of(70_001L), search.byRecordId(BANK, "rec-70001"));
    List<Long> carriers =
        LongStream.range(0, SIZE)
            .filter(i -> i == 7 || (again(i) || another(i)) && earlier(i) == 7)
            .boxed()
            .toList();
    assertEquals(carriers, search.byRecordId(BANK, "rec-7"));
    assertEquals(List.of(), search.byRecordId(BANK, "rec-" + SIZE));
  }

  @Test
  void repeatsAreMarkedAndCountedOnce() throws Refused {
    EventQuery all = EventQuery.of(BANK).limit(1000);
    assertEquals(walked(LongLogTest::again), listed(all.with(Field.REPEAT, "same")));
    assertEquals(walked(LongLogTest::another), listed(all.with(Field.REPEAT, "other")));
    EventRow row = search.events(all.with(Field.REPEAT, "same").limit(1)).events().get(0);
    assertEquals(Optional.of(new Repeat(earlier(row.index()), true)), row.repeat());
    long counted = search.summary(BANK, TimeRange.ALL).events();
    assertEquals(SIZE - walked(LongLogTest::again).size(), counted);
  }

  @Test
  void changesInStretchesAreFound() throws SQLException {
    assertEquals(List.of(), findings("0"));
    tamperAndFind("table posting", "update posting set bytes = x'000002' || substr(bytes, 4)");
    tamperAndFind("table record_run", "delete from record_run where tier = 1 and part = 9");
  }

  /** The damage is put right again, as the tests share one index. */
  private void tamperAndFind(String expected, String sql) throws SQLException {
    try (Connection connection = index.writer();
        Statement statement = connection.createStatement()) {
      statement.execute("create temp table posting_kept as select * from posting");
      statement.execute("create temp table record_run_kept as select * from record_run");
      assertTrue(statement.executeUpdate(sql) > 0, sql);
      List<String> findings = findings(expected);
      for (String table : List.of("posting", "record_run")) {
        statement.executeUpdate("delete from " + table);
        statement.executeUpdate("insert into " + table + " select * from " + table + "_kept");
        statement.execute("drop table " + table + "_kept");
      }
      assertTrue(findings.toString().contains(expected), () -> sql + " gave " + findings);
    }
  }

  private static List<String> findings(String name) {
    return IndexCheck.check(
        index, LOGS, SqliteDatabase.open(directory.resolve("scratch " + name), Schema.INDEX));
  }
}
