package dev.cadastre.bench.load;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Load within this process: two senders, each with some requests under way. */
public final class InProcess {
  public static final int PER_REQUEST = 512;
  private static final int SENDERS = 2;
  private static final int IN_FLIGHT = 24;
  private static final int VARIETY = 8;

  private InProcess() {}

  /** What is measured. */
  public interface Sink {
    /**
     * Takes a request; the array is overwritten once this returns. Completes when all of it is on
     * disk, synced.
     */
    CompletableFuture<?> take(byte[] request);
  }

  /** Sends so many events and returns how many were on disk a second. */
  public static double perSecond(Sink sink, long firstId, long events)
      throws IOException, InterruptedException {
    AtomicLong next = new AtomicLong();
    PreparedRequest[][] requests = PreparedRequest.variety(SENDERS, VARIETY, PER_REQUEST);
    long begin = System.nanoTime();
    LoadMain.onEach(SENDERS, sender -> send(sink, requests[sender], firstId, events, next));
    return events / ((System.nanoTime() - begin) / 1e9);
  }

  private static void send(
      Sink sink, PreparedRequest[] requests, long firstId, long events, AtomicLong next) {
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    for (int i = 0; ; i++) {
      long first = next.getAndAdd(PER_REQUEST);
      if (first >= events) {
        inFlight.acquireUninterruptibly(IN_FLIGHT);
        return;
      }
      inFlight.acquireUninterruptibly();
      sink.take(requests[i % VARIETY].numbered(firstId + first))
          .whenComplete((done, failure) -> inFlight.release());
    }
  }
}
