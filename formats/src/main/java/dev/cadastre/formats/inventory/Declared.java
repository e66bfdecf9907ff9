package dev.cadastre.formats.inventory;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Custody;
import java.util.List;
import java.util.Optional;

/**
 * What is declared of one resource.
 *
 * @param place where it is
 * @param custody in whose hands a key is
 * @param vault the vault that a key is in, which tells what is not said of the key itself
 * @param hop which hop a store is
 * @param holds categories of data in a store; empty if that is not said
 */
public record Declared(
    Optional<String> place,
    Optional<Custody> custody,
    Optional<String> vault,
    Hop hop,
    List<String> holds) {
  public Declared {
    holds = List.copyOf(holds);
  }

  /** What it says itself, and otherwise what its vault does. */
  Declared in(Declared other) {
    return new Declared(place.or(other::place), custody.or(other::custody), vault, hop, holds);
  }

  Json toJson() {
    Json.Builder json = Json.Obj.builder();
    json.putIf("custody", custody.map(Custody::wire));
    if (!holds.isEmpty()) {
      json.put("holds", Json.strings(holds));
    }
    if (hop == Hop.BACKUP) {
      json.put("hop", hop.wire());
    }
    return json.putIf("place", place).putIf("vault", vault).build();
  }
}
