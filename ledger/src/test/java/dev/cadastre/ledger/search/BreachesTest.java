package dev.cadastre.ledger.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.index.Indexer;
import dev.cadastre.ledger.search.stored.TermText;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The index says in which ways the contract was broken, and how often, as a walk over the log does.
 */
class BreachesTest {
  private static final LogName BANK = new LogName("bank");
  private static final List<String> RULES =
      List.of("customer-data.backup", "keys.custody", "operators.countries", "keys.disabled");
  private static final List<String> PLACES = List.of("aws:us-east-1", "\u202eplace\t");
  private static final List<String> KEYS =
      List.of("k", " k", "k".repeat(3000), "k".repeat(2999) + "l");
  private static final Hop[] HOPS = {Hop.BACKUP, Hop.KEY, Hop.OPERATOR};

  @TempDir Path directory;
  private final MemoryLogs logs = new MemoryLogs();
  private final Random random = new Random(5);
  private final Map<Breach, List<Long>> walked = new LinkedHashMap<>();
  private Indexer indexer;
  private Search search;

  @BeforeEach
  void open() {
    Database index = SqliteDatabase.open(directory, Schema.INDEX);
    indexer = new Indexer(directory, index, logs);
    search = new Search(SqliteDatabase.open(directory, Schema.INDEX), logs);
  }

  @AfterEach
  void close() {
    search.close();
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private void append(int events) {
    for (int i = 0; i < events; i++) {
      long index = logs.size(BANK);
      long time = SampleEvents.START_NS + index * SampleEvents.SECOND_NS * 60;
      logs.append(BANK, event(index, time), time);
    }
    indexer.catchUp();
  }

  /** One in three breaks one or two rules. */
  private RecordEvent event(long index, long time) {
    Map<Hop, Location> locations = new LinkedHashMap<>();
    for (Hop hop : HOPS) {
      if (random.nextInt(4) > 0) {
        locations.put(hop, new Location(any(PLACES), Assurance.CLAIMED));
      }
    }
    Optional<String> key = random.nextBoolean() ? Optional.of(any(KEYS)) : Optional.empty();
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding(Hop.PROCESSING, Outcome.COMPLIANT, "customer-data.processing"));
    for (int n = random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0; n > 0; n--) {
      Finding broken = new Finding(any(List.of(HOPS)), Outcome.VIOLATION, any(RULES));
      findings.add(broken);
      Breach breach =
          new Breach(
              broken.rule(),
              broken.hop(),
              Optional.ofNullable(locations.get(broken.hop())).map(Location::place),
              key.map(TermText::cut));
      List<Long> found = walked.computeIfAbsent(breach, none -> new ArrayList<>());
      if (!found.contains(index)) {
        found.add(index);
      }
    }
    Attributes.Builder said = Attributes.builder().put(Names.DATA_CATEGORY, "customer-data");
    try {
      if (key.isPresent()) {
        said.put(Names.KEY_ID, key.get());
      }
      return RecordEvent.builder(Kind.DATA_ACCESS, "token/0a1b2c3d")
          .id("rec-" + index)
          .time(time)
          .attributes(said.build())
          .locations(locations)
          .verdict(Verdict.of(findings, 1))
          .build();
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  private static Map<Breach, List<Long>> told(List<BreachSeen> seen) {
    Map<Breach, List<Long>> told = new LinkedHashMap<>();
    seen.forEach(
        one -> told.put(one.breach(), List.of(one.events(), one.firstIndex(), one.lastIndex())));
    return told;
  }

  private Map<Breach, List<Long>> expected(long from, long to) {
    Map<Breach, List<Long>> expected = new LinkedHashMap<>();
    walked.forEach(
        (breach, indexes) -> {
          List<Long> in = indexes.stream().filter(i -> i >= from && i < to).toList();
          if (!in.isEmpty()) {
            expected.put(breach, List.of((long) in.size(), in.get(0), in.get(in.size() - 1)));
          }
        });
    return expected;
  }

  @Test
  void countsAreThoseOfAWalkAndTheListsBehindThemAgree() throws Refused {
    append(900);
    append(5_000);
    List<BreachSeen> seen = search.summary(BANK, TimeRange.ALL).breaches();
    assertEquals(expected(0, 5_900), told(seen));
    assertEquals(seen.stream().sorted(BreachSeen.GRAVEST_FIRST).toList(), seen);
    for (BreachSeen one : seen.subList(0, 5)) {
      EventQuery query =
          EventQuery.of(BANK).with(Field.BREACH, one.breach().wire()).limit(EventQuery.MAX_LIMIT);
      assertEquals(one.events(), search.events(query).events().size());
    }
    for (long[] range : new long[][] {{0, 1}, {17, 4_095}, {4_096, 4_097}, {3_000, 5_900}}) {
      assertEquals(expected(range[0], range[1]), told(search.breaches(BANK, range[0], range[1])));
    }
  }

  @Test
  void theGravestComeFirst() {
    append(600);
    List<Integer> ranks =
        search.summary(BANK, TimeRange.ALL).breaches().stream()
            .map(one -> one.breach().rank())
            .toList();
    assertEquals(ranks.stream().sorted().toList(), ranks);
    assertTrue(ranks.contains(0) && ranks.contains(3), ranks.toString());
  }

  @Test
  void verdictsAreCountedByKeyAndLongKeysAreNotOne() throws Refused {
    append(600);
    List<Summary.KeySeen> keys = search.summary(BANK, TimeRange.ALL).keys();
    assertEquals(KEYS.size(), keys.size());
    assertNotEquals(TermText.cut(KEYS.get(2)), TermText.cut(KEYS.get(3)));
    for (String key : KEYS) {
      KeyTrail trail = search.keyTrail(BANK, key, TimeRange.ALL).orElseThrow();
      for (Outcome outcome : List.of(Outcome.VIOLATION, Outcome.COMPLIANT)) {
        EventQuery query =
            EventQuery.of(BANK)
                .with(Field.KEY, key)
                .with(Field.OUTCOME, outcome.wire())
                .limit(EventQuery.MAX_LIMIT);
        assertEquals(
            (long) trail.key().outcomes().get(outcome), search.events(query).events().size());
      }
      assertTrue(
          trail.breaches().stream()
              .allMatch(one -> one.breach().key().equals(Optional.of(TermText.cut(key)))));
    }
  }

  @Test
  void aBreachIsReadAsItWasWritten() throws Refused {
    for (String key : KEYS) {
      Breach breach = new Breach("keys.place", Hop.KEY, Optional.of("\u0000\"]"), Optional.of(key));
      assertEquals(breach, Breach.parse(breach.wire()));
    }
    Breach bare = new Breach("keys.place", Hop.KEY, Optional.empty(), Optional.empty());
    assertEquals("[\"keys.place\",\"key\",null,null]", bare.wire());
    assertEquals(bare, Breach.parse(bare.wire()));
    for (String odd : List.of("", "[]", "{}", "[1,2,3,4]", "[\"a\",\"nowhere\",null,null]")) {
      assertThrows(Refused.class, () -> Breach.parse(odd), odd);
    }
  }
}
