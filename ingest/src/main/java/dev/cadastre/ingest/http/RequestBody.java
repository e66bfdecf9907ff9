package dev.cadastre.ingest.http;

import dev.cadastre.ingest.gate.FairShare;
import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Rejected;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects a request's body, or what is decompressed from it, in a buffer that grows with what has
 * arrived and not with what was announced.
 */
final class RequestBody {
  /** Requests of this size and below are read into a buffer of just their size. */
  private static final int FIRST_BYTES_MAX = 1 << 20;

  private final FairShare.Reservation reservation;
  private final int weight;
  private final int bytesMax;
  private final int expected;
  private byte[] buffer = new byte[0];
  private int length;

  /**
   * @param weight bytes of memory that each byte takes
   * @param expected the length if it was announced, or -1
   */
  RequestBody(FairShare.Reservation reservation, int weight, int bytesMax, int expected) {
    this.reservation = reservation;
    this.weight = weight;
    this.bytesMax = bytesMax;
    this.expected = expected < 0 ? 0 : expected;
  }

  int length() {
    return length;
  }

  void add(ByteBuffer bytes) throws Rejected {
    int more = bytes.remaining();
    makeRoom(more);
    bytes.get(buffer, length, more);
    length += more;
  }

  void add(byte[] bytes, int count) throws Rejected {
    makeRoom(count);
    System.arraycopy(bytes, 0, buffer, length, count);
    length += count;
  }

  private void makeRoom(int more) throws Rejected {
    if (more > bytesMax - length) {
      throw Rejected.of(
          Refusal.Reason.TOO_LARGE,
          "the request exceeds " + bytesMax + " bytes; send less at once");
    }
    if (length + more <= buffer.length) {
      return;
    }
    long wanted = Math.max(length + more, Math.max(2L * length, first()));
    int capacity = (int) Math.min(wanted, length + more <= expected ? expected : bytesMax);
    reservation.use((long) weight * (capacity - buffer.length));
    buffer = Arrays.copyOf(buffer, capacity);
  }

  private int first() {
    return Math.min(expected, FIRST_BYTES_MAX);
  }

  /** The bytes, without a copy if the length was as announced. */
  byte[] bytes() {
    return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
  }
}
