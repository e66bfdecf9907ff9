package dev.cadastre.ledger.search;

import dev.cadastre.ledger.search.AlertSeen.About;
import dev.cadastre.proof.detect.Alert;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the index says that detectors noticed. */
final class AlertList {
  private static final int SUBJECTS_SHOWN = 20;

  private final IndexView snapshot;

  AlertList(IndexView snapshot) {
    this.snapshot = snapshot;
  }

  private static final class Found {
    private final List<About> about = new ArrayList<>();
    private long events;
  }

  /** Those of an entry. */
  List<Alert> of(long index) throws SQLException {
    List<Alert> alerts = new ArrayList<>();
    PreparedStatement select =
        snapshot.statements.prepare(
            "select kind, subject, detail from alert where log = ? and entry_index = ? order by number",
            snapshot.log,
            index);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Optional<Alert.Kind> kind = kind(rows.getInt(1));
        if (kind.isPresent()) {
          alerts.add(new Alert(index, kind.get(), text(rows.getInt(2)), rows.getString(3)));
        }
      }
    }
    return alerts;
  }

  /** Those of some hours, without records sent again; in the order of their kinds. */
  List<AlertSeen> in(Hours hours) throws SQLException {
    return counted(
        snapshot.statements.prepare(
            "select kind, subject, sum(events), max(last_index) from rollup_alert"
                + " where log = ? and hour >= ? and hour < ? group by kind, subject order by 4 desc",
            snapshot.log,
            hours.from(),
            hours.to()));
  }

  /** Those of the entries {@code [from, to)}, in the order of their kinds. */
  List<AlertSeen> among(long from, long to) throws SQLException {
    return counted(
        snapshot.statements.prepare(
            "select kind, subject, count(distinct entry_index), max(entry_index) from alert"
                + " where log = ? and entry_index >= ? and entry_index < ?"
                + " group by kind, subject order by 4 desc",
            snapshot.log,
            from,
            to));
  }

  private List<AlertSeen> counted(PreparedStatement select) throws SQLException {
    Map<Alert.Kind, Found> found = new EnumMap<>(Alert.Kind.class);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Optional<Alert.Kind> kind = kind(rows.getInt(1));
        if (kind.isPresent()) {
          Found of = found.computeIfAbsent(kind.get(), none -> new Found());
          of.events += rows.getLong(3);
          if (of.about.size() < SUBJECTS_SHOWN) {
            of.about.add(about(rows));
          }
        }
      }
    }
    List<AlertSeen> seen = new ArrayList<>();
    found.forEach((kind, of) -> seen.add(new AlertSeen(kind, of.events, of.about)));
    return seen;
  }

  private About about(ResultSet row) throws SQLException {
    int subject = row.getInt(2);
    long index = row.getLong(4);
    PreparedStatement select =
        snapshot.statements.prepare(
            "select detail from alert where log = ? and entry_index = ? and kind = ? and subject = ?"
                + " order by number",
            snapshot.log,
            index,
            row.getInt(1),
            subject);
    try (ResultSet detail = select.executeQuery()) {
      String text = detail.next() ? detail.getString(1) : "";
      return new About(text(subject), row.getLong(3), text, index);
    }
  }

  private Optional<Alert.Kind> kind(int term) {
    return snapshot.text(term).flatMap(Alert.Kind::of);
  }

  private String text(int term) {
    return snapshot.text(term).orElse("");
  }
}
