package dev.cadastre.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one sender sent and how much of it was acknowledged. Its records are numbered without gaps,
 * and it sends a request only when the one before it was acknowledged.
 */
public final class Sent {
  private final long firstId;
  private final List<Request> requests = new ArrayList<>();
  private long sent;
  private long acked;

  /** The request whose first record has the number {@code first} among the sender's. */
  private record Request(long first, PreparedRequest content) {}

  /**
   * @param firstId the record id of the sender's first record
   */
  public Sent(long firstId) {
    this.firstId = firstId;
  }

  /** Notes a request that is about to be sent, and returns its bytes. */
  public synchronized byte[] next(PreparedRequest content) {
    requests.add(new Request(sent, content));
    byte[] bytes = content.numbered(firstId + sent);
    sent += content.records();
    return bytes;
  }

  /** The newest request, and with it all before, was answered with success. */
  public synchronized void acknowledge() {
    acked = sent;
  }

  /** How many of the sender's records were acknowledged: numbers from 0 on. */
  public synchronized long acked() {
    return acked;
  }

  public synchronized long sent() {
    return sent;
  }

  public long firstId() {
    return firstId;
  }

  /** Whether a record of this number was sent with these contents. */
  public synchronized boolean sent(long number, long timeNs, Optional<String> object) {
    if (number < 0 || number >= sent) {
      return false;
    }
    Request request = requests.get(requestOf(number));
    int record = (int) (number - request.first);
    return timeNs == request.content.timeNs(record)
        && object.equals(Optional.of(request.content.object(record)));
  }

  private int requestOf(long number) {
    int low = 0;
    int high = requests.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (requests.get(middle).first <= number) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
