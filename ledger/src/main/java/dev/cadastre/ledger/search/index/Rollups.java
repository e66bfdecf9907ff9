package dev.cadastre.ledger.search.index;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.ledger.search.stored.Column;
import dev.cadastre.ledger.search.stored.IndexTables;
import dev.cadastre.ledger.search.stored.Statements;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Counts per hour, gathered over a batch and then added to what is stored. */
final class Rollups {
  private final Map<KindHour, long[]> kinds = new HashMap<>();
  private final Map<PlaceHour, Seen> places = new HashMap<>();
  private final Map<KeyHour, long[]> keys = new HashMap<>();

  private record KindHour(int hour, int kind, int outcome) {}

  private record PlaceHour(
      int hour, int category, int hop, int place, int assurance, int outcome) {}

  private final Map<OutcomeHour, long[]> keyOutcomes = new HashMap<>();
  private final Map<BreachHour, Broken> breaches = new HashMap<>();

  private record KeyHour(int hour, int key, int step) {}

  private record OutcomeHour(int hour, int key, int outcome) {}

  private record BreachHour(int hour, int breach) {}

  private static final class Broken {
    private final long firstIndex;
    private long firstTime = Long.MAX_VALUE;
    private long lastTime;
    private long lastIndex;
    private long events;

    Broken(long firstIndex) {
      this.firstIndex = firstIndex;
    }

    private void add(long time, long index) {
      events++;
      firstTime = Math.min(firstTime, time);
      lastTime = Math.max(lastTime, time);
      lastIndex = index;
    }
  }

  private static final class Seen {
    private long events;
    private long lastTime;
    private long lastIndex;

    private void add(long time, long index) {
      events++;
      lastTime = Math.max(lastTime, time);
      lastIndex = index;
    }
  }

  void add(long index, Facts facts) {
    int hour = (int) (facts.get(Column.TIME) / IndexTables.HOUR_NS);
    KindHour kind =
        new KindHour(hour, (int) facts.get(Column.KIND), (int) facts.get(Column.OUTCOME));
    kinds.computeIfAbsent(kind, none -> new long[1])[0]++;
    for (Hop hop : IndexTables.HOPS) {
      long placed = facts.get(Column.of(hop));
      if (placed != 0) {
        addPlace(index, facts, hour, hop, placed);
      }
    }
    int key = (int) facts.get(Column.KEY);
    if (key != 0) {
      keys.computeIfAbsent(new KeyHour(hour, key, facts.keyStep.code()), none -> new long[1])[0]++;
      int outcome = (int) facts.get(Column.OUTCOME);
      if (outcome != 0) {
        keyOutcomes.computeIfAbsent(new OutcomeHour(hour, key, outcome), none -> new long[1])[0]++;
      }
    }
    for (int breach : facts.breaches) {
      breaches
          .computeIfAbsent(new BreachHour(hour, breach), none -> new Broken(index))
          .add(facts.get(Column.TIME), index);
    }
  }

  private void addPlace(long index, Facts facts, int hour, Hop hop, long placed) {
    Outcome outcome = facts.foundByHop.get(hop);
    PlaceHour place =
        new PlaceHour(
            hour,
            (int) facts.get(Column.CATEGORY),
            hop.ordinal(),
            (int) (placed / Column.ASSURANCES),
            (int) (placed % Column.ASSURANCES),
            outcome == null ? IndexTables.NOT_JUDGED : outcome.ordinal());
    places.computeIfAbsent(place, none -> new Seen()).add(facts.get(Column.TIME), index);
  }

  void save(Statements statements, int log) throws SQLException {
    for (Map.Entry<KindHour, long[]> count : kinds.entrySet()) {
      KindHour at = count.getKey();
      statements.run(
          "insert into rollup_kind values (?, ?, ?, ?, ?)"
              + " on conflict do update set events = events + excluded.events",
          log,
          at.hour,
          at.kind,
          at.outcome,
          count.getValue()[0]);
    }
    for (Map.Entry<PlaceHour, Seen> count : places.entrySet()) {
      save(statements, log, count.getKey(), count.getValue());
    }
    for (Map.Entry<KeyHour, long[]> count : keys.entrySet()) {
      KeyHour at = count.getKey();
      statements.run(
          "insert into rollup_key values (?, ?, ?, ?, ?)"
              + " on conflict do update set events = events + excluded.events",
          log,
          at.hour,
          at.key,
          at.step,
          count.getValue()[0]);
    }
    for (Map.Entry<OutcomeHour, long[]> count : keyOutcomes.entrySet()) {
      OutcomeHour at = count.getKey();
      statements.run(
          "insert into rollup_key_outcome values (?, ?, ?, ?, ?)"
              + " on conflict do update set events = events + excluded.events",
          log,
          at.hour,
          at.key,
          at.outcome,
          count.getValue()[0]);
    }
    for (Map.Entry<BreachHour, Broken> count : breaches.entrySet()) {
      save(statements, log, count.getKey(), count.getValue());
    }
  }

  private static void save(Statements statements, int log, BreachHour at, Broken broken)
      throws SQLException {
    statements.run(
        "insert into rollup_breach values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do update set"
            + " events = events + excluded.events,"
            + " first_time = min(first_time, excluded.first_time),"
            + " last_time = max(last_time, excluded.last_time), last_index = excluded.last_index",
        log,
        at.hour,
        at.breach,
        broken.events,
        broken.firstTime,
        broken.firstIndex,
        broken.lastTime,
        broken.lastIndex);
  }

  private static void save(Statements statements, int log, PlaceHour at, Seen seen)
      throws SQLException {
    statements.run(
        "insert into rollup_place values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do update set"
            + " events = events + excluded.events,"
            + " last_time = max(last_time, excluded.last_time), last_index = excluded.last_index",
        log,
        at.hour,
        at.category,
        at.hop,
        at.place,
        at.assurance,
        at.outcome,
        seen.events,
        seen.lastTime,
        seen.lastIndex);
  }
}
