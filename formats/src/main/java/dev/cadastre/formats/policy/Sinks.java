package dev.cadastre.formats.policy;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.text.FixedUnicode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * To where data may flow beside the contract's hops, by name: stores, and companies that help. The
 * judge does not read it; detectors learn from it what no word tells.
 *
 * @param stores by the name that records have for one, such as a bucket's or a registry's
 * @param subprocessors hosts of each company, as patterns; by the company's name
 * @param vendor hosts of the vendor itself, likewise
 */
public record Sinks(
    SortedMap<String, Store> stores,
    SortedMap<String, List<String>> subprocessors,
    List<String> vendor) {
  /** Of a policy that names none. */
  public static final Sinks NONE = new Sinks(new TreeMap<>(), new TreeMap<>(), List.of());

  private static final String STORES = "stores";
  private static final String SUBPROCESSORS = "subprocessors";
  private static final String VENDOR = "vendor";
  private static final String HOSTS = "hosts";
  private static final String HOLDS = "holds";
  private static final String PLACE = "place";

  /** The members of a policy that say it. */
  static final List<String> MEMBERS = List.of(STORES, SUBPROCESSORS, VENDOR);

  private static final int COMPANY_CHARS_MAX = 200;
  private static final Pattern STORE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}");

  public Sinks {
    stores = Collections.unmodifiableSortedMap(new TreeMap<>(stores));
    subprocessors = Collections.unmodifiableSortedMap(new TreeMap<>(subprocessors));
    vendor = List.copyOf(vendor);
  }

  /** What a store is for. */
  public enum Holds {
    ANALYTICS,
    ARTIFACTS,
    BACKUPS,
    LOGS;

    public String wire() {
      return FixedUnicode.lowerCase(name());
    }
  }

  /**
   * A store that the contract names.
   *
   * @param place where it is; empty if the policy does not say
   */
  public record Store(Holds holds, Optional<String> place) {}

  public boolean isEmpty() {
    return equals(NONE);
  }

  /** Whether it says to which hosts data may go. */
  public boolean namesHosts() {
    return !subprocessors.isEmpty() || !vendor.isEmpty();
  }

  /** Whether a host, in lower case, is one of those that it names. */
  public boolean isNamed(String host) {
    return Stream.concat(Stream.of(vendor), subprocessors.values().stream())
            .anyMatch(hosts -> !hosts.isEmpty() && new HostRule(hosts, List.of()).allows(host))
        || stores.keySet().stream().anyMatch(store -> FixedUnicode.lowerCase(store).equals(host));
  }

  /** The first store that holds such things and is named in one of the texts. */
  public Optional<Map.Entry<String, Store>> named(Holds what, List<String> texts) {
    return stores.entrySet().stream()
        .filter(one -> one.getValue().holds == what)
        .filter(one -> texts.stream().anyMatch(text -> isIn(text, one.getKey())))
        .findFirst();
  }

  /** Whether a name stands in a text, in letters of any case, and is no part of a longer word. */
  static boolean isIn(String text, String name) {
    String whole = FixedUnicode.lowerCase(text);
    String plain = FixedUnicode.lowerCase(name);
    for (int at = whole.indexOf(plain); at >= 0; at = whole.indexOf(plain, at + 1)) {
      int end = at + plain.length();
      boolean begins = at == 0 || !isOfWord(whole.charAt(at - 1));
      if (begins && (end == whole.length() || !isOfWord(whole.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfWord(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c >= 0x80;
  }

  static Sinks read(PolicyNode root) throws Refused {
    Optional<PolicyNode> vendor = root.find(VENDOR);
    return new Sinks(
        stores(root.find(STORES)),
        subprocessors(root.find(SUBPROCESSORS)),
        vendor.isPresent() ? hosts(vendor.get()) : List.of());
  }

  private static SortedMap<String, Store> stores(Optional<PolicyNode> node) throws Refused {
    SortedMap<String, Store> stores = new TreeMap<>();
    for (String name : node.isPresent() ? node.get().names() : List.<String>of()) {
      PolicyNode store = node.get().member(name);
      if (!STORE.matcher(name).matches()) {
        throw store.refused(
            "expected the name of a store, of letters, digits and \"._:/-\", found "
                + Encodings.quote(name));
      }
      store.namesOf(List.of(HOLDS, PLACE));
      PolicyNode holds = store.member(HOLDS);
      List<String> known = Arrays.stream(Holds.values()).map(Holds::wire).toList();
      Holds what = Holds.values()[known.indexOf(holds.oneOf(holds.text(), known))];
      Optional<PolicyNode> place = store.find(PLACE);
      stores.put(
          name,
          new Store(what, place.isPresent() ? Optional.of(place.get().text()) : Optional.empty()));
    }
    return stores;
  }

  private static SortedMap<String, List<String>> subprocessors(Optional<PolicyNode> node)
      throws Refused {
    SortedMap<String, List<String>> companies = new TreeMap<>();
    for (String name : node.isPresent() ? node.get().names() : List.<String>of()) {
      PolicyNode company = node.get().member(name);
      if (FixedUnicode.isBlank(name) || name.length() > COMPANY_CHARS_MAX) {
        throw company.refused(
            "expected the name of a company of up to " + COMPANY_CHARS_MAX + " characters");
      }
      companies.put(name, hosts(company));
    }
    return companies;
  }

  private static List<String> hosts(PolicyNode node) throws Refused {
    node.namesOf(List.of(HOSTS));
    return CategoryReader.patterns(node.member(HOSTS));
  }

  void put(Json.Builder json) {
    if (!stores.isEmpty()) {
      Json.Builder all = Json.Obj.builder();
      stores.forEach((name, store) -> all.put(name, json(store)));
      json.put(STORES, all.build());
    }
    if (!subprocessors.isEmpty()) {
      Json.Builder all = Json.Obj.builder();
      subprocessors.forEach((name, hosts) -> all.put(name, hosts(hosts)));
      json.put(SUBPROCESSORS, all.build());
    }
    if (!vendor.isEmpty()) {
      json.put(VENDOR, hosts(vendor));
    }
  }

  private static Json json(Store store) {
    Json.Builder json = Json.Obj.builder().put(HOLDS, store.holds.wire());
    store.place.ifPresent(place -> json.put(PLACE, place));
    return json.build();
  }

  private static Json hosts(List<String> hosts) {
    return Json.Obj.builder().put(HOSTS, Json.strings(hosts)).build();
  }
}
