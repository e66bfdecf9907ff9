package dev.cadastre.formats.inventory;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.registry.Registry;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an operator declares of a tenant's resources, once for all events that name them.
 * docs/formats/inventory.md describes its form.
 */
public final class Inventory {
  public static final int VERSION = 1;

  /** The largest one, in its canonical form: a policy stands in the same entry. */
  public static final int BYTES_MAX = 32_768;

  private final String tenant;
  private final Map<InventorySection, SortedMap<String, Declared>> sections;
  private final Map<InventorySection, List<String>> patterns =
      new EnumMap<>(InventorySection.class);

  Inventory(String tenant, Map<InventorySection, SortedMap<String, Declared>> sections) {
    this.tenant = tenant;
    this.sections = new EnumMap<>(InventorySection.class);
    for (InventorySection section : InventorySection.values()) {
      SortedMap<String, Declared> all =
          new TreeMap<>(sections.getOrDefault(section, Collections.emptySortedMap()));
      this.sections.put(section, all);
      patterns.put(section, patterns(all));
    }
  }

  /** Those that say most of a name first, and of equals in the order of their characters. */
  private static List<String> patterns(SortedMap<String, Declared> all) {
    return all.keySet().stream()
        .filter(Wildcard::isIn)
        .sorted(Comparator.comparingInt(Inventory::exactness).reversed())
        .toList();
  }

  private static int exactness(String pattern) {
    return (int) pattern.chars().filter(c -> c != Wildcard.ANY).count();
  }

  /**
   * Reads an inventory.
   *
   * @throws Refused with the path of what is wrong
   */
  public static Inventory fromJson(Json.Obj json) throws Refused {
    return InventoryReader.read(json);
  }

  /**
   * The inventory that an adoption puts in force.
   *
   * @throws Refused if it is none, or of another tenant than its policy, or not in its one form
   */
  public static Optional<Inventory> of(PolicyAdoption adoption) throws Refused {
    if (adoption.inventory().isEmpty()) {
      return Optional.empty();
    }
    Inventory inventory = fromJson(adoption.inventory().get());
    if (inventory.isEmpty() || !inventory.toJson().equals(adoption.inventory().get())) {
      throw new Refused("expected an inventory in its one form, found another");
    }
    if (!adoption.policy().str("tenant").equals(inventory.tenant)) {
      throw new Refused(
          "expected an inventory of the policy's tenant, found one of "
              + Encodings.quote(inventory.tenant));
    }
    return Optional.of(inventory);
  }

  /** The same for whoever only follows a log: none where it is not sound. */
  public static Optional<Inventory> orNone(PolicyAdoption adoption) {
    try {
      return of(adoption);
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  /** Refuses places that {@code registry} does not know, with the path of each. */
  public void requireKnown(Registry registry) throws Refused {
    InventoryReader.requireKnown(this, registry);
  }

  public String tenant() {
    return tenant;
  }

  /** Whether it declares nothing. */
  public boolean isEmpty() {
    return sections.values().stream().allMatch(Map::isEmpty);
  }

  /** How many resources it declares. */
  public int size() {
    return sections.values().stream().mapToInt(Map::size).sum();
  }

  /** What is declared of the resources of a sort, by id or pattern. */
  public SortedMap<String, Declared> section(InventorySection section) {
    return Collections.unmodifiableSortedMap(
        sections.getOrDefault(section, Collections.emptySortedMap()));
  }

  /** What is declared of one resource: under its own id, or else by the most exact pattern. */
  public Optional<Declared> find(InventorySection section, String id) {
    SortedMap<String, Declared> all = section(section);
    Declared exact = all.get(id);
    if (exact != null) {
      return Optional.of(whole(exact));
    }
    for (String pattern : patterns.getOrDefault(section, List.of())) {
      if (Wildcard.matches(pattern, id)) {
        return Optional.ofNullable(all.get(pattern)).map(this::whole);
      }
    }
    return Optional.empty();
  }

  private Declared whole(Declared one) {
    return one.vault()
        .map(name -> section(InventorySection.VAULTS).get(name))
        .map(one::in)
        .orElse(one);
  }

  /** The canonical form, which binds. */
  public Json.Obj toJson() {
    Json.Builder json = Json.Obj.builder().put("tenant", tenant).put("version", VERSION);
    sections.forEach(
        (section, all) -> {
          if (!all.isEmpty()) {
            Map<String, Json> members = new TreeMap<>();
            all.forEach((id, one) -> members.put(id, one.toJson()));
            json.put(section.wire(), Json.Obj.of(members));
          }
        });
    return json.build();
  }

  public Hash sha256() {
    return Hash.sha256(toJson().jcs());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Inventory one && one.toJson().equals(toJson());
  }

  @Override
  public int hashCode() {
    return toJson().hashCode();
  }
}
