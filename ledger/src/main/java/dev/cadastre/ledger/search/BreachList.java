package dev.cadastre.ledger.search;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.stored.Budget;
import dev.cadastre.ledger.search.stored.TermType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the index says of how the contract was broken. */
final class BreachList {
  private static final int MOST = 200;

  private final IndexView snapshot;

  BreachList(IndexView snapshot) {
    this.snapshot = snapshot;
  }

  /** Those of some hours, without records sent again, the gravest first. */
  List<BreachSeen> in(Hours hours) throws SQLException {
    return in(hours, "");
  }

  /** Those with one key. */
  List<BreachSeen> ofKey(Hours hours, String key) throws SQLException {
    return in(hours, Breach.endOf(key));
  }

  /** Only the gravest are read: there may be as many ways as there are keys. */
  private List<BreachSeen> in(Hours hours, String end) throws SQLException {
    List<BreachSeen> seen = new ArrayList<>();
    PreparedStatement select =
        snapshot.statements.prepare(
            "select breach, events, first, last from (select breach, sum(events) events,"
                + " min(first_index) first, max(last_index) last from rollup_breach"
                + " where log = ? and hour >= ? and hour < ? group by breach)"
                + " join term on term.log = ? and term.id = breach"
                + " where ? = '' or substr(text, -length(?)) = ?"
                + (" order by " + Breach.rankOf("text") + ", events desc, text limit " + MOST),
            snapshot.log,
            hours.from(),
            hours.to(),
            snapshot.log,
            end,
            end,
            end);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        snapshot.statements.budget().spend(Budget.ROW_HELD);
        seen.add(
            new BreachSeen(
                breach(rows.getInt(1)), rows.getLong(2), rows.getLong(3), rows.getLong(4)));
      }
    }
    return seen;
  }

  /** Those of the entries {@code [from, to)}, of the log's gravest ones; the gravest first. */
  List<BreachSeen> among(long from, long to) throws SQLException {
    List<BreachSeen> seen = new ArrayList<>();
    for (int term : terms()) {
      BlockScan.Count count =
          BlockScan.count(snapshot.statements, snapshot.log, BlockScan.Match.term(term), from, to);
      if (count.entries() > 0) {
        seen.add(new BreachSeen(breach(term), count.entries(), count.first(), count.last()));
      }
    }
    return seen.stream().sorted(BreachSeen.GRAVEST_FIRST).toList();
  }

  private List<Integer> terms() throws SQLException {
    List<Integer> terms = new ArrayList<>();
    PreparedStatement select =
        snapshot.statements.prepare(
            "select id from term where log = ? and type = ? order by "
                + Breach.rankOf("text")
                + (", id limit " + MOST),
            snapshot.log,
            TermType.BREACH.code());
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        terms.add(rows.getInt(1));
      }
    }
    return terms;
  }

  private Breach breach(int term) {
    try {
      return Breach.parse(snapshot.text(term).orElse(""));
    } catch (Refused e) {
      throw new StorageFailure("term " + term + " is no breach", e);
    }
  }
}
