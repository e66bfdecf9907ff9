package dev.cadastre.bench.load;

import java.util.Arrays;
import java.util.Locale;

/** What several runs of one measurement gave. */
public final class Measurements {
  private final double[] sorted;

  public Measurements(double[] values) {
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  public double median() {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  public String spread() {
    return String.format(
        Locale.ROOT,
        "%,.0f to %,.0f in %d runs",
        sorted[0],
        sorted[sorted.length - 1],
        sorted.length);
  }

  /** The value that a share of all are not above; for latencies. */
  public static double quantile(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) Math.ceil(share * sorted.length) - 1)];
  }
}
