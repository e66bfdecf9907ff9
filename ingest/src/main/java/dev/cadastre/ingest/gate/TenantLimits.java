package dev.cadastre.ingest.gate;

/**
 * How much one tenant may send.
 *
 * @param bytesPerSecond request bodies, decompressed, over ten seconds
 * @param recordsPerSecond log records and spans, over ten seconds
 * @param requestBytesMax size of one request, as sent and decompressed; the cell's own limit holds
 *     besides
 */
public record TenantLimits(long bytesPerSecond, long recordsPerSecond, int requestBytesMax) {
  /** More than a cell of a few processors takes in: a guard against runaways, not a quota. */
  public static final TenantLimits GENEROUS =
      new TenantLimits(1L << 30, 1_000_000, Integer.MAX_VALUE);

  public TenantLimits {
    if (bytesPerSecond < 1 || recordsPerSecond < 1 || requestBytesMax < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
  }
}
