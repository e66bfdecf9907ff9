package dev.cadastre.formats.policy;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Hop;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what a policy says of data, category by category. */
final class CategoryReader {
  private static final String HOSTS = "hosts";
  private static final String PURPOSES = "purposes";
  private static final List<String> PLACE = List.of("allow", "controlled-by", "deny");
  private static final List<String> BESIDE = List.of(HOSTS, PURPOSES);
  private static final List<String> EGRESS =
      List.of("allow", "controlled-by", "deny", HOSTS, PURPOSES);
  private static final List<String> TIGHTER =
      Stream.concat(
              Stream.of(PolicyReader.DEFAULT, PURPOSES),
              PolicyReader.CATEGORY_HOPS.stream().map(Hop::wire))
          .sorted()
          .toList();
  private static final List<String> MEMBERS =
      Stream.concat(
              TIGHTER.stream(),
              Stream.of(CategoryRules.Sort.values()).map(CategoryRules.Sort::wire))
          .sorted()
          .toList();

  /** Lower case, as hosts are compared. */
  private static final Pattern HOST =
      Pattern.compile("(\\*\\.)?[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63}){0,20}");

  private CategoryReader() {}

  static SortedMap<String, CategoryRules> categories(PolicyNode node) throws Refused {
    SortedMap<String, CategoryRules> categories = new TreeMap<>();
    for (String category : node.names()) {
      if (!category.equals(Policy.ANY_CATEGORY)) {
        PolicyReader.name(node, category);
      }
      categories.put(category, rules(node.member(category)));
    }
    if (categories.isEmpty()) {
      throw node.refused("expected at least one category, found none");
    }
    return categories;
  }

  private static CategoryRules rules(PolicyNode node) throws Refused {
    node.namesOf(MEMBERS);
    Optional<PolicyNode> letOut = node.find(Hop.EGRESS.wire());
    Optional<CategoryRules.EgressRule> egress =
        letOut.isPresent() ? egress(letOut.get()) : Optional.empty();
    PerHop<PlaceRule> places = places(node, egress.isPresent());
    if (places.isEmpty() && egress.isEmpty()) {
      throw node.refused("expected \"default\" or a hop, found neither");
    }
    Map<CategoryRules.Sort, SortedMap<String, CategoryRules.Tighter>> tighter =
        new EnumMap<>(CategoryRules.Sort.class);
    for (CategoryRules.Sort sort : CategoryRules.Sort.values()) {
      Optional<PolicyNode> words = node.find(sort.wire());
      if (words.isPresent()) {
        tighter.put(sort, tighter(words.get()));
      }
    }
    return new CategoryRules(places, egress, purposes(node), tighter);
  }

  private static SortedMap<String, CategoryRules.Tighter> tighter(PolicyNode node) throws Refused {
    SortedMap<String, CategoryRules.Tighter> tighter = new TreeMap<>();
    for (String word : node.names()) {
      PolicyReader.name(node, word);
      PolicyNode rules = node.member(word);
      rules.namesOf(TIGHTER);
      CategoryRules.Tighter one = new CategoryRules.Tighter(places(rules, false), purposes(rules));
      if (one.places().isEmpty() && one.purposes().isEmpty()) {
        throw rules.refused("expected \"default\", a hop or \"purposes\", found none");
      }
      tighter.put(word, one);
    }
    if (tighter.isEmpty()) {
      throw node.refused("expected at least one word, found none");
    }
    return tighter;
  }

  private static List<String> purposes(PolicyNode node) throws Refused {
    Optional<PolicyNode> purposes = node.find(PURPOSES);
    return purposes.isPresent() ? purposes.get().someTexts() : List.of();
  }

  /**
   * @param more whether something else is said of letting out, so that places need not be
   */
  private static PerHop<PlaceRule> places(PolicyNode node, boolean more) throws Refused {
    Map<Hop, PlaceRule> byHop = new EnumMap<>(Hop.class);
    for (Hop hop : PolicyReader.CATEGORY_HOPS) {
      Optional<PolicyNode> rule = node.find(hop.wire());
      if (rule.isPresent() && (hop != Hop.EGRESS || !more)) {
        byHop.put(hop, place(rule.get()));
      } else if (rule.isPresent() && !rule.get().names().stream().allMatch(BESIDE::contains)) {
        byHop.put(hop, PolicyReader.allowDeny(rule.get()));
      }
    }
    Optional<PolicyNode> otherwise = node.find(PolicyReader.DEFAULT);
    return new PerHop<>(
        byHop, otherwise.isPresent() ? Optional.of(place(otherwise.get())) : Optional.empty());
  }

  private static PlaceRule place(PolicyNode node) throws Refused {
    node.namesOf(PLACE);
    return PolicyReader.allowDeny(node);
  }

  /** What is said of letting data out, beside the places. */
  private static Optional<CategoryRules.EgressRule> egress(PolicyNode node) throws Refused {
    node.namesOf(EGRESS);
    Optional<PolicyNode> hosts = node.find(HOSTS);
    List<String> purposes = purposes(node);
    if (hosts.isEmpty() && purposes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CategoryRules.EgressRule(
            hosts.isPresent() ? Optional.of(hosts(hosts.get())) : Optional.empty(), purposes));
  }

  private static HostRule hosts(PolicyNode node) throws Refused {
    node.namesOf(List.of("allow", "deny"));
    Optional<PolicyNode> allow = node.find("allow");
    Optional<PolicyNode> deny = node.find("deny");
    if (allow.isEmpty() && deny.isEmpty()) {
      throw node.refused("expected \"allow\", \"deny\" or both, found neither");
    }
    return new HostRule(
        allow.isPresent() ? patterns(allow.get()) : List.of(),
        deny.isPresent() ? patterns(deny.get()) : List.of());
  }

  static List<String> patterns(PolicyNode node) throws Refused {
    for (PolicyNode item : node.items()) {
      if (!HOST.matcher(item.text()).matches()) {
        throw item.refused(
            "expected a host such as api.example.com, or *.example.com, in lower case, found "
                + Encodings.quote(item.text()));
      }
    }
    return node.someTexts();
  }
}
