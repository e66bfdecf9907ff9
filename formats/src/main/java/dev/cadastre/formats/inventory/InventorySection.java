package dev.cadastre.formats.inventory;

import dev.cadastre.formats.text.FixedUnicode;
import java.util.List;

/** The sorts of resources that an inventory tells apart. */
public enum InventorySection {
  /** By the host's name, as {@code server.address} has it. */
  HOSTS("place"),
  /** By {@code ledger.key.id}. */
  KEYS("custody", "place", "vault"),
  /** By {@code service.name}. */
  SERVICES("place"),
  /** By {@code ledger.data.object.id} or {@code audit.target.id}. */
  STORES("holds", "hop", "place"),
  /** Named by keys alone. */
  VAULTS("custody", "place");

  private final String wire = FixedUnicode.lowerCase(name());
  private final List<String> members;

  InventorySection(String... members) {
    this.members = List.of(members);
  }

  public String wire() {
    return wire;
  }

  /** What can be said of a resource of this sort. */
  List<String> members() {
    return members;
  }
}
