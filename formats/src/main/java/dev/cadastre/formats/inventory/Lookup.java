package dev.cadastre.formats.inventory;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.policy.Custody;
import dev.cadastre.formats.policy.Places;
import dev.cadastre.formats.registry.Place;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Findings;
import dev.cadastre.formats.residency.Locator;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an inventory has of the resources that one record names. A pure function of the record, the
 * inventory and the registry, so anyone repeats it; docs/formats/inventory.md has the rules.
 */
public final class Lookup {
  private static final List<Hop> HOPS =
      List.of(Hop.BACKUP, Hop.EGRESS, Hop.KEY, Hop.PROCESSING, Hop.STORAGE);

  private final Inventory inventory;
  private final RecordEvent event;
  private final Map<Hop, List<Found>> found = new EnumMap<>(Hop.class);

  /** A resource that the record names, and what is declared of it, if it is. */
  private record Found(String id, Optional<Declared> declared) {}

  /**
   * @param event a record of a judged kind
   */
  public Lookup(Inventory inventory, RecordEvent event, Registry registry) {
    this.inventory = inventory;
    this.event = plain(event);
    found.put(Hop.KEY, all(InventorySection.KEYS, event.attributes().strings(Names.KEY_ID)));
    stores();
    boolean elsewhere = Locator.processesElsewhere(event, registry);
    if (event.kind() == Kind.EGRESS || elsewhere) {
      List<Found> hosts =
          all(InventorySection.HOSTS, event.attributes().strings(Names.SERVER_ADDRESS));
      found.put(event.kind() == Kind.EGRESS ? Hop.EGRESS : Hop.PROCESSING, hosts);
    }
    if (!elsewhere && !event.attributes().has(Names.SOURCE_FORMAT)) {
      found.put(Hop.PROCESSING, all(InventorySection.SERVICES, services()));
    }
  }

  /** A record as it is without what an inventory declares. */
  public static RecordEvent plain(RecordEvent event) {
    boolean declared = event.locations().values().stream().anyMatch(Lookup::isDeclared);
    if (!declared) {
      return event.custody().isEmpty() ? event : event.toBuilder().custody(List.of()).build();
    }
    Map<Hop, Location> stated = new EnumMap<>(Hop.class);
    event
        .locations()
        .forEach(
            (hop, location) -> {
              if (!isDeclared(location)) {
                stated.put(hop, location);
              }
            });
    return event.toBuilder().locations(stated).custody(List.of()).build();
  }

  /** A record with what the inventory in force declares, in place of what another one did. */
  public static RecordEvent completed(
      RecordEvent event, Optional<Inventory> inventory, Registry registry) {
    RecordEvent plain = plain(event);
    return inventory.isEmpty() || !event.kind().judged()
        ? plain
        : new Lookup(inventory.get(), plain, registry).completed();
  }

  private static boolean isDeclared(Location location) {
    return location.assurance() == Assurance.DECLARED;
  }

  private void stores() {
    if (event.kind() == Kind.KEY_USE || event.kind() == Kind.KEY_LIFECYCLE) {
      return;
    }
    List<Found> stores =
        all(InventorySection.STORES, event.attributes().strings(Names.DATA_OBJECT_ID));
    if (stores.stream().allMatch(one -> one.declared().isEmpty())) {
      stores = all(InventorySection.STORES, event.attributes().strings(Names.AUDIT_TARGET_ID));
    }
    found.put(Hop.BACKUP, stores);
    found.put(Hop.STORAGE, stores);
  }

  private List<String> services() {
    List<String> own = event.attributes().strings(Names.SERVICE_NAME);
    return own.isEmpty() ? event.resourceAttributes().strings(Names.SERVICE_NAME) : own;
  }

  private List<Found> all(InventorySection section, Collection<String> ids) {
    return ids.stream().distinct().map(id -> new Found(id, inventory.find(section, id))).toList();
  }

  private List<Found> of(Hop hop) {
    return found.getOrDefault(hop, List.of());
  }

  /** What is declared of a place at a hop: of a store only if it is that hop. */
  private static Optional<String> place(Hop hop, Declared one) {
    boolean store = hop == Hop.BACKUP || hop == Hop.STORAGE;
    return store && one.hop() != hop ? Optional.empty() : one.place();
  }

  private RecordEvent completed() {
    Map<Hop, Location> locations = new EnumMap<>(Hop.class);
    locations.putAll(event.locations());
    for (Hop hop : HOPS) {
      if (!locations.containsKey(hop)) {
        declared(of(hop), one -> place(hop, one))
            .map(places -> new Location(Location.all(places), Assurance.DECLARED))
            .ifPresent(location -> locations.put(hop, location));
      }
    }
    Optional<Set<String>> custody =
        stated().isEmpty()
            ? declared(of(Hop.KEY), one -> one.custody().map(Custody::wire))
            : Optional.empty();
    if (locations.size() == event.locations().size() && custody.isEmpty()) {
      return event;
    }
    return event.toBuilder()
        .locations(locations)
        .custody(custody.map(List::copyOf).orElse(List.of()))
        .build();
  }

  private interface Part {
    Optional<String> of(Declared one);
  }

  /** What is declared of all that is named; nothing as soon as it is not declared of one. */
  private static Optional<Set<String>> declared(List<Found> named, Part part) {
    Set<String> all = new LinkedHashSet<>();
    for (Found one : named) {
      Optional<String> said = one.declared().flatMap(part::of);
      if (said.isEmpty()) {
        return Optional.empty();
      }
      all.add(said.get());
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  private List<Value> stated() {
    return Findings.stated(event, Names.KEY_CUSTODY);
  }

  /** Whether the record says something itself that the inventory says, too. */
  public boolean isHeldAgainst() {
    boolean places =
        HOPS.stream()
            .filter(hop -> event.locations().containsKey(hop))
            .anyMatch(hop -> known(hop).anyMatch(one -> place(hop, one).isPresent()));
    boolean custody =
        !stated().isEmpty() && known(Hop.KEY).anyMatch(one -> one.custody().isPresent());
    boolean holds =
        !event.categories().isEmpty() && known(Hop.STORAGE).anyMatch(one -> !one.holds().isEmpty());
    return places || custody || holds;
  }

  private Stream<Declared> known(Hop hop) {
    return of(hop).stream().flatMap(one -> one.declared().stream());
  }

  /**
   * In what the record differs from the inventory.
   *
   * @param places what places mean under the policy in force
   */
  public List<Difference> differences(Places places) {
    List<Difference> all = new ArrayList<>();
    for (Hop hop : HOPS) {
      Location seen = event.locations().get(hop);
      for (Found one : of(hop)) {
        Optional<String> declared = one.declared().flatMap(said -> place(hop, said));
        if (seen != null && declared.isPresent() && !agrees(declared.get(), seen, places)) {
          all.add(new Difference(one.id(), hop.wire(), declared.get(), seen.place()));
        }
      }
    }
    of(Hop.KEY).forEach(one -> custody(one, all));
    of(Hop.STORAGE).forEach(one -> holds(one, all));
    return all;
  }

  /** Whether each place that was seen lies in the declared one, or holds it. */
  private static boolean agrees(String declared, Location seen, Places places) {
    Optional<Place> there = places.of(declared);
    for (String named : seen.places()) {
      Optional<Place> one = places.of(named);
      boolean same =
          named.equals(declared)
              || there.isPresent()
                  && one.isPresent()
                  && (there.get().covers(one.get()) || one.get().covers(there.get()));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private void custody(Found one, List<Difference> all) {
    Optional<Custody> declared = one.declared().flatMap(Declared::custody);
    if (declared.isEmpty()) {
      return;
    }
    for (Value value : stated()) {
      String seen = value instanceof Value.Text text ? text.text() : "(not a text)";
      if (Custody.of(seen).filter(declared.get()::equals).isEmpty()) {
        all.add(new Difference(one.id(), Difference.CUSTODY, declared.get().wire(), seen));
        return;
      }
    }
  }

  private void holds(Found one, List<Difference> all) {
    List<String> holds = one.declared().map(Declared::holds).orElse(List.of());
    if (holds.isEmpty()) {
      return;
    }
    event.categories().stream()
        .filter(category -> !holds.contains(category))
        .findFirst()
        .ifPresent(
            category ->
                all.add(
                    new Difference(
                        one.id(), Difference.HOLDS, String.join(" + ", holds), category)));
  }
}
