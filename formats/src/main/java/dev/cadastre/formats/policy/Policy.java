package dev.cadastre.formats.policy;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.registry.Registry;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What was agreed: where a tenant's data, keys, inferences and operators may be.
 * docs/formats/policy.md describes the language.
 *
 * @param tenant whose policy it is
 * @param title for people; may be empty
 * @param categories rules by data category; {@link #ANY_CATEGORY} speaks where the event's own
 *     category does not
 * @param keys rules for keys, if any
 * @param claims the residency claims that a gateway may let through, if the policy says
 * @param operators countries and jurisdictions operators may work from; empty when the policy does
 *     not say
 * @param users countries and jurisdictions from which people may look; empty when the policy does
 *     not say
 * @param providers registry names of the providers that may serve a hop
 * @param sites on-premises sites and the country each lies in
 * @param exceptions exemptions by basis and until
 * @param assurance least assurance that a location must have
 * @param customer what the customer's own side does
 * @param safe names of attributes, and texts, that tell of no person although they look so
 * @param pseudonyms whether persons get pseudonyms
 * @param sinks stores and companies to which data may flow
 * @param duties what it asks for beside places
 */
public record Policy(
    String tenant,
    String title,
    SortedMap<String, CategoryRules> categories,
    Optional<KeyRules> keys,
    Optional<ClaimRule> claims,
    List<String> operators,
    List<String> users,
    PerHop<List<String>> providers,
    SortedMap<String, String> sites,
    List<Exemption> exceptions,
    PerHop<Assurance> assurance,
    CustomerSide customer,
    List<String> safe,
    boolean pseudonyms,
    Sinks sinks,
    Duties duties) {
  /** Version of the language. */
  public static final int VERSION = 1;

  /** The category that stands for every other. */
  public static final String ANY_CATEGORY = "*";

  public Policy {
    categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
    sites = Collections.unmodifiableSortedMap(new TreeMap<>(sites));
    operators = List.copyOf(operators);
    users = List.copyOf(users);
    exceptions = List.copyOf(exceptions);
    safe = List.copyOf(safe);
  }

  /**
   * Reads a policy; the message of a refusal names the path of what is wrong and, where it can,
   * what was meant.
   */
  public static Policy fromJson(Json.Obj json) throws Refused {
    return PolicyReader.read(json);
  }

  /** Refuses places and providers that {@code registry} does not know, with the path of each. */
  public void requireKnown(Registry registry) throws Refused {
    PolicyNames.require(this, registry);
  }

  /** The canonical form, which binds and is hashed. */
  public Json.Obj toJson() {
    return PolicyWriter.write(this);
  }

  /** SHA-256 of {@link #toJson()} in JCS form. */
  public Hash sha256() {
    return Hash.sha256(toJson().jcs());
  }

  /** The rule of place for data of {@code category} at {@code hop}, and its id. */
  public Optional<NamedRule> placeRule(String category, Hop hop) {
    Optional<NamedRule> own = ruleOf(category, hop);
    return own.isPresent() ? own : ruleOf(ANY_CATEGORY, hop);
  }

  private Optional<NamedRule> ruleOf(String category, Hop hop) {
    CategoryRules rules = categories.get(category);
    if (rules == null) {
      return Optional.empty();
    }
    return rules.places().of(hop).map(rule -> new NamedRule(category + "." + hop.wire(), rule));
  }

  /** What holds when data of {@code category} are let out, and the category that says it. */
  public Optional<Map.Entry<String, CategoryRules.EgressRule>> egressRule(String category) {
    return said(category, CategoryRules::egress, Optional::isEmpty)
        .map(said -> Map.entry(said.getKey(), said.getValue().orElseThrow()));
  }

  /** What data of {@code category} may be used for, and the category that says it. */
  public Optional<Map.Entry<String, List<String>>> purposes(String category) {
    return said(category, CategoryRules::purposes, List::isEmpty);
  }

  /** What holds for sorts of data of {@code category}, and the category that says it. */
  public Optional<Map.Entry<String, SortedMap<String, CategoryRules.Tighter>>> tighter(
      String category, CategoryRules.Sort sort) {
    return said(
        category,
        rules -> rules.tighter().getOrDefault(sort, Collections.emptySortedMap()),
        SortedMap::isEmpty);
  }

  /** What the category says, or else the one that stands for every other. */
  private <T> Optional<Map.Entry<String, T>> said(
      String category, Function<CategoryRules, T> part, Predicate<T> silent) {
    return Stream.of(category, ANY_CATEGORY)
        .filter(categories::containsKey)
        .map(name -> Map.entry(name, part.apply(Objects.requireNonNull(categories.get(name)))))
        .filter(said -> !silent.test(said.getValue()))
        .findFirst();
  }

  /** What the search for persons spares: what is safe, and words that must be told to be judged. */
  public List<String> spared() {
    return Stream.concat(safe.stream(), duties.words().stream()).toList();
  }

  /** A rule of place and the id by which findings call it. */
  public record NamedRule(String id, PlaceRule rule) {}
}
