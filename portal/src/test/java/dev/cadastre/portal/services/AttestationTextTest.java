package dev.cadastre.portal.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.cadastre.evidence.Attester.Attested;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.attestation.AttestationFold;
import dev.cadastre.proof.attestation.AttestationScope;
import dev.cadastre.proof.attestation.Dsse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What it costs when many ask for one large attestation. */
class AttestationTextTest {
  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger writing = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  private Json.Obj form(Attested attested) {
    most.accumulateAndGet(writing.incrementAndGet(), Math::max);
    Thread.yield();
    writing.decrementAndGet();
    return Json.Obj.builder()
        .put("a", attested.envelope().payload())
        .put("n", written.incrementAndGet())
        .build();
  }

  private static Attested attested(String payload) {
    AttestationScope scope =
        new AttestationScope(
            "ledger.example/eu/bank",
            0,
            0,
            Hash.sha256(new byte[0]),
            Hash.sha256(new byte[0]),
            1,
            2,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Attested(
        new AttestationFold(scope, Optional.empty()).result(), new Dsse(payload, List.of()));
  }

  @Test
  void allWhoAskForTheSameGetTheSameBytesWrittenOnce() throws Exception {
    AttestationText text = new AttestationText(this::form);
    Attested one = attested("one");
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService visitors = Executors.newFixedThreadPool(20);
    try {
      List<Future<byte[]>> asked = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        asked.add(
            visitors.submit(
                () -> {
                  start.await();
                  return text.of(one);
                }));
      }
      start.countDown();
      byte[] first = asked.get(0).get();
      for (Future<byte[]> answer : asked) {
        assertSame(first, answer.get());
      }
      assertEquals("{\"a\":\"one\",\"n\":1}", new String(first, StandardCharsets.UTF_8));
    } finally {
      visitors.shutdownNow();
    }
  }

  @Test
  void differentOnesAreWrittenOneAfterTheOther() throws Exception {
    AttestationText text = new AttestationText(this::form);
    AttestationText other = new AttestationText(this::form);
    ExecutorService visitors = Executors.newFixedThreadPool(20);
    try {
      List<Future<byte[]>> asked = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Attested own = attested("of " + i);
        AttestationText one = i % 2 == 0 ? text : other;
        asked.add(visitors.submit(() -> one.of(own)));
      }
      for (Future<byte[]> answer : asked) {
        answer.get();
      }
      assertEquals(40, written.get());
      assertEquals(1, most.get());
    } finally {
      visitors.shutdownNow();
    }
  }
}
