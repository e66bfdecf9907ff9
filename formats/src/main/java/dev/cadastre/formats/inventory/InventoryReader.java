package dev.cadastre.formats.inventory;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Custody;
import dev.cadastre.formats.policy.PolicyNode;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.text.FixedUnicode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads inventories. */
final class InventoryReader {
  private static final int ID_CHARS_MAX = 512;
  private static final int WILDCARDS_MAX = 4;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
  private static final Pattern SITE =
      Pattern.compile(Registry.ON_PREMISES + ":[a-z0-9][a-z0-9_-]{0,62}");
  private static final List<String> MEMBERS =
      Stream.concat(
              Stream.of("tenant", "version"),
              Stream.of(InventorySection.values()).map(InventorySection::wire))
          .sorted()
          .toList();
  private static final List<String> CUSTODY =
      Stream.of(Custody.values()).map(Custody::wire).toList();
  private static final List<String> STORE_HOPS = List.of(Hop.BACKUP.wire(), Hop.STORAGE.wire());

  private final PolicyNode root;
  private Set<String> vaults = Set.of();

  private InventoryReader(PolicyNode root) {
    this.root = root;
  }

  static Inventory read(Json.Obj json) throws Refused {
    PolicyNode root = PolicyNode.root("inventory", json);
    Inventory inventory = new InventoryReader(root).inventory();
    int bytes = inventory.toJson().jcs().length;
    if (bytes > Inventory.BYTES_MAX) {
      throw root.refused(
          "expected at most "
              + Inventory.BYTES_MAX
              + " bytes in its canonical form, found "
              + bytes
              + "; a pattern stands for many ids");
    }
    return inventory;
  }

  private Inventory inventory() throws Refused {
    root.namesOf(MEMBERS);
    PolicyNode version = root.member("version");
    boolean known = version.json() instanceof Json.Num num && num.value() == Inventory.VERSION;
    if (!known) {
      throw version.refused(
          "expected the number " + Inventory.VERSION + ", the only version there is");
    }
    PolicyNode tenant = root.member("tenant");
    Optional<PolicyNode> named = root.find(InventorySection.VAULTS.wire());
    vaults = named.isPresent() ? new TreeSet<>(named.get().names()) : Set.of();
    Map<InventorySection, SortedMap<String, Declared>> sections =
        new EnumMap<>(InventorySection.class);
    for (InventorySection section : InventorySection.values()) {
      Optional<PolicyNode> node = root.find(section.wire());
      if (node.isPresent()) {
        sections.put(section, section(section, node.get()));
      }
    }
    return new Inventory(name(tenant, tenant.text()), sections);
  }

  private SortedMap<String, Declared> section(InventorySection section, PolicyNode node)
      throws Refused {
    SortedMap<String, Declared> all = new TreeMap<>();
    for (String id : node.names()) {
      PolicyNode item = node.member(id);
      if (section == InventorySection.VAULTS) {
        name(item, id);
      } else {
        id(item, id);
      }
      all.put(id, declared(section, item));
    }
    return all;
  }

  private static String name(PolicyNode node, String name) throws Refused {
    if (!NAME.matcher(name).matches()) {
      throw node.refused(
          "expected a name of up to 63 letters, digits, \"-\" and \"_\", found "
              + Encodings.quote(name));
    }
    return name;
  }

  private static void id(PolicyNode node, String id) throws Refused {
    long wildcards = id.chars().filter(c -> c == Wildcard.ANY).count();
    boolean plain = !FixedUnicode.isBlank(id) && FixedUnicode.strip(id).equals(id);
    if (!plain || id.length() > ID_CHARS_MAX || wildcards > WILDCARDS_MAX) {
      throw node.refused(
          "expected an id of up to "
              + ID_CHARS_MAX
              + " characters without white space around it, with at most "
              + WILDCARDS_MAX
              + " \"*\", found "
              + Encodings.quote(id));
    }
  }

  private Declared declared(InventorySection section, PolicyNode node) throws Refused {
    if (node.namesOf(section.members()).isEmpty()) {
      throw node.refused(
          "expected one of " + String.join(", ", section.members()) + ", found none");
    }
    Optional<PolicyNode> place = node.find("place");
    Optional<PolicyNode> custody = node.find("custody");
    Optional<PolicyNode> vault = node.find("vault");
    Optional<PolicyNode> hop = node.find("hop");
    Optional<PolicyNode> holds = node.find("holds");
    return new Declared(
        place.isPresent() ? Optional.of(place.get().text()) : Optional.empty(),
        custody.isPresent() ? Optional.of(custody(custody.get())) : Optional.empty(),
        vault.isPresent()
            ? Optional.of(vault.get().oneOf(vault.get().text(), vaults))
            : Optional.empty(),
        hop.isPresent() ? hop(hop.get()) : Hop.STORAGE,
        holds.isPresent() ? holds.get().textOrTexts() : List.of());
  }

  private static Custody custody(PolicyNode node) throws Refused {
    String word = node.text();
    Optional<Custody> known = Custody.of(word);
    return known.isPresent() ? known.get() : Custody.of(node.oneOf(word, CUSTODY)).orElseThrow();
  }

  private static Hop hop(PolicyNode node) throws Refused {
    return Hop.of(node.oneOf(node.text(), STORE_HOPS)).orElseThrow();
  }

  /** Sites are a policy's to declare; every other place is the registry's. */
  static void requireKnown(Inventory inventory, Registry registry) throws Refused {
    PolicyNode root = PolicyNode.root("inventory", inventory.toJson());
    for (InventorySection section : InventorySection.values()) {
      for (Map.Entry<String, Declared> one : inventory.section(section).entrySet()) {
        String place = one.getValue().place().orElse("");
        if (!place.isEmpty()
            && !SITE.matcher(place).matches()
            && registry.resolve(place).isEmpty()) {
          PolicyNode node = root.member(section.wire()).member(one.getKey()).member("place");
          throw node.unknownName(place, registry.places());
        }
      }
    }
  }
}
