package dev.cadastre.ingest.location;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RememberedAppraisalsTest {
  private static final Evidence EVIDENCE = Evidence.of("aws-iid", "what a cloud signed");
  private static final Appraisal BEFORE = new Appraisal.Rejected("by the anchors before");
  private static final Appraisal NOW = new Appraisal.Rejected("by the anchors of now");

  @Test
  void whatIsAppraisedWhileItsAnchorsAreWithdrawnIsNotPutBack() {
    RememberedAppraisals before = new RememberedAppraisals(TrustAnchors.NONE);
    RememberedAppraisals now = new RememberedAppraisals(TrustAnchors.NONE);
    before.of(
        EvidenceType.AWS,
        EVIDENCE,
        anchors -> {
          assertSame(NOW, now.of(EvidenceType.AWS, EVIDENCE, fresh -> NOW));
          return BEFORE;
        });
    assertSame(NOW, now.of(EvidenceType.AWS, EVIDENCE, fresh -> BEFORE));
  }

  @Test
  void equalEvidenceIsAppraisedOnce() {
    RememberedAppraisals remembered = new RememberedAppraisals(TrustAnchors.NONE);
    AtomicInteger asked = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      remembered.of(
          EvidenceType.AWS,
          Evidence.of("aws-iid", "what a cloud signed"),
          anchors -> {
            asked.incrementAndGet();
            return NOW;
          });
    }
    assertEquals(1, asked.get());
  }

  @Test
  void whatSeveralAskAtATimeIsAppraisedOnce() throws Exception {
    RememberedAppraisals remembered = new RememberedAppraisals(TrustAnchors.NONE);
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(4);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                all.countDown();
                remembered.of(
                    EvidenceType.AWS,
                    EVIDENCE,
                    anchors -> {
                      await(all);
                      asked.incrementAndGet();
                      return NOW;
                    });
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(1, asked.get());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsRememberedIsBounded() {
    RememberedAppraisals remembered = new RememberedAppraisals(TrustAnchors.NONE);
    for (int i = 0; i < 2 * RememberedAppraisals.MAX; i++) {
      remembered.of(EvidenceType.AWS, Evidence.of("aws-iid", "of instance " + i), fresh -> NOW);
      assertTrue(remembered.size() <= RememberedAppraisals.MAX);
    }
  }
}
