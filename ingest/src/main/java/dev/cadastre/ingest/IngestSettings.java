package dev.cadastre.ingest;

import java.time.Duration;

/**
 * The limits of both OTLP servers.
 *
 * @param requestBytesMax size of one request, both as sent and decompressed
 * @param recordsMax log records or spans in one request
 * @param inFlightBytesMax request bytes, as sent and decompressed, held in memory at any time; when
 *     they are exceeded senders are asked to retry
 * @param bodyTimeout how long the body of one HTTP request may take to arrive
 * @param idleTimeout how long a connection may be silent
 * @param limits how much tenants may send
 */
public record IngestSettings(
    int requestBytesMax,
    int recordsMax,
    long inFlightBytesMax,
    Duration bodyTimeout,
    Duration idleTimeout,
    Limits limits) {
  private static final int MIB = 1 << 20;

  /** 64 MiB a request, as the OTLP specification recommends. */
  public static final IngestSettings DEFAULT =
      new IngestSettings(
          64 * MIB, 250_000, 192L * MIB, Duration.ofSeconds(30), Duration.ofSeconds(30));

  /** Settings that limit no tenant much. */
  public IngestSettings(
      int requestBytesMax,
      int recordsMax,
      long inFlightBytesMax,
      Duration bodyTimeout,
      Duration idleTimeout) {
    this(requestBytesMax, recordsMax, inFlightBytesMax, bodyTimeout, idleTimeout, Limits.GENEROUS);
  }

  /** The same settings with other limits. */
  public IngestSettings withLimits(Limits value) {
    return new IngestSettings(
        requestBytesMax, recordsMax, inFlightBytesMax, bodyTimeout, idleTimeout, value);
  }

  public IngestSettings {
    if (requestBytesMax < 1 || recordsMax < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
    if (inFlightBytesMax < 2L * requestBytesMax) {
      throw new IllegalArgumentException(
          "bytes in flight must allow for one request of "
              + requestBytesMax
              + " bytes, compressed and decompressed");
    }
  }
}
