package dev.cadastre.ledger.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.index.IndexCheck;
import dev.cadastre.ledger.search.index.IndexLock;
import dev.cadastre.ledger.search.index.Indexer;
import dev.cadastre.ledger.search.index.Reindex;
import dev.cadastre.ledger.search.stored.IndexTables;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every answer is held against a plain walk over the log. Log sizes straddle the blocks' borders.
 */
final class SearchTest {
  private static final LogName BANK = new LogName("bank");

  @TempDir Path directory;
  private final MemoryLogs logs = new MemoryLogs();
  private Database index;
  private Search search;
  private Indexer indexer;

  @BeforeEach
  void open() {
    index = SqliteDatabase.open(directory, Schema.INDEX);
    search = new Search(index, logs);
    indexer = new Indexer(directory, index, logs);
  }

  @AfterEach
  void close() {
    search.close();
  }

  private void append(long from, long to) {
    SampleEvents events = new SampleEvents(from);
    for (long i = from; i < to; i++) {
      logs.append(BANK, events.next(i), SampleEvents.START_NS + i * SampleEvents.SECOND_NS + 5);
    }
  }

  /** What a query must give, by walking the log. */
  private List<Long> walked(Predicate<RecordEvent> wanted) {
    List<Long> found = new ArrayList<>();
    List<Entry> entries = logs.entries(BANK, 0, logs.size(BANK));
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (wanted.test(record(entries.get(i)))) {
        found.add((long) i);
      }
    }
    return found;
  }

  private static RecordEvent record(Entry entry) {
    try {
      return (RecordEvent) EventCodec.decode(entry.eventBytes());
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  private List<Long> listed(EventQuery query) throws Refused {
    List<Long> found = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      EventPage page = search.events(next.isEmpty() ? query : query.after(next.get()));
      page.events().forEach(row -> found.add(row.index()));
      next = page.next();
    } while (next.isPresent());
    return found;
  }

  private static String text(RecordEvent event, String attribute) {
    return event.attributes().string(attribute).orElse("");
  }

  @Test
  void everyFilterGivesWhatAWalkOverTheLogGives() throws Refused {
    append(0, 9000);
    indexer.catchUp();
    EventQuery all = EventQuery.of(BANK).limit(1000);
    assertEquals(walked(e -> true), listed(all));
    assertEquals(
        walked(e -> e.kind().wire().equals("key.use")), listed(all.with(Field.KIND, "key.use")));
    assertEquals(
        walked(e -> e.verdict().orElseThrow().outcome() == Outcome.VIOLATION),
        listed(all.with(Field.OUTCOME, "violation")));
    assertEquals(
        walked(
            e ->
                e.locations().values().stream()
                    .anyMatch(at -> at.place().equals("onprem:frankfurt"))),
        listed(all.with(Field.PLACE, "onprem:frankfurt")));
    assertEquals(
        walked(
            e ->
                text(e, "ledger.data.category").equals("telemetry")
                    && text(e, "audit.outcome").equals("denied")),
        listed(all.with(Field.CATEGORY, "telemetry").with(Field.RESULT, "denied")));
    assertEquals(
        walked(e -> text(e, "audit.target.id").contains("unt/49")), listed(all.text("UNT/49")));
    assertEquals(List.of(4711L), listed(all.text("rec-4711")));
    assertEquals(List.of(), listed(all.text("100%_\\")));
    assertEquals(List.of(), listed(all.text("%".repeat(60_000))));
    assertEquals(List.of(), listed(all.text("a\0b'\"")));
    assertEquals(List.of(), listed(all.with(Field.KEY, "no such key")));
  }

  @Test
  void timesAreHalfOpenAndCutThroughBlocks() throws Refused {
    append(0, 9000);
    indexer.catchUp();
    TimeRange range = new TimeRange(at(4000), at(4200));
    EventQuery query = EventQuery.of(BANK).limit(7).time(range).with(Field.KIND, "data.access");
    assertEquals(
        walked(e -> range.contains(e.time()) && e.kind().wire().equals("data.access")),
        listed(query));
    assertEquals(
        List.of(4001L, 4000L),
        listed(EventQuery.of(BANK).received(new TimeRange(at(4000) + 5, at(4002) + 5))));
  }

  private static long at(long second) {
    return SampleEvents.START_NS + second * SampleEvents.SECOND_NS;
  }

  @Test
  void manySmallBatchesGiveTheSameIndexAsOneLargeOne() throws Refused {
    long[] ends = {1, 2, 255, 4095, 4096, 4097, 8191, 8193, 12_300};
    long done = 0;
    for (long end : ends) {
      append(done, end);
      indexer.catchUp();
      assertEquals(0, search.lag(BANK));
      assertEquals(end, search.summary(BANK, TimeRange.ALL).events());
      done = end;
    }
    assertEquals(
        walked(e -> text(e, "audit.actor.id").equals("svc/7")),
        listed(EventQuery.of(BANK).with(Field.ACTOR, "svc/7")));
    assertEquals(List.of(8192L), search.byRecordId(BANK, "rec-8192"));
    assertEquals(List.of(), IndexCheck.check(index, logs, scratch()));
  }

  private Database scratch() {
    return SqliteDatabase.open(directory.resolve("scratch"), Schema.INDEX);
  }

  @Test
  void aCursorIsTakenBackOnlyByItsOwnQueryAndOnlyUnaltered() throws Refused {
    append(0, 100);
    indexer.catchUp();
    EventQuery query = EventQuery.of(BANK).limit(10);
    String cursor = search.events(query).next().orElseThrow();
    assertEquals(89, search.events(query.after(cursor)).events().get(0).index());
    assertThrows(
        Refused.class, () -> search.events(query.with(Field.KIND, "key.use").after(cursor)));
    assertThrows(Refused.class, () -> search.events(query.after("")));
    assertThrows(Refused.class, () -> search.events(query.after(cursor + "A")));
    assertThrows(
        Refused.class,
        () ->
            search.events(query.after("A" + cursor.substring(1, 10) + "/" + cursor.substring(11))));
    char last = cursor.charAt(22);
    assertThrows(
        Refused.class,
        () -> search.events(query.after(cursor.substring(0, 22) + (char) (last + 1))));
  }

  @Test
  void aLogThatIsNotIndexedYetIsEmptyAndSaysSo() throws Refused {
    append(0, 10);
    assertEquals(List.of(), search.events(EventQuery.of(BANK)).events());
    assertEquals(10, search.lag(BANK));
    assertEquals(0, search.summary(BANK, TimeRange.ALL).events());
  }

  @Test
  void aRecordSentTwiceIsFoundTwice() {
    append(0, 10);
    append(5, 6);
    indexer.catchUp();
    assertEquals(List.of(5L, 10L), search.byRecordId(BANK, "rec-5"));
    assertEquals(List.of(), search.byRecordId(BANK, "rec-11"));
  }

  @Test
  void oneLogsWordsAndEventsAreNotAnothers() throws Refused {
    append(0, 50);
    LogName other = new LogName("other");
    logs.append(other, new SampleEvents(7).next(0), SampleEvents.START_NS);
    indexer.catchUp();
    assertEquals(1, search.events(EventQuery.of(other)).events().size());
    assertEquals(1, search.values(other, Field.ACTOR).size());
    assertTrue(search.values(BANK, Field.ACTOR).size() > 1);
  }

  @Test
  void whileOneIndexesAnotherStandsBy() {
    append(0, 10);
    try (IndexLock held = IndexLock.tryTake(directory).orElseThrow()) {
      assertFalse(indexer.catchUp());
      assertEquals(10, search.lag(BANK));
    }
    assertTrue(indexer.catchUp());
    assertEquals(0, search.lag(BANK));
  }

  @Test
  void aLogThatCannotBeReadDoesNotHoldUpTheOthers() {
    append(0, 20);
    LogName broken = new LogName("a-broken-one");
    logs.append(broken, new SampleEvents(1).next(0), SampleEvents.START_NS);
    logs.breakLog(broken);
    StorageFailure failure = assertThrows(StorageFailure.class, () -> indexer.catchUp());
    assertEquals("a-broken-one is broken", failure.getMessage());
    assertEquals(0, search.lag(BANK));
    assertEquals(1, search.lag(broken));
  }

  @Test
  void aRebuildUnderARunningIndexerGivesTheSameAgain() {
    append(0, 5000);
    indexer.start();
    List<String> progress = new ArrayList<>();
    Reindex.run(directory, index, logs, progress::add);
    assertEquals(0, search.lag(BANK));
    assertEquals(5000, search.summary(BANK, TimeRange.ALL).events());
    indexer.close();
    Reindex.run(directory, index, logs, progress::add);
    assertEquals(5000, search.summary(BANK, TimeRange.ALL).events());
  }

  @Test
  void oneWrongClockDoesNotFlattenTheChart() throws Refused {
    append(0, 100);
    long received = SampleEvents.START_NS + 100 * SampleEvents.SECOND_NS;
    SampleEvents events = new SampleEvents(100);
    for (long time : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1}) {
      RecordEvent event = events.next(100);
      logs.append(BANK, event.toBuilder().time(time).build(), received);
    }
    indexer.catchUp();
    Summary summary = search.summary(BANK, TimeRange.ALL);
    assertEquals(104, summary.events());
    assertEquals(4, summary.outside());
    assertEquals(100, summary.buckets().stream().mapToLong(Summary.Bucket::events).sum());
    Summary.Bucket first = summary.buckets().get(0);
    assertEquals(IndexTables.HOUR_NS, first.toNs() - first.fromNs());
    assertEquals(104, summary.kinds().values().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void aHopAtSeveralPlacesIsFoundByEachOfThem() throws Refused {
    append(0, 10);
    RecordEvent event = new SampleEvents(10).next(10);
    Location both = new Location("aws:eu-west-2 + moon:base-1", Assurance.CONTRADICTED);
    logs.append(
        BANK,
        event.toBuilder().locations(Map.of(Hop.PROCESSING, both)).build(),
        SampleEvents.START_NS + 10 * SampleEvents.SECOND_NS);
    indexer.catchUp();
    assertEquals(List.of(10L), listed(EventQuery.of(BANK).with(Field.PLACE, "moon:base-1")));
    assertEquals(List.of(10L), listed(EventQuery.of(BANK).with(Field.PLACE, both.place())));
  }
}
