package dev.cadastre.ledger.search.stored;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.EventPage;
import dev.cadastre.ledger.search.EventQuery;
import dev.cadastre.ledger.search.Field;
import dev.cadastre.ledger.search.KeyTrail;
import dev.cadastre.ledger.search.MemoryLogs;
import dev.cadastre.ledger.search.SampleEvents;
import dev.cadastre.ledger.search.Search;
import dev.cadastre.ledger.search.Summary;
import dev.cadastre.ledger.search.TimeRange;
import dev.cadastre.ledger.search.index.Indexer;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a question may cost, in a log whose sender names a new place, key and target with each
 * record. It is counted in steps, so that the outcome does not hang on the machine.
 */
final class BudgetTest {
  private static final LogName SMALL = new LogName("small");
  private static final LogName LARGE = new LogName("large");
  private static final int SIZE = 5 * Block.SIZE;
  private static final String DISABLED = "key/0";
  private static final long BUDGET = 400_000;

  /** A list's first step reads the postings of four blocks, each with four thousand of a kind. */
  private static final long LIST_BUDGET = 900_000;

  @TempDir static Path directory;
  private static final MemoryLogs LOGS = new MemoryLogs();
  private static Search search;
  private static Search lists;
  private static Search generous;

  @BeforeAll
  static void indexIt() {
    for (int i = 0; i < SIZE; i++) {
      if (i < 100) {
        append(SMALL, i);
      }
      append(LARGE, i);
    }
    Database index = SqliteDatabase.open(directory, Schema.INDEX);
    new Indexer(directory, index, LOGS).catchUp();
    search = new Search(index, LOGS, BUDGET);
    lists = new Search(index, LOGS, LIST_BUDGET);
    generous = new Search(index, LOGS);
  }

  @AfterAll
  static void close() {
    search.close();
    lists.close();
    generous.close();
  }

  private static void append(LogName log, int i) {
    long time = SampleEvents.START_NS + i * SampleEvents.SECOND_NS;
    LOGS.append(log, event(i, time), time);
  }

  /** The first key is disabled, and every tenth record uses it after that. */
  private static RecordEvent event(int i, long time) {
    boolean disables = i == 1;
    String key = disables || i % 10 == 0 ? DISABLED : "key/" + i;
    return RecordEvent.builder(disables ? Kind.KEY_LIFECYCLE : Kind.KEY_USE, "token/0a1b2c3d")
        .id("rec-" + i)
        .time(time)
        .attributes(
            Attributes.of(
                Map.of(
                    "audit.outcome", Value.of("success"),
                    "audit.target.id", Value.of("account/" + i),
                    "ledger.key.id", Value.of(key),
                    "ledger.key.operation", Value.of(disables ? "disable" : "unwrap"))))
        .locations(Map.of(Hop.PROCESSING, new Location("onprem:place-" + i, Assurance.CLAIMED)))
        .build();
  }

  /** The pages of a query, none of which may cost more than the budget. */
  private static List<Long> listed(EventQuery query, List<Integer> pages) throws Refused {
    List<Long> found = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      EventPage page = lists.events(next.isEmpty() ? query : query.after(next.get()));
      page.events().forEach(row -> found.add(row.index()));
      pages.add(page.events().size());
      next = page.next();
    } while (next.isPresent());
    return found;
  }

  @Test
  void aListThatCostsTooMuchEndsEarlyAndGoesOnWithoutLosingAnEntry() throws Refused {
    List<Integer> pages = new ArrayList<>();
    List<Long> found = listed(EventQuery.of(LARGE).with(Field.KEY, DISABLED).limit(1000), pages);
    List<Long> expected =
        LongStream.range(0, SIZE)
            .map(i -> SIZE - 1 - i)
            .filter(i -> i % 10 == 0 || i == 1)
            .boxed()
            .toList();
    assertEquals(expected, found);
    assertTrue(pages.size() > 3, "pages: " + pages);
    assertTrue(pages.stream().anyMatch(rows -> rows < 1000), "pages: " + pages);
  }

  @Test
  void whatOnlyAWholeAnswerAnswersIsRefusedWhereTheLogIsTooLarge() {
    assertEquals(100, search.summary(SMALL, TimeRange.ALL).events());
    assertThrows(QuestionTooLarge.class, () -> search.summary(LARGE, TimeRange.ALL));
    assertTrue(search.keyTrail(SMALL, DISABLED, TimeRange.ALL).isPresent());
    assertThrows(QuestionTooLarge.class, () -> search.keyTrail(LARGE, DISABLED, TimeRange.ALL));
    assertThrows(
        QuestionTooLarge.class, () -> search.events(EventQuery.of(LARGE).text("nowhere at all")));
  }

  @Test
  void aQuestionThatWasRefusedLeavesTheConnectionUsable() throws Refused {
    for (int i = 0; i < 20; i++) {
      assertThrows(QuestionTooLarge.class, () -> search.summary(LARGE, TimeRange.ALL));
      assertEquals(1, search.events(EventQuery.of(LARGE).limit(1)).events().size());
    }
  }

  @Test
  void whatIsShownOfManyValuesIsBoundedInNumber() {
    Summary summary = generous.summary(LARGE, TimeRange.ALL);
    assertEquals(SIZE, summary.events());
    assertEquals(1_000, summary.keys().size());
    assertEquals(5_000, summary.places().size());
    assertEquals(1_000, generous.values(LARGE, Field.PLACE).size());
    KeyTrail trail = generous.keyTrail(LARGE, DISABLED, TimeRange.ALL).orElseThrow();
    assertEquals(SIZE / 10, trail.key().uses());
    assertEquals(SIZE / 10 - 1, trail.revocations().get(0).usesAfter());
  }
}
