package dev.cadastre.proof.attestation;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.formats.json.Json;

/**
 * An anchor that bounds a period.
 *
 * @param index its entry's index in the anchors log
 * @param date UTC day
 * @param timeNs when it was made, Unix nanoseconds
 * @param root root of its tree
 */
public record AnchorPoint(long index, String date, long timeNs, Hash root) {

  public static AnchorPoint of(long index, AnchorEvent anchor) {
    return new AnchorPoint(index, anchor.date(), anchor.time(), anchor.root());
  }

  Json.Obj toJson() {
    return Json.Obj.builder()
        .put("date", date)
        .put("index", index)
        .put("root", root.hex())
        .put("time", Long.toString(timeNs))
        .build();
  }

  static AnchorPoint fromJson(Json.Obj json) throws Refused {
    json.only("date", "index", "root", "time");
    return new AnchorPoint(
        json.integer("index"),
        json.str("date"),
        Encodings.decimal(json.str("time")),
        Hash.ofHex(json.str("root")));
  }
}
