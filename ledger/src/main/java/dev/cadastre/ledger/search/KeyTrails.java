package dev.cadastre.ledger.search;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.ledger.search.BlockScan.Match;
import dev.cadastre.ledger.search.KeyTrail.Revocation;
import dev.cadastre.ledger.search.KeyTrail.Uses;
import dev.cadastre.ledger.search.Summary.KeySeen;
import dev.cadastre.ledger.search.stored.BlockRows;
import dev.cadastre.ledger.search.stored.Column;
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
import org.jspecify.annotations.Nullable;

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
    List<Step> lifecycle = lifecycle(term);
    List<EventRow> events = lifecycle.stream().map(Step::event).toList();
    return Optional.of(
        new KeyTrail(
            seen.get(0),
            events,
            uses(term, hours),
            new BreachList(snapshot).ofKey(hours, seen.get(0).key()),
            revocations(term, lifecycle)));
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
      uses.add(new Uses(range.fromNs(), range.toNs(), counts[i].uses, counts[i].refusals));
    }
    return uses;
  }

  private record Step(EventRow event, KeyStep step) {}

  /** The newest lifecycle events, oldest first. */
  private List<Step> lifecycle(int key) throws SQLException {
    List<Step> steps = new ArrayList<>();
    scan(key, Kind.KEY_LIFECYCLE)
        .backwardToTheEnd(
            snapshot.indexed,
            (index, block, row) -> {
              steps.add(new Step(snapshot.row(index, block, row), KeyStep.in(block, row)));
              return steps.size() < LIFECYCLE_SHOWN;
            });
    Collections.reverse(steps);
    return steps;
  }

  private BlockScan scan(int key, Kind kind) throws SQLException {
    Match ofKey = Match.term(key);
    Match ofKind = Match.term(snapshot.term(TermType.KIND, kind.wire()));
    return new BlockScan(
        snapshot.statements, snapshot.log, List.of(ofKey, ofKind), TimeRange.ALL, TimeRange.ALL);
  }

  /** Disabling what is disabled already changes nothing about when it was revoked. */
  private List<Revocation> revocations(int key, List<Step> lifecycle) throws SQLException {
    List<Revocation> revocations = new ArrayList<>();
    Optional<EventRow> disabled = Optional.empty();
    for (Step step : lifecycle) {
      if (step.step == KeyStep.DISABLING && disabled.isEmpty()) {
        disabled = Optional.of(step.event);
      } else if (step.step == KeyStep.ENABLING && disabled.isPresent()) {
        revocations.add(revocation(key, disabled.get(), Optional.of(step.event)));
        disabled = Optional.empty();
      }
    }
    if (disabled.isPresent()) {
      revocations.add(revocation(key, disabled.get(), Optional.empty()));
    }
    return revocations;
  }

  private Revocation revocation(int key, EventRow disabled, Optional<EventRow> enabled)
      throws SQLException {
    long end = enabled.map(EventRow::index).orElse(snapshot.indexed);
    After after = new After(disabled.timeNs(), end);
    scan(key, Kind.KEY_USE).forward(disabled.index(), after);
    return new Revocation(
        disabled,
        lastUse(key, disabled.index()),
        Optional.ofNullable(after.firstRefusal),
        after.uses,
        enabled);
  }

  /** What uses met between a disabling and the enabling after it. */
  private final class After implements BlockScan.Sink {
    private final long fromNs;
    private final long end;
    private @Nullable EventRow firstRefusal;
    private long uses;

    After(long fromNs, long end) {
      this.fromNs = fromNs;
      this.end = end;
    }

    @Override
    public boolean take(long index, BlockRows block, int row) {
      if (index >= end) {
        return false;
      }
      // A use from before, delivered late, says nothing about what the disabling did.
      if (block.get(row, Column.TIME) > fromNs) {
        use(index, block, row);
      }
      return true;
    }

    private void use(long index, BlockRows block, int row) {
      if (KeyStep.in(block, row) == KeyStep.USE) {
        uses++;
      } else if (firstRefusal == null) {
        firstRefusal = snapshot.row(index, block, row);
      }
    }
  }

  private Optional<EventRow> lastUse(int key, long before) throws SQLException {
    List<EventRow> found = new ArrayList<>();
    scan(key, Kind.KEY_USE)
        .backwardToTheEnd(
            before,
            (index, block, row) -> {
              if (KeyStep.in(block, row) == KeyStep.USE) {
                found.add(snapshot.row(index, block, row));
              }
              return found.isEmpty();
            });
    return found.stream().findFirst();
  }
}
