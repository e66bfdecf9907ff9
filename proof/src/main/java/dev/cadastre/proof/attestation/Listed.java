package dev.cadastre.proof.attestation;

import dev.cadastre.proof.Refused;
import dev.cadastre.proof.json.Json;
import java.util.List;

/**
 * An entry that an attestation names.
 *
 * @param index the entry
 * @param rules ids of the rules whose findings made its outcome, in the verdict's order
 */
public record Listed(long index, List<String> rules) {
  public Listed {
    rules = List.copyOf(rules);
  }

  Json.Obj toJson() {
    return Json.Obj.builder().put("index", index).put("rules", Json.strings(rules)).build();
  }

  static Listed fromJson(Json.Obj json) throws Refused {
    json.only("index", "rules");
    return new Listed(json.integer("index"), json.strings("rules"));
  }
}
