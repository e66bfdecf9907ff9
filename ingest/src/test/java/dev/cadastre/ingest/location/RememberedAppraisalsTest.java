package dev.cadastre.ingest.location;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

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
}
