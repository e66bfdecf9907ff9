package dev.cadastre.formats.residency;

/**
 * Times of receipt for which a verdict is the same, Unix nanoseconds.
 *
 * @param fromNs the first
 * @param beforeNs the first after them
 */
public record ReceivedRange(long fromNs, long beforeNs) {
  /** Whenever it is received. */
  public static final ReceivedRange ALWAYS = new ReceivedRange(0, Long.MAX_VALUE);

  public boolean contains(long receivedNs) {
    return fromNs <= receivedNs && (receivedNs < beforeNs || beforeNs == Long.MAX_VALUE);
  }

  /** That side of {@code edgeNs} on which {@code receivedNs} lies. */
  ReceivedRange parted(long edgeNs, long receivedNs) {
    return receivedNs < edgeNs
        ? new ReceivedRange(fromNs, Math.min(beforeNs, edgeNs))
        : new ReceivedRange(Math.max(fromNs, edgeNs), beforeNs);
  }
}
