package dev.cadastre.ledger.search;

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

  /** The hours of a range; a side on which the range is open ends with the log's events. */
  static Hours covering(TimeRange range, Snapshot snapshot) throws SQLException {
    long from = range.fromNs() > 0 ? range.fromNs() / Rollups.HOUR_NS : edge(snapshot, "min");
    long to =
        range.toNs() < Long.MAX_VALUE
            ? (range.toNs() + Rollups.HOUR_NS - 1) / Rollups.HOUR_NS
            : edge(snapshot, "max") + 1;
    return new Hours(from, Math.max(from + 1, to), bucketHours(Math.max(1, to - from)));
  }

  private static long edge(Snapshot snapshot, String aggregate) throws SQLException {
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

  int bucketOf(long hour) {
    return (int) ((hour - from) / perBucket);
  }

  TimeRange bucket(int i) {
    return new TimeRange(nanos(from + i * perBucket), nanos(from + (i + 1) * perBucket));
  }

  private static long nanos(long hour) {
    return hour > Long.MAX_VALUE / Rollups.HOUR_NS ? Long.MAX_VALUE : hour * Rollups.HOUR_NS;
  }
}
