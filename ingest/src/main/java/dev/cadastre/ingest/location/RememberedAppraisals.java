package dev.cadastre.ingest.location;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.formats.Hash;
import java.util.Optional;
import java.util.function.Function;

/**
 * What evidence was found to be worth under one state of the trust directory. Another state has
 * appraisals of its own, so that one which ends after the state was withdrawn stands nowhere. What
 * several ask at a time is appraised once. Safe for concurrent use.
 */
final class RememberedAppraisals {
  static final int MAX = 4_096;

  private final TrustAnchors anchors;
  private final Cache<Asked, Appraisal> remembered =
      Caffeine.newBuilder().maximumSize(MAX).executor(Runnable::run).build();

  private record Asked(EvidenceType type, Hash value, Optional<Hash> document) {}

  RememberedAppraisals(TrustAnchors anchors) {
    this.anchors = anchors;
  }

  TrustAnchors anchors() {
    return anchors;
  }

  /**
   * The appraisal of evidence by these anchors.
   *
   * @param anew asked if it is not remembered; must not ask here itself
   */
  Appraisal of(EvidenceType type, Evidence evidence, Function<TrustAnchors, Appraisal> anew) {
    Asked asked =
        new Asked(type, evidence.sha256(), evidence.document().map(bytes -> Hash.sha256(bytes)));
    return remembered.get(asked, absent -> anew.apply(anchors));
  }

  long size() {
    return remembered.estimatedSize();
  }
}
