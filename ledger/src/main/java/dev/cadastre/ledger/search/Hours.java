package dev.cadastre.ledger.search;

import dev.cadastre.ledger.search.stored.IndexTables;
import java.sql.SQLException;

/**
 * A stretch of whole hours, cut into buckets of equal length.
 *
 * @param from first hour since 1970, UTC
 * @param to first hour after it
 * @param perBucket hours in a bucket; the last one may reach beyond {@code to}
 */
record Hours(long from, long to, long perBucket) {
  private static final int MOST_BUCKETS = 200;
  private static final long[] BUCKET_HOURS = {1, 6, 24, 7 * 24, 30 * 24, 365 * 24, 10 * 365 * 24};

  /** How long before its first receipt a log's events are still shown over time: a year. */
  private static final long EARLY_HOURS = 366 * 24;

  /** How far events may be ahead of their receipt and still be shown over time: a day. */
  private static final long AHEAD_HOURS = 24;

  /** The hours of a range; a side on which the range is open ends with the log's events. */
  static Hours covering(TimeRange range, IndexView snapshot) throws SQLException {
    long from = range.fromNs() > 0 ? range.fromNs() / IndexTables.HOUR_NS : edge(snapshot, "min");
    long to =
        range.toNs() < Long.MAX_VALUE
            ? (range.toNs() + IndexTables.HOUR_NS - 1) / IndexTables.HOUR_NS
            : edge(snapshot, "max") + 1;
    return new Hours(from, Math.max(from + 1, to), bucketHours(Math.max(1, to - from)));
  }

  /**
   * Those of these hours that events are shown over: where the range is open, not those that are
   * far from when the log received anything, so that one wrong clock does not flatten all the rest.
   */
  Hours shown(TimeRange range, IndexView snapshot) throws SQLException {
    if (snapshot.indexed == 0) {
      return this;
    }
    long least = received(snapshot, "received_min", "asc") - EARLY_HOURS;
    long most = received(snapshot, "received_max", "desc") + AHEAD_HOURS;
    long begin = range.fromNs() > 0 ? from : edge(snapshot, "min", least, most);
    long end = range.toNs() < Long.MAX_VALUE ? to : edge(snapshot, "max", least, most) + 1;
    return new Hours(begin, Math.max(begin + 1, end), bucketHours(Math.max(1, end - begin)));
  }

  /** The first or last hour with events between two others, 0 if there is none. */
  private static long edge(IndexView snapshot, String aggregate, long least, long most)
      throws SQLException {
    return snapshot.statements.one(
        "select " + aggregate + "(hour) from rollup_kind where log = ? and hour between ? and ?",
        snapshot.log,
        least,
        most);
  }

  private static long received(IndexView snapshot, String column, String order)
      throws SQLException {
    return snapshot.statements.one(
            "select " + column + " from block where log = ? order by block " + order + " limit 1",
            snapshot.log)
        / IndexTables.HOUR_NS;
  }

  private static long edge(IndexView snapshot, String aggregate) throws SQLException {
    return snapshot.statements.one(
        "select " + aggregate + "(hour) from rollup_kind where log = ?", snapshot.log);
  }

  private static long bucketHours(long hours) {
    for (long width : BUCKET_HOURS) {
      if (hours <= width * MOST_BUCKETS) {
        return width;
      }
    }
    return hours;
  }

  TimeRange range() {
    return new TimeRange(nanos(from), nanos(to));
  }

  int buckets() {
    return (int) ((to - from + perBucket - 1) / perBucket);
  }

  boolean contains(long hour) {
    return hour >= from && hour < to;
  }

  int bucketOf(long hour) {
    return (int) ((hour - from) / perBucket);
  }

  TimeRange bucket(int i) {
    return new TimeRange(nanos(from + i * perBucket), nanos(from + (i + 1) * perBucket));
  }

  private static long nanos(long hour) {
    return hour > Long.MAX_VALUE / IndexTables.HOUR_NS
        ? Long.MAX_VALUE
        : hour * IndexTables.HOUR_NS;
  }
}
