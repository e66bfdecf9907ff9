package dev.cadastre.ingest.location;

import dev.cadastre.formats.Hash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What evidence was found to be worth under one state of the trust directory. Another state has
 * appraisals of its own, so that one which ends after the state was withdrawn stands nowhere. Safe
 * for concurrent use.
 */
final class RememberedAppraisals {
  private static final int MAX = 4_096;

  private final TrustAnchors anchors;
  private final Map<Asked, Appraisal> remembered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Appraisal> eldest) {
          return size() > MAX;
        }
      };

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
   * @param anew asked if it is not remembered
   */
  Appraisal of(EvidenceType type, Evidence evidence, Function<TrustAnchors, Appraisal> anew) {
    Asked asked =
        new Asked(type, evidence.sha256(), evidence.document().map(bytes -> Hash.sha256(bytes)));
    synchronized (remembered) {
      Appraisal known = remembered.get(asked);
      if (known != null) {
        return known;
      }
    }
    Appraisal appraisal = anew.apply(anchors);
    synchronized (remembered) {
      remembered.put(asked, appraisal);
    }
    return appraisal;
  }
}
