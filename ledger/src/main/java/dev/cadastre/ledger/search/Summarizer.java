package dev.cadastre.ledger.search;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.ledger.search.Summary.Bucket;
import dev.cadastre.ledger.search.Summary.PlaceSeen;
import dev.cadastre.ledger.search.stored.IndexTables;
import dev.cadastre.ledger.search.stored.TermType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a log's rollups for one stretch of hours. */
final class Summarizer {
  private static final int VIOLATIONS_SHOWN = 10;

  /** Rows of places; what broke the contract comes first, then what was seen most. */
  private static final int PLACES_SHOWN = 5_000;

  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final Assurance[] ASSURANCES = Assurance.values();

  private final IndexView snapshot;
  private final Hours hours;
  private final Hours shown;
  private final Map<String, Long> kinds = new TreeMap<>();
  private final Map<Outcome, Long> judged = new EnumMap<>(Outcome.class);
  private long events;
  private long outside;

  Summarizer(IndexView snapshot, TimeRange range) throws SQLException {
    this.snapshot = snapshot;
    this.hours = Hours.covering(range, snapshot);
    this.shown = hours.shown(range, snapshot);
  }

  Summary summary() throws SQLException {
    List<Bucket> buckets = buckets();
    return new Summary(
        hours.range(),
        events,
        kinds,
        judged,
        buckets,
        outside,
        places(),
        new KeyTrails(snapshot).keys(hours),
        new AlertList(snapshot).in(hours),
        new BreachList(snapshot).in(hours),
        violations(),
        snapshot.indexed);
  }

  private List<Bucket> buckets() throws SQLException {
    long[] counts = new long[shown.buckets()];
    List<Map<Outcome, Long>> outcomes = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      outcomes.add(new EnumMap<>(Outcome.class));
    }
    PreparedStatement select = inHours("select hour, kind, outcome, events from rollup_kind");
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        long hour = rows.getLong(1);
        long count = rows.getLong(4);
        events += count;
        Map<Outcome, Long> bucket = new EnumMap<>(Outcome.class);
        if (shown.contains(hour)) {
          counts[shown.bucketOf(hour)] += count;
          bucket = outcomes.get(shown.bucketOf(hour));
        } else {
          outside += count;
        }
        Map<Outcome, Long> its = bucket;
        snapshot.text(rows.getInt(2)).ifPresent(kind -> kinds.merge(kind, count, Long::sum));
        snapshot
            .text(rows.getInt(3))
            .flatMap(Outcome::of)
            .ifPresent(
                outcome -> {
                  judged.merge(outcome, count, Long::sum);
                  its.merge(outcome, count, Long::sum);
                });
      }
    }
    List<Bucket> buckets = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      TimeRange range = shown.bucket(i);
      buckets.add(new Bucket(range.fromNs(), range.toNs(), counts[i], outcomes.get(i)));
    }
    return buckets;
  }

  private record Spot(int category, int hop, int place) {}

  private static final class Tally {
    private final Map<Assurance, Long> assurances = new EnumMap<>(Assurance.class);
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private long events;
    private long lastTime;
    private long lastIndex;
  }

  private List<PlaceSeen> places() throws SQLException {
    Map<Spot, Tally> spots = new LinkedHashMap<>();
    PreparedStatement select =
        inHours(
            "select category, hop, place, assurance, outcome, sum(events), max(last_time),"
                + " max(last_index) from rollup_place",
            " group by category, hop, place, assurance, outcome order by outcome desc, 6 desc limit"
                + " "
                + PLACES_SHOWN);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Spot spot = new Spot(rows.getInt(1), rows.getInt(2), rows.getInt(3));
        add(spots.computeIfAbsent(spot, none -> new Tally()), rows);
      }
    }
    List<PlaceSeen> places = new ArrayList<>();
    spots.forEach((spot, tally) -> places.add(place(spot, tally)));
    return places;
  }

  private static void add(Tally tally, ResultSet rows) throws SQLException {
    long count = rows.getLong(6);
    tally.events += count;
    tally.assurances.merge(ASSURANCES[rows.getInt(4)], count, Long::sum);
    int outcome = rows.getInt(5);
    if (outcome != IndexTables.NOT_JUDGED) {
      tally.outcomes.merge(OUTCOMES[outcome], count, Long::sum);
    }
    tally.lastTime = Math.max(tally.lastTime, rows.getLong(7));
    tally.lastIndex = Math.max(tally.lastIndex, rows.getLong(8));
  }

  private PlaceSeen place(Spot spot, Tally tally) {
    return new PlaceSeen(
        snapshot.text(spot.category),
        IndexTables.HOPS[spot.hop],
        snapshot.text(spot.place).orElse(""),
        tally.assurances,
        tally.outcomes,
        tally.events,
        tally.lastTime,
        tally.lastIndex);
  }

  private List<EventRow> violations() throws SQLException {
    int violation = snapshot.term(TermType.OUTCOME, Outcome.VIOLATION.wire());
    List<EventRow> newest = new ArrayList<>();
    new BlockScan(
            snapshot.statements,
            snapshot.log,
            List.of(BlockScan.Match.term(violation)),
            hours.range(),
            TimeRange.ALL)
        .backwardToTheEnd(
            snapshot.indexed,
            (index, block, row) -> {
              newest.add(snapshot.row(index, block, row));
              return newest.size() < VIOLATIONS_SHOWN;
            });
    return newest;
  }

  private PreparedStatement inHours(String select) throws SQLException {
    return inHours(select, "");
  }

  private PreparedStatement inHours(String select, String grouping) throws SQLException {
    return snapshot.statements.prepare(
        select + " where log = ? and hour >= ? and hour < ?" + grouping,
        snapshot.log,
        hours.from(),
        hours.to());
  }
}
