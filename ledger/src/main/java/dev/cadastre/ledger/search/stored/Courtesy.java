package dev.cadastre.ledger.search.stored;

/**
 * Nobody waits for the index, but senders wait for the threads that append. A kernel may leave a
 * thread that it wakes behind the one that runs on the same processor, while another processor
 * idles: then a few milliseconds of indexing are a few milliseconds of some sender's latency.
 */
public final class Courtesy {
  private static final int ENTRIES = 16;

  private Courtesy() {}

  /** To be called between pieces of work that take some tenths of a millisecond. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing is wrong if the scheduler ignores it
  public static void letOthersRun() {
    Thread.yield();
  }

  /** The same, once for a few entries. */
  public static void letOthersRun(long index) {
    if (index % ENTRIES == 0) {
      letOthersRun();
    }
  }
}
