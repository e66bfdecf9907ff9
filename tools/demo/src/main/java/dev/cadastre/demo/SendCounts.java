package dev.cadastre.demo;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;

/** How many records were sent and what became of them. A failed export is said at once. */
final class SendCounts {
  private final PrintStream err;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  SendCounts(PrintStream err) {
    this.err = err;
  }

  void sent() {
    sent.incrementAndGet();
  }

  void acknowledged(int records) {
    acknowledged.addAndGet(records);
  }

  void failed(String which, int records, String why) {
    failed.addAndGet(records);
    err.println("demo: " + records + " records " + which + " were not accepted: " + why);
  }

  long sentSoFar() {
    return sent.get();
  }

  long acknowledgedSoFar() {
    return acknowledged.get();
  }

  long failedSoFar() {
    return failed.get();
  }
}
