package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.json.Json;
import java.util.Optional;

/**
 * A policy by which entries of a period were judged.
 *
 * @param index index of its adoption in the log
 * @param judge version of the judge that read it
 * @param sha256 digest of the policy
 * @param inventory digest of the inventory adopted with it
 * @param registry digest of its registry
 */
public record PolicyUse(
    long index, int judge, Hash sha256, Optional<Hash> inventory, Hash registry) {

  public static PolicyUse of(long index, PolicyAdoption adoption) {
    return new PolicyUse(
        index,
        adoption.judge(),
        adoption.sha256(),
        adoption.inventory().map(Json.Obj::jcs).map(Hash::sha256),
        adoption.registry());
  }

  Json.Obj toJson() {
    return Json.Obj.builder()
        .putIf("inventory", inventory.map(Hash::hex))
        .put("index", index)
        .put("judge", judge)
        .put("registry", registry.hex())
        .put("sha256", sha256.hex())
        .build();
  }

  static PolicyUse fromJson(Json.Obj json) throws Refused {
    json.only("index", "inventory", "judge", "registry", "sha256");
    long judge = json.integer("judge");
    if (judge < Integer.MIN_VALUE || judge > Integer.MAX_VALUE) {
      throw new Refused("expected a version of the judge, found " + judge);
    }
    return new PolicyUse(
        json.integer("index"),
        (int) judge,
        Hash.ofHex(json.str("sha256")),
        json.has("inventory") ? Optional.of(Hash.ofHex(json.str("inventory"))) : Optional.empty(),
        Hash.ofHex(json.str("registry")));
  }
}
