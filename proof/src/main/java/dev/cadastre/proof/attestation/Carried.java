package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.detect.DetectorsState;

/**
 * What was known of keys before a period, and from where.
 *
 * @param index the entry that carries it: the last before the period
 * @param disabled how many keys are known to be disabled
 * @param withdrawn how many versions and accesses of identities are
 * @param approved how many approvals hold
 * @param kept how many things the policy's duties need to know
 * @param fetched how many keys are known to be in an instance's memory
 * @param told how many calls of one side waited for the other's telling
 * @param omitted how many of all that entry had no room for
 */
public record Carried(
    long index,
    long disabled,
    long withdrawn,
    long approved,
    long kept,
    long fetched,
    long told,
    long omitted) {
  static Carried of(long index, DetectorsState state) {
    return new Carried(
        index,
        state.disabled().size(),
        state.withdrawn().size(),
        state.approved().size(),
        state.kept().size(),
        state.fetched().size(),
        state.told().size(),
        state.omitted());
  }

  Json.Obj toJson() {
    Json.Builder json =
        Json.Obj.builder()
            .put("approved", approved)
            .put("disabled", disabled)
            .put("fetched", fetched)
            .put("index", index)
            .put("omitted", omitted)
            .put("withdrawn", withdrawn);
    if (kept > 0) {
      json.put("kept", kept);
    }
    if (told > 0) {
      json.put("told", told);
    }
    return json.build();
  }

  static Carried fromJson(Json.Obj json) throws Refused {
    json.only("approved", "disabled", "fetched", "index", "kept", "omitted", "told", "withdrawn");
    return new Carried(
        json.integer("index"),
        json.integer("disabled"),
        json.integer("withdrawn"),
        json.integer("approved"),
        json.optInteger("kept").orElse(0),
        json.integer("fetched"),
        json.optInteger("told").orElse(0),
        json.integer("omitted"));
  }
}
