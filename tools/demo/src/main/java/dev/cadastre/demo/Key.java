package dev.cadastre.demo;

import io.opentelemetry.api.common.AttributesBuilder;

/**
 * A master key.
 *
 * @param id the key store's own name for it
 * @param place where the key store is, as its users say; empty if they leave that to its name
 * @param custody in whose hands it is; empty if they leave that to the operator's inventory
 */
record Key(String id, String place, String custody) {
  /** Says it in a record. */
  void put(AttributesBuilder to) {
    to.put("audit.target.id", id).put("ledger.key.id", id);
    if (!place.isEmpty()) {
      to.put("ledger.key.provider", place.substring(0, place.indexOf(':')))
          .put("ledger.key.region", place);
    }
    if (!custody.isEmpty()) {
      to.put("ledger.key.custody", custody);
    }
  }
}
