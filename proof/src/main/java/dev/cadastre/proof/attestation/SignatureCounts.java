package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.detect.Runs;

/**
 * What came of checking the signatures that senders put on their records.
 *
 * @param counts signed records by {@code verified}, {@code invalid} and {@code untrusted}
 * @param invalid entries whose signature does not hold
 */
public record SignatureCounts(Tally counts, Runs invalid) {
  /** Of a period in which no sender signed. */
  static final SignatureCounts NONE = new SignatureCounts(Tally.NONE, Runs.NONE);

  boolean isEmpty() {
    return counts.total() == 0;
  }

  Json.Obj toJson() {
    return Json.Obj.builder()
        .put("counts", counts.toJson())
        .put("invalid", invalid.toJson())
        .build();
  }

  static SignatureCounts fromJson(Json.Obj json) throws Refused {
    json.only("counts", "invalid");
    return new SignatureCounts(
        Tally.fromJson(json.obj("counts")), Runs.fromJson(json.arr("invalid")));
  }
}
