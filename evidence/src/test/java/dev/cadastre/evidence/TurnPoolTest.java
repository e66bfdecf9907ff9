package dev.cadastre.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.ledger.model.LogName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnPoolTest {
  private static final LogName BUSY = new LogName("busy");
  private static final LogName QUIET = new LogName("quiet");

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void logsTakeTurnsWhateverOneOfThemAskedFor() {
    List<String> done = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(6);
    try (TurnPool pool = new TurnPool("test", 1)) {
      pool.submit(new LogName("first"), () -> await(gate));
      for (int i = 0; i < 4; i++) {
        submit(pool, BUSY, "busy" + i, done, all);
      }
      for (int i = 0; i < 2; i++) {
        submit(pool, QUIET, "quiet" + i, done, all);
      }
      gate.countDown();
      await(all);
    }
    assertEquals(List.of("busy0", "quiet0", "busy1", "quiet1", "busy2", "busy3"), done);
  }

  private static void submit(
      TurnPool pool, LogName log, String name, List<String> done, CountDownLatch all) {
    pool.submit(
        log,
        () -> {
          done.add(name);
          all.countDown();
        });
  }

  @Test
  void oneLogHasOneThreadAndLeavesTheOthersFree() {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch quiet = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(3);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (TurnPool pool = new TurnPool("test", 2)) {
      for (int i = 0; i < 3; i++) {
        pool.submit(
            BUSY,
            () -> {
              most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
              await(gate);
              atOnce.decrementAndGet();
              all.countDown();
            });
      }
      pool.submit(QUIET, quiet::countDown);
      await(quiet);
      gate.countDown();
      await(all);
    }
    assertEquals(1, most.get());
  }

  @Test
  void workThatThrowsEndsNothingButItself() {
    CountDownLatch after = new CountDownLatch(2);
    try (TurnPool pool = new TurnPool("test", 1)) {
      pool.submit(
          BUSY,
          () -> {
            throw new IllegalStateException("injected: reported by the thread, and no more");
          });
      pool.submit(BUSY, after::countDown);
      pool.submit(QUIET, after::countDown);
      await(after);
    }
  }
}
