package dev.cadastre.formats.policy;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.text.FixedUnicode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a policy's JSON. */
final class PolicyReader {
  static final String MONTHLY = "monthly";
  static final String OFF = "off";
  private static final List<String> PSEUDONYMS = List.of(MONTHLY, OFF);
  static final String DEFAULT = "default";
  private static final int SAFE_CHARS_MAX = 200;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

  /** Lower case, because that is how places of senders are written in entries. */
  private static final Pattern SITE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  private static final List<String> MEMBERS =
      Stream.concat(
              Stream.concat(Sinks.MEMBERS.stream(), Duties.sections().stream()),
              Stream.of(
                  "assurance",
                  "categories",
                  "customer-side",
                  "exceptions",
                  "gateway",
                  "keys",
                  "operators",
                  "privacy",
                  "providers",
                  "sites",
                  "tenant",
                  "title",
                  "users",
                  "version"))
          .sorted()
          .toList();

  /** Hops whose place a category rules; keys and operators have sections of their own. */
  static final Set<Hop> CATEGORY_HOPS =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(Hop.KEY, Hop.OPERATOR, Hop.USER)));

  private static final List<String> EXCEPTION =
      Stream.concat(
              Stream.of("basis", "category", "hop", "id", "place", "until"),
              Stream.of(ExemptionScope.Asked.values()).map(ExemptionScope.Asked::wire))
          .sorted()
          .toList();

  private static final List<String> KEYS =
      Stream.concat(
              Stream.of("allow", "controlled-by", "custody", "deny", "max-cache"),
              Duties.ofKeysMembers().stream())
          .sorted()
          .toList();

  private static final List<String> HOPS = Stream.of(Hop.values()).map(Hop::wire).toList();

  private static final Set<Hop> PROVIDER_HOPS =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(Hop.OPERATOR, Hop.USER)));

  private final PolicyNode root;

  private PolicyReader(PolicyNode root) {
    this.root = root;
  }

  static Policy read(Json.Obj json) throws Refused {
    return new PolicyReader(new PolicyNode("", json)).policy();
  }

  private Policy policy() throws Refused {
    root.namesOf(MEMBERS);
    version(root.member("version"));
    Optional<PolicyNode> title = root.find("title");
    Optional<PolicyNode> keys = root.find("keys");
    SortedMap<String, CategoryRules> categories =
        CategoryReader.categories(root.member("categories"));
    return new Policy(
        name(root.member("tenant")),
        title.isPresent() ? title.get().text() : "",
        categories,
        keys.isPresent() ? Optional.of(keys(keys.get())) : Optional.empty(),
        claims(),
        countries("operators"),
        countries("users"),
        providers(),
        sites(),
        exceptions(categories.keySet()),
        assurance(),
        customer(),
        safe(),
        pseudonyms(),
        Sinks.read(root),
        Duties.read(root));
  }

  private static void version(PolicyNode node) throws Refused {
    boolean known = node.json() instanceof Json.Num num && num.value() == Policy.VERSION;
    if (!known) {
      throw node.refused("expected the number " + Policy.VERSION + ", the only version there is");
    }
  }

  private static String name(PolicyNode node) throws Refused {
    return name(node, node.text());
  }

  static String name(PolicyNode node, String name) throws Refused {
    if (!NAME.matcher(name).matches()) {
      throw node.refused(
          "expected a name of up to 63 letters, digits, \"-\" and \"_\", found "
              + Encodings.quote(name));
    }
    return name;
  }

  static PlaceRule allowDeny(PolicyNode node) throws Refused {
    Optional<PolicyNode> deny = node.find("deny");
    List<String> denied = deny.isPresent() ? deny.get().texts() : List.of();
    if (denied.contains(PlaceRule.ANYWHERE)) {
      throw deny.orElse(node)
          .refused("expected places, found \"*\"; what is not allowed is prohibited anyway");
    }
    Optional<PolicyNode> control = node.find("controlled-by");
    return new PlaceRule(
        node.member("allow").someTexts(),
        denied,
        control.isPresent() ? Optional.of(control(control.get())) : Optional.empty());
  }

  private static ControlRule control(PolicyNode node) throws Refused {
    node.namesOf(List.of("allow", "deny"));
    Optional<PolicyNode> allow = node.find("allow");
    Optional<PolicyNode> deny = node.find("deny");
    if (allow.isEmpty() && deny.isEmpty()) {
      throw node.refused("expected \"allow\", \"deny\" or both, found neither");
    }
    return new ControlRule(
        allow.isPresent() ? allow.get().someTexts() : List.of(),
        deny.isPresent() ? deny.get().someTexts() : List.of());
  }

  private static KeyRules keys(PolicyNode node) throws Refused {
    node.namesOf(KEYS);
    Optional<PolicyNode> cache = node.find("max-cache");
    return new KeyRules(
        allowDeny(node),
        custody(node.find("custody")),
        cache.isPresent()
            ? OptionalLong.of(PolicyTime.seconds(cache.get()))
            : OptionalLong.empty());
  }

  private static Set<Custody> custody(Optional<PolicyNode> node) throws Refused {
    Set<Custody> custody = EnumSet.noneOf(Custody.class);
    if (node.isEmpty()) {
      return custody;
    }
    List<String> known = Stream.of(Custody.values()).map(Custody::wire).toList();
    for (String word : node.get().someTexts()) {
      Optional<Custody> one = Custody.of(word);
      custody.add(
          one.isPresent() ? one.get() : Custody.of(node.get().oneOf(word, known)).orElseThrow());
    }
    return custody;
  }

  private Optional<ClaimRule> claims() throws Refused {
    Optional<PolicyNode> node = root.find("gateway");
    if (node.isEmpty()) {
      return Optional.empty();
    }
    node.get().namesOf(List.of("claims", "verified"));
    Optional<PolicyNode> verified = node.get().find("verified");
    return Optional.of(
        new ClaimRule(
            node.get().member("claims").someTexts(),
            verified.isPresent() && verified.get().flag()));
  }

  private List<String> countries(String of) throws Refused {
    Optional<PolicyNode> node = root.find(of);
    if (node.isEmpty()) {
      return List.of();
    }
    node.get().namesOf(List.of("countries"));
    return node.get().member("countries").someTexts();
  }

  private PerHop<List<String>> providers() throws Refused {
    Optional<PolicyNode> node = root.find("providers");
    return node.isPresent()
        ? perHop(node.get(), PROVIDER_HOPS, PolicyNode::someTexts)
        : PerHop.none();
  }

  private SortedMap<String, String> sites() throws Refused {
    SortedMap<String, String> sites = new TreeMap<>();
    Optional<PolicyNode> node = root.find("sites");
    for (String site : node.isPresent() ? node.get().names() : List.<String>of()) {
      PolicyNode country = node.get().member(site);
      if (!SITE.matcher(site).matches()) {
        throw country.refused(
            "expected a site named by up to 63 lower-case letters, digits, \"-\" and \"_\"");
      }
      sites.put(site, country.text());
    }
    return sites;
  }

  private List<Exemption> exceptions(Set<String> categories) throws Refused {
    List<Exemption> exceptions = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Optional<PolicyNode> node = root.find("exceptions");
    for (PolicyNode item : node.isPresent() ? node.get().items() : List.<PolicyNode>of()) {
      Exemption exemption = exception(item, categories);
      if (!ids.add(exemption.id())) {
        throw item.refused("expected an id of its own, found " + exemption.id() + " again");
      }
      exceptions.add(exemption);
    }
    return exceptions;
  }

  private static Exemption exception(PolicyNode node, Set<String> categories) throws Refused {
    node.namesOf(EXCEPTION);
    PolicyNode category = node.member("category");
    PolicyNode hop = node.member("hop");
    PolicyNode until = node.member("until");
    String named = category.text();
    return new Exemption(
        name(node.member("id")),
        named.equals(Policy.ANY_CATEGORY) ? named : category.oneOf(named, categories),
        Hop.of(hop.oneOf(hop.text(), HOPS)).orElseThrow(),
        node.member("place").text(),
        scope(node),
        node.member("basis").text(),
        until.text(),
        PolicyTime.endNs(until));
  }

  /** One word stands for a list of it. */
  private static ExemptionScope scope(PolicyNode node) throws Refused {
    Map<ExemptionScope.Asked, List<String>> allowed = new EnumMap<>(ExemptionScope.Asked.class);
    for (ExemptionScope.Asked asked : ExemptionScope.Asked.values()) {
      Optional<PolicyNode> words = node.find(asked.wire());
      if (words.isPresent()) {
        allowed.put(asked, words.get().textOrTexts());
      }
    }
    return new ExemptionScope(allowed);
  }

  private PerHop<Assurance> assurance() throws Refused {
    Optional<PolicyNode> node = root.find("assurance");
    if (node.isEmpty()) {
      return PerHop.none();
    }
    if (node.get().json() instanceof Json.Str) {
      return new PerHop<>(Map.of(), Optional.of(least(node.get())));
    }
    return perHop(node.get(), EnumSet.allOf(Hop.class), PolicyReader::least);
  }

  private CustomerSide customer() throws Refused {
    Optional<PolicyNode> node = root.find("customer-side");
    if (node.isEmpty()) {
      return CustomerSide.NONE;
    }
    node.get().namesOf(List.of("match-within"));
    PolicyNode within = node.get().member("match-within");
    long seconds = PolicyTime.seconds(within);
    if (seconds < 1 || seconds > CustomerSide.WITHIN_MAX_S) {
      throw within.refused("expected from 1s to 31d, found " + Encodings.quote(within.text()));
    }
    return new CustomerSide(OptionalLong.of(seconds));
  }

  private List<String> safe() throws Refused {
    Optional<PolicyNode> node = root.find("privacy");
    if (node.isEmpty()) {
      return List.of();
    }
    List<String> known = List.of("pseudonyms", "safe");
    if (node.get().namesOf(known).isEmpty()) {
      throw node.get().refused("expected one of pseudonyms, safe, found none");
    }
    Optional<PolicyNode> given = node.get().find("safe");
    if (given.isEmpty()) {
      return List.of();
    }
    PolicyNode safe = given.get();
    for (String one : safe.someTexts()) {
      if (FixedUnicode.isBlank(one) || one.contains("*") || one.length() > SAFE_CHARS_MAX) {
        throw safe.refused(
            "expected whole names of attributes, or whole texts such as an address, of up to "
                + SAFE_CHARS_MAX
                + " characters, found "
                + Encodings.quote(one));
      }
    }
    return safe.someTexts();
  }

  private boolean pseudonyms() throws Refused {
    Optional<PolicyNode> node = root.find("privacy");
    Optional<PolicyNode> word = node.isPresent() ? node.get().find("pseudonyms") : Optional.empty();
    return word.isEmpty() || word.get().oneOf(word.get().text(), PSEUDONYMS).equals(MONTHLY);
  }

  private static Assurance least(PolicyNode node) throws Refused {
    List<String> known =
        Stream.of(Assurance.values())
            .filter(one -> one != Assurance.CONTRADICTED && one != Assurance.DECLARED)
            .map(Assurance::wire)
            .toList();
    return Assurance.of(node.oneOf(node.text(), known)).orElseThrow();
  }

  interface Part<T> {
    T read(PolicyNode node) throws Refused;
  }

  static <T> PerHop<T> perHop(PolicyNode node, Set<Hop> hops, Part<T> part) throws Refused {
    Map<Hop, T> byHop = new EnumMap<>(Hop.class);
    for (String name : node.names()) {
      if (!name.equals(DEFAULT)) {
        byHop.put(hop(node, name, hops), part.read(node.member(name)));
      }
    }
    Optional<PolicyNode> otherwise = node.find(DEFAULT);
    PerHop<T> all =
        new PerHop<>(
            byHop,
            otherwise.isPresent() ? Optional.of(part.read(otherwise.get())) : Optional.empty());
    if (all.isEmpty()) {
      throw node.refused("expected \"default\" or a hop, found neither");
    }
    return all;
  }

  private static Hop hop(PolicyNode node, String name, Set<Hop> hops) throws Refused {
    List<String> known = hops.stream().map(Hop::wire).sorted().toList();
    return Hop.of(node.nameOf(name, known)).orElseThrow();
  }
}
