package dev.cadastre.ledger.search.index;

import dev.cadastre.ledger.search.stored.Column;
import dev.cadastre.ledger.search.stored.IndexTables;
import dev.cadastre.ledger.search.stored.Statements;
import dev.cadastre.proof.detect.Alert;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What detectors noticed in a batch, one by one and counted. */
final class Alerts {
  private final List<Row> rows = new ArrayList<>();
  private final Map<AboutHour, Seen> hours = new HashMap<>();
  private final Map<Integer, long[]> totals = new HashMap<>();

  private record Row(long index, int number, int kind, int subject, String detail) {}

  private record AboutHour(int hour, int kind, int subject) {}

  private static final class Seen {
    private long events;
    private long lastTime;
    private long lastIndex;
  }

  /**
   * Takes an entry's alerts.
   *
   * @param counted whether they count, which those of a record sent again do not
   */
  void add(long index, Facts facts, boolean counted) {
    int number = 0;
    Set<List<Integer>> about = new HashSet<>();
    for (Facts.Noticed noticed : facts.noticed) {
      Alert alert = noticed.alert();
      rows.add(new Row(index, number++, noticed.kind(), noticed.subject(), alert.detail()));
      if (about.add(List.of(noticed.kind(), noticed.subject())) && counted) {
        count(index, facts.get(Column.TIME), noticed);
      }
    }
  }

  private void count(long index, long time, Facts.Noticed noticed) {
    int hour = (int) (time / IndexTables.HOUR_NS);
    Seen seen =
        hours.computeIfAbsent(
            new AboutHour(hour, noticed.kind(), noticed.subject()), none -> new Seen());
    seen.events++;
    seen.lastTime = Math.max(seen.lastTime, time);
    seen.lastIndex = index;
    totals.computeIfAbsent(noticed.kind(), none -> new long[1])[0]++;
  }

  void save(Statements statements, int log) throws SQLException {
    for (Row row : rows) {
      statements.run(
          "insert into alert values (?, ?, ?, ?, ?, ?)",
          log,
          row.index,
          row.number,
          row.kind,
          row.subject,
          row.detail);
    }
    for (Map.Entry<AboutHour, Seen> count : hours.entrySet()) {
      save(statements, log, count.getKey(), count.getValue());
    }
    for (Map.Entry<Integer, long[]> total : totals.entrySet()) {
      statements.run(
          "insert into alert_total values (?, ?, ?)"
              + " on conflict do update set events = events + excluded.events",
          log,
          total.getKey(),
          total.getValue()[0]);
    }
  }

  private static void save(Statements statements, int log, AboutHour at, Seen seen)
      throws SQLException {
    statements.run(
        "insert into rollup_alert values (?, ?, ?, ?, ?, ?, ?) on conflict do update set"
            + " events = events + excluded.events,"
            + " last_time = max(last_time, excluded.last_time), last_index = excluded.last_index",
        log,
        at.hour,
        at.kind,
        at.subject,
        seen.events,
        seen.lastTime,
        seen.lastIndex);
  }
}
