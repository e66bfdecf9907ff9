package dev.cadastre.portal.services;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OncePerSecondTest {
  @Test
  void whatIsAskedForInALoopIsComputedOnceASecond() {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    AtomicInteger computed = new AtomicInteger();
    OncePerSecond<Integer> figure = new OncePerSecond<>(computed::incrementAndGet, nanos::get);
    for (int i = 0; i < 1000; i++) {
      assertEquals(1, figure.get());
      nanos.addAndGet(999_999);
    }
    nanos.addAndGet(1_000_000);
    assertEquals(2, figure.get());
  }
}
