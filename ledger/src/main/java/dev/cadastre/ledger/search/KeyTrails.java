package dev.cadastre.ledger.search;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.ledger.search.KeyTrail.Uses;
import dev.cadastre.ledger.search.Summary.KeySeen;
import dev.cadastre.ledger.search.stored.KeyStep;
import dev.cadastre.ledger.search.stored.TermType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the index says of keys. */
final class KeyTrails {
  private static final int KEYS_SHOWN = 1000;
  private static final int LIFECYCLE_SHOWN = 1000;

  private final IndexView snapshot;

  KeyTrails(IndexView snapshot) {
    this.snapshot = snapshot;
  }

  private static final class Count {
    private long uses;
    private long refusals;
    private long inconclusive;
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  }

  /** The keys last seen, the latest first, with their uses in those hours. */
  List<KeySeen> keys(Hours hours) throws SQLException {
    String latest = "order by last_time desc, key limit " + KEYS_SHOWN;
    return seen(
        counts(
            hours,
            "and key in (select key from key_state where log = "
                + snapshot.log
                + " "
                + latest
                + ")"),
        latest);
  }

  Optional<KeyTrail> trail(String key, TimeRange uses) throws SQLException {
    int term = snapshot.term(TermType.KEY, key);
    Hours hours = Hours.covering(uses, snapshot);
    String which = "and key = " + term;
    List<KeySeen> seen = seen(counts(hours, which), which);
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    List<EventRow> lifecycle = lifecycle(term);
    return Optional.of(
        new KeyTrail(
            seen.get(0),
            lifecycle,
            uses(term, hours),
            new BreachList(snapshot).ofKey(hours, seen.get(0).key()),
            new KeyRevocations(snapshot, term).all()));
  }

  private Map<Integer, Count> counts(Hours hours, String which) throws SQLException {
    Map<Integer, Count> counts = new HashMap<>();
    PreparedStatement select =
        snapshot.statements.prepare(
            "select key, step, sum(events) from rollup_key where log = ? and hour >= ? and hour < ?"
                + " "
                + which
                + " group by key, step",
            snapshot.log,
            hours.from(),
            hours.to());
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        add(
            counts.computeIfAbsent(rows.getInt(1), none -> new Count()),
            rows.getInt(2),
            rows.getLong(3));
      }
    }
    outcomes(hours, counts, which);
    return counts;
  }

  private void outcomes(Hours hours, Map<Integer, Count> counts, String which) throws SQLException {
    PreparedStatement select =
        snapshot.statements.prepare(
            "select key, outcome, sum(events) from rollup_key_outcome"
                + " where log = ? and hour >= ? and hour < ? "
                + which
                + " group by key, outcome",
            snapshot.log,
            hours.from(),
            hours.to());
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Count count = counts.computeIfAbsent(rows.getInt(1), none -> new Count());
        long events = rows.getLong(3);
        snapshot
            .text(rows.getInt(2))
            .flatMap(Outcome::of)
            .ifPresent(outcome -> count.outcomes.merge(outcome, events, Long::sum));
      }
    }
  }

  private static void add(Count count, int step, long events) {
    if (step == KeyStep.USE.code()) {
      count.uses += events;
    } else if (step == KeyStep.REFUSAL.code()) {
      count.refusals += events;
    } else if (step == KeyStep.INCONCLUSIVE.code()) {
      count.inconclusive += events;
    }
  }

  private List<KeySeen> seen(Map<Integer, Count> counts, String which) throws SQLException {
    List<KeySeen> keys = new ArrayList<>();
    PreparedStatement select =
        snapshot.statements.prepare(
            "select key, custody, provider, place, first_time, last_time, used_time, refused_time,"
                + " rotated_time, disabled_time, enabled_time from key_state where log = ? "
                + which,
            snapshot.log);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        keys.add(seen(rows, counts.getOrDefault(rows.getInt(1), new Count())));
      }
    }
    return keys;
  }

  private KeySeen seen(ResultSet row, Count count) throws SQLException {
    return new KeySeen(
        snapshot.text(row.getInt(1)).orElse(""),
        snapshot.text(row.getInt(2)),
        snapshot.text(row.getInt(3)),
        snapshot.text(row.getInt(4)),
        count.uses,
        count.refusals,
        count.inconclusive,
        count.outcomes,
        row.getLong(5),
        row.getLong(6),
        time(row.getLong(7)),
        time(row.getLong(8)),
        time(row.getLong(9)),
        time(row.getLong(10)),
        time(row.getLong(11)));
  }

  private static Optional<Long> time(long stored) {
    return stored == 0 ? Optional.empty() : Optional.of(stored);
  }

  private List<Uses> uses(int key, Hours hours) throws SQLException {
    Count[] counts = new Count[hours.buckets()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new Count();
    }
    PreparedStatement select =
        snapshot.statements.prepare(
            "select hour, step, events from rollup_key where log = ? and hour >= ? and hour < ? and"
                + " key = ?",
            snapshot.log,
            hours.from(),
            hours.to(),
            key);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        add(counts[hours.bucketOf(rows.getLong(1))], rows.getInt(2), rows.getLong(3));
      }
    }
    List<Uses> uses = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      TimeRange range = hours.bucket(i);
      Count count = counts[i];
      uses.add(
          new Uses(range.fromNs(), range.toNs(), count.uses, count.refusals, count.inconclusive));
    }
    return uses;
  }

  /** The newest lifecycle events, oldest first. */
  private List<EventRow> lifecycle(int key) throws SQLException {
    List<EventRow> events = new ArrayList<>();
    KeyRevocations.scan(snapshot, key, Kind.KEY_LIFECYCLE, List.of())
        .backwardToTheEnd(
            snapshot.indexed,
            (index, block, row) -> {
              events.add(snapshot.row(index, block, row));
              return events.size() < LIFECYCLE_SHOWN;
            });
    Collections.reverse(events);
    return events;
  }
}
