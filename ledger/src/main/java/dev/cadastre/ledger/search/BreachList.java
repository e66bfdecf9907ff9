package dev.cadastre.ledger.search;

import dev.cadastre.proof.Refused;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the index says of how the contract was broken. */
final class BreachList {
  private static final int MOST = 200;
  private static final int MOST_SOUGHT = 1000;

  private final Snapshot snapshot;

  BreachList(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** Those of some hours, without records sent again, the gravest first. */
  List<BreachSeen> in(Hours hours) throws SQLException {
    return gravest(all(hours));
  }

  /** Those with one key. */
  List<BreachSeen> ofKey(Hours hours, String key) throws SQLException {
    return gravest(
        all(hours).stream().filter(seen -> seen.breach().key().equals(Optional.of(key))).toList());
  }

  private List<BreachSeen> all(Hours hours) throws SQLException {
    List<BreachSeen> seen = new ArrayList<>();
    PreparedStatement select =
        snapshot.statements.prepare(
            "select breach, sum(events), min(first_index), max(last_index) from rollup_breach"
                + " where log = ? and hour >= ? and hour < ? group by breach",
            snapshot.log,
            hours.from(),
            hours.to());
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        snapshot.statements.budget().spend(Budget.ROW_HELD);
        Optional<Breach> breach = breach(rows.getInt(1));
        if (breach.isPresent()) {
          seen.add(new BreachSeen(breach.get(), rows.getLong(2), rows.getLong(3), rows.getLong(4)));
        }
      }
    }
    return seen;
  }

  /** Those of the entries {@code [from, to)}, the gravest first. */
  List<BreachSeen> among(long from, long to) throws SQLException {
    List<BreachSeen> seen = new ArrayList<>();
    for (int term : terms()) {
      BlockScan.Count count =
          BlockScan.count(snapshot.statements, snapshot.log, BlockScan.Match.term(term), from, to);
      Optional<Breach> breach = breach(term);
      if (count.entries() > 0 && breach.isPresent()) {
        seen.add(new BreachSeen(breach.get(), count.entries(), count.first(), count.last()));
      }
    }
    return gravest(seen);
  }

  private List<Integer> terms() throws SQLException {
    List<Integer> terms = new ArrayList<>();
    PreparedStatement select =
        snapshot.statements.prepare(
            "select id from term where log = ? and type = ? limit " + MOST_SOUGHT,
            snapshot.log,
            TermType.BREACH.code());
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        terms.add(rows.getInt(1));
      }
    }
    return terms;
  }

  private static List<BreachSeen> gravest(List<BreachSeen> seen) {
    return seen.stream().sorted(BreachSeen.GRAVEST_FIRST).limit(MOST).toList();
  }

  private Optional<Breach> breach(int term) {
    try {
      return Optional.of(Breach.parse(snapshot.text(term).orElse("")));
    } catch (Refused e) {
      throw new dev.cadastre.ledger.StorageFailure("term " + term + " is no breach", e);
    }
  }
}
