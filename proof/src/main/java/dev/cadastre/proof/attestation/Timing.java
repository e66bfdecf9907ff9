package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;

/**
 * Records by when they say they happened. A period is bounded by when entries were received.
 *
 * @param late happened before the period
 * @param within happened in the period
 * @param early claim to have happened after the period's end
 * @param undated name no time
 */
public record Timing(long late, long within, long early, long undated) {

  Json.Obj toJson() {
    return Json.Obj.builder()
        .put("early", early)
        .put("late", late)
        .put("undated", undated)
        .put("within", within)
        .build();
  }

  static Timing fromJson(Json.Obj json) throws Refused {
    json.only("early", "late", "undated", "within");
    return new Timing(
        json.integer("late"),
        json.integer("within"),
        json.integer("early"),
        json.integer("undated"));
  }
}
