package dev.cadastre.portal.page;

import dev.cadastre.formats.event.Outcome;
import dev.cadastre.ledger.search.Summary;
import java.util.ArrayList;
import java.util.List;

/**
 * Events over time as bars of a drawing {@value #HEIGHT} units high and 10 units a bar wide. The
 * part that broke the contract is drawn on top, at least one unit high so that a single violation
 * among thousands is seen.
 */
public record Strip(int width, List<Bar> bars, String from, String to, String summary) {
  static final int HEIGHT = 60;
  private static final int STEP = 10;
  private static final int LEAST = 2;

  /**
   * One bar: {@code y} downward from the top; {@code bad} is the height of its upper, violating
   * part.
   */
  public record Bar(int x, int y, int height, int bad, String title) {}

  public static Strip of(List<Summary.Bucket> buckets) {
    long most = buckets.stream().mapToLong(Summary.Bucket::events).max().orElse(0);
    long all = buckets.stream().mapToLong(Summary.Bucket::events).sum();
    List<Bar> bars = new ArrayList<>();
    for (Summary.Bucket bucket : buckets) {
      bars.add(bar(bars.size() * STEP, bucket, most));
    }
    String from = buckets.isEmpty() ? "" : label(buckets.get(0).fromNs());
    String to = buckets.isEmpty() ? "" : label(buckets.get(buckets.size() - 1).toNs());
    return new Strip(
        Math.max(STEP, bars.size() * STEP),
        bars,
        from,
        to,
        Words.count(all, "event", "events")
            + " in "
            + bars.size()
            + " intervals, at most "
            + Words.number(most)
            + " in one");
  }

  private static Bar bar(int x, Summary.Bucket bucket, long most) {
    long violations = bucket.judged().getOrDefault(Outcome.VIOLATION, 0L);
    int height = scaled(bucket.events(), most);
    int bad = violations == 0 ? 0 : Math.min(height, Math.max(LEAST, scaled(violations, most)));
    String title =
        label(bucket.fromNs())
            + ": "
            + Words.count(bucket.events(), "event", "events")
            + (violations == 0 ? "" : ", " + Words.count(violations, "violation", "violations"));
    return new Bar(x, HEIGHT - height, height, bad, title);
  }

  private static int scaled(long n, long most) {
    return n == 0 || most == 0
        ? 0
        : (int) Math.max(LEAST, Math.round((double) n / most * (HEIGHT - 4)));
  }

  private static String label(long ns) {
    return Words.Stamp.of(ns).utc().substring(0, 16);
  }
}
