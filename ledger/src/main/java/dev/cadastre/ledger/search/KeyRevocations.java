package dev.cadastre.ledger.search;

import dev.cadastre.formats.event.KeyScope;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.ledger.search.BlockScan.Match;
import dev.cadastre.ledger.search.KeyTrail.Revocation;
import dev.cadastre.ledger.search.stored.BlockRows;
import dev.cadastre.ledger.search.stored.Column;
import dev.cadastre.ledger.search.stored.KeyStep;
import dev.cadastre.ledger.search.stored.TermType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What was taken away of one key, and what followed. */
final class KeyRevocations {
  private static final int ACTS_MAX = 500;

  private static final Comparator<Revocation> ORDER =
      Comparator.comparingLong((Revocation one) -> one.disabled().index())
          .thenComparing(Revocation::scope);

  private final IndexView snapshot;
  private final int key;

  KeyRevocations(IndexView snapshot, int key) {
    this.snapshot = snapshot;
    this.key = key;
  }

  private record Act(long index, boolean revoked, KeyScope scope) {}

  /** Entries of a kind about a key, that match more. */
  static BlockScan scan(IndexView snapshot, int key, Kind kind, List<Match> more)
      throws SQLException {
    List<Match> matches = new ArrayList<>(more);
    matches.add(Match.term(key));
    matches.add(Match.term(snapshot.term(TermType.KIND, kind.wire())));
    return new BlockScan(snapshot.statements, snapshot.log, matches, TimeRange.ALL, TimeRange.ALL);
  }

  /** Oldest first. Taking away what is taken away already changes nothing about when it was. */
  List<Revocation> all() throws SQLException {
    Map<KeyScope, Long> holding = new LinkedHashMap<>();
    List<Revocation> revocations = new ArrayList<>();
    for (Act act : acts()) {
      if (act.revoked) {
        holding.putIfAbsent(act.scope, act.index);
      } else {
        Long since = holding.remove(act.scope);
        if (since != null) {
          revocations.add(revocation(act.scope, since, Optional.of(row(act.index))));
        }
      }
    }
    for (Map.Entry<KeyScope, Long> one : holding.entrySet()) {
      revocations.add(revocation(one.getKey(), one.getValue(), Optional.empty()));
    }
    revocations.sort(ORDER);
    return revocations;
  }

  /** The newest acts, oldest first; one gives back before it takes away. */
  private List<Act> acts() throws SQLException {
    List<Act> acts = new ArrayList<>();
    PreparedStatement select =
        snapshot.statements.prepare(
            "select entry_index, revoked, scope, name from key_revocation where log = ? and key = ?"
                + " order by entry_index desc, revoked desc limit "
                + ACTS_MAX,
            snapshot.log,
            key);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        KeyScope scope = new KeyScope(KeyScope.Of.values()[rows.getInt(3)], rows.getString(4));
        acts.add(new Act(rows.getLong(1), rows.getInt(2) == 1, scope));
      }
    }
    Collections.reverse(acts);
    return acts;
  }

  private EventRow row(long index) throws SQLException {
    List<EventRow> found = new ArrayList<>();
    Match itself = new Match(new int[0], List.of(index));
    new BlockScan(snapshot.statements, snapshot.log, List.of(itself), TimeRange.ALL, TimeRange.ALL)
        .forward(
            index,
            (at, block, row) -> {
              found.add(snapshot.row(at, block, row));
              return false;
            });
    return found.get(0);
  }

  private Revocation revocation(KeyScope scope, long since, Optional<EventRow> enabled)
      throws SQLException {
    EventRow disabled = row(since);
    long end = enabled.map(EventRow::index).orElse(snapshot.indexed);
    List<Match> within = within(scope);
    After after = new After(disabled.timeNs(), end);
    scan(snapshot, key, Kind.KEY_USE, within).forward(since, after);
    Optional<EventRow> refusal = Optional.ofNullable(after.firstRefusal);
    return new Revocation(
        scope,
        disabled,
        lastUse(within, refusal.map(EventRow::index).orElse(end)),
        refusal,
        after.uses,
        after.inconclusive,
        enabled);
  }

  /** What uses must match to fall under a scope: as {@link KeyScope} tells it of one record. */
  private List<Match> within(KeyScope scope) throws SQLException {
    return switch (scope.of()) {
      case KEY -> List.of();
      case VERSION -> List.of(any(scope.name(), TermType.VERSION));
      case IDENTITY -> List.of(any(scope.name(), TermType.ACTOR, TermType.ROLE, TermType.SERVICE));
    };
  }

  private Match any(String text, TermType... types) throws SQLException {
    int[] terms = new int[types.length];
    for (int i = 0; i < types.length; i++) {
      terms[i] = snapshot.term(types[i], text);
    }
    return new Match(IntStream.of(terms).sorted().distinct().toArray(), List.of());
  }

  /** What uses met between a revocation and its end. */
  private final class After implements BlockScan.Sink {
    private final long fromNs;
    private final long end;
    private @Nullable EventRow firstRefusal;
    private long uses;
    private long inconclusive;

    After(long fromNs, long end) {
      this.fromNs = fromNs;
      this.end = end;
    }

    @Override
    public boolean take(long index, BlockRows block, int row) {
      if (index >= end) {
        return false;
      }
      // A use from before, delivered late, says nothing about what the revocation did.
      if (block.get(row, Column.TIME) > fromNs) {
        use(index, block, row);
      }
      return true;
    }

    private void use(long index, BlockRows block, int row) {
      KeyStep step = KeyStep.in(block, row);
      if (step == KeyStep.USE) {
        uses++;
      } else if (step == KeyStep.INCONCLUSIVE) {
        inconclusive++;
      } else if (firstRefusal == null && step == KeyStep.REFUSAL) {
        firstRefusal = snapshot.row(index, block, row);
      }
    }
  }

  private Optional<EventRow> lastUse(List<Match> within, long before) throws SQLException {
    List<EventRow> found = new ArrayList<>();
    scan(snapshot, key, Kind.KEY_USE, within)
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
