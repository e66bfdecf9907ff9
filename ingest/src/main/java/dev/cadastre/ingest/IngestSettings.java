package dev.cadastre.ingest;

import dev.cadastre.ingest.gate.Limits;
import dev.cadastre.ingest.record.VaultPlaces;
import dev.cadastre.ingest.request.RequestBounds;
import java.time.Duration;

/**
 * The limits of both OTLP servers.
 *
 * @param requestBytesMax size of one request, both as sent and decompressed
 * @param recordsMax log records or spans in one request
 * @param inFlightBytesMax what requests may hold in memory at any time, in bytes; when it is taken
 *     senders are asked to retry. Only a tenant's single request may go beyond, as far as the
 *     largest needs
 * @param bodyTimeout how long the body of one HTTP request may take to arrive
 * @param idleTimeout how long a connection may be silent
 * @param limits how much tenants may send
 * @param vaults where key vaults are whose records do not say it
 */
public record IngestSettings(
    int requestBytesMax,
    int recordsMax,
    long inFlightBytesMax,
    Duration bodyTimeout,
    Duration idleTimeout,
    Limits limits,
    VaultPlaces vaults) {
  /** Bytes of memory that a byte of a request takes until it is answered: raw, mapped, written. */
  public static final int WEIGHT = 5;

  /** What a record takes at least, however small. */
  static final int RECORD_BYTES = 1 << 10;

  private static final int MIB = 1 << 20;

  /** A request whose size is not announced is taken for one of a thousand records. */
  private static final long UNANNOUNCED = MIB / 4;

  /** So many of those find room at once, however little there is. */
  private static final int AT_ONCE = 16;

  private static final int RECORDS_MAX = 250_000;
  private static final int RECORDS_MIN = 16_384;

  /** For this process. */
  public static final IngestSettings DEFAULT = forHeap(Runtime.getRuntime().maxMemory());

  /**
   * 64 MiB a request, as the OTLP specification recommends, less on a heap below 512 MiB, and in
   * sum no more than a heap of so many bytes can bear: beyond it the collector would take more time
   * than the requests.
   */
  public static IngestSettings forHeap(long bytes) {
    return new IngestSettings(
        (int) Math.max(MIB, Math.min(64L * MIB, bytes / WEIGHT - 16L * MIB)),
        (int) Math.max(RECORDS_MIN, Math.min(RECORDS_MAX, bytes / (8 * RECORD_BYTES))),
        Math.max(4L * MIB, Math.min(192L * MIB, bytes / 8)),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30));
  }

  /** Settings that limit no tenant much. */
  public IngestSettings(
      int requestBytesMax,
      int recordsMax,
      long inFlightBytesMax,
      Duration bodyTimeout,
      Duration idleTimeout) {
    this(
        requestBytesMax,
        recordsMax,
        inFlightBytesMax,
        bodyTimeout,
        idleTimeout,
        Limits.GENEROUS,
        VaultPlaces.NONE);
  }

  /** The same settings with other limits. */
  public IngestSettings withLimits(Limits value) {
    return new IngestSettings(
        requestBytesMax, recordsMax, inFlightBytesMax, bodyTimeout, idleTimeout, value, vaults);
  }

  /** The same settings with other places of key vaults. */
  public IngestSettings withVaults(VaultPlaces value) {
    return new IngestSettings(
        requestBytesMax, recordsMax, inFlightBytesMax, bodyTimeout, idleTimeout, limits, value);
  }

  public IngestSettings {
    if (requestBytesMax < 1 || recordsMax < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
  }

  /** What may be held in all, so that the largest request still leaves room for others. */
  long inFlightBytesMaxOfAll() {
    long compressed = requestBytesMax;
    return inFlightBytesMax + compressed + (long) WEIGHT * requestBytesMax;
  }

  /**
   * What a body is reckoned to need before any of it is read.
   *
   * @param length as announced, or -1
   * @param weight bytes of memory that each byte takes
   */
  public long expectedBytes(long length, int weight) {
    return length < 0
        ? Math.min(weight * UNANNOUNCED, inFlightBytesMax / AT_ONCE)
        : weight * length;
  }

  /** What is read of one request. */
  public RequestBounds bounds() {
    return RequestBounds.of(requestBytesMax, recordsMax);
  }

  /** How large the entries of one request may be together, and what they disclose. */
  long entriesBytesMax() {
    return Math.max(requestBytesMax, 2 * inFlightBytesMax);
  }

  /** How long a request waits for room in memory before its sender is asked to retry. */
  public Duration roomTimeout() {
    return bodyTimeout.dividedBy(10);
  }
}
