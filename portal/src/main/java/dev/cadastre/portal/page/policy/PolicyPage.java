package dev.cadastre.portal.page.policy;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.inventory.Declared;
import dev.cadastre.formats.inventory.Inventory;
import dev.cadastre.formats.inventory.InventorySection;
import dev.cadastre.formats.policy.CategoryRules;
import dev.cadastre.formats.policy.ClaimRule;
import dev.cadastre.formats.policy.ExemptionScope;
import dev.cadastre.formats.policy.KeyRules;
import dev.cadastre.formats.policy.PerHop;
import dev.cadastre.formats.policy.PlaceRule;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.policy.Sinks;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.log.PolicyHistory;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Templates;
import dev.cadastre.portal.page.ContractWords;
import dev.cadastre.portal.page.Links;
import dev.cadastre.portal.page.PlaceNames;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.services.PortalServices;
import dev.cadastre.portal.text.Foreign;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The contract: policy and inventory in force in words, the source, and every version before. */
public final class PolicyPage {
  private final PortalServices rooms;
  private final Templates html;

  public PolicyPage(PortalServices rooms, Templates html) {
    this.rooms = rooms;
    this.html = html;
  }

  /** One rule in words. */
  public record Rule(String about, String hop, String says) {}

  /** One exception. */
  public record Exception(
      String id, String href, String about, String place, String basis, String until) {}

  /** What is declared of one resource. */
  public record Declaration(String sort, String id, String place, String more) {}

  /** One adopted version; {@code changes} are from the one before. */
  public record Version(
      String entry,
      String href,
      Words.Stamp received,
      String author,
      String sha256,
      List<String> changes,
      boolean inForce) {}

  /**
   * Everything the page shows.
   *
   * @param present whether there is a policy at all
   * @param older the address of older versions, or empty
   * @param newest that of the newest, when they are not shown
   */
  public record View(
      boolean present,
      String title,
      String entry,
      List<Rule> rules,
      List<Exception> exceptions,
      List<Declaration> inventory,
      String source,
      String registry,
      List<Version> versions,
      String older,
      String newest) {
    static final View NONE =
        new View(false, "", "", List.of(), List.of(), List.of(), "", "", List.of(), "", "");
  }

  public void show(Call call) throws Refused {
    LogReader reader = rooms.ledger().reader(call.log());
    OptionalLong inForce = reader.policyBefore(reader.size());
    html.page(
        call, "policy", inForce.isPresent() ? view(call, reader, inForce.getAsLong()) : View.NONE);
  }

  private View view(Call call, LogReader reader, long inForce) throws Refused {
    LogName log = call.log();
    Optional<Long> before = call.queryNumber("before");
    PolicyHistory.Versions page =
        PolicyHistory.before(reader, before.orElse(inForce + 1), PolicyHistory.MOST);
    List<Version> versions = new ArrayList<>();
    for (long index : page.entries()) {
      versions.add(version(reader, log, index, index == inForce));
    }
    PolicyAdoption adoption = PolicyHistory.adoption(reader, inForce);
    Policy policy = Policy.fromJson(adoption.policy());
    PlaceNames names = PlaceNames.of(rooms.ledger().policy(log));
    String path = Links.tenant(log) + "policy";
    return new View(
        true,
        policy.title().isEmpty() ? "" : Foreign.of(policy.title()),
        Words.number(inForce),
        rules(policy, names),
        exceptions(log, policy, names),
        Inventory.orNone(adoption).map(one -> inventory(one, names)).orElse(List.of()),
        Foreign.lines(adoption.source()),
        adoption.registry().hex(),
        versions,
        page.before().isPresent() ? path + "?before=" + page.before().getAsLong() : "",
        before.isPresent() ? path : "");
  }

  private static List<Declaration> inventory(Inventory inventory, PlaceNames names) {
    List<Declaration> all = new ArrayList<>();
    for (InventorySection section : InventorySection.values()) {
      inventory
          .section(section)
          .forEach((id, one) -> all.add(declaration(section.wire(), id, one, names)));
    }
    return all;
  }

  private static Declaration declaration(String sort, String id, Declared one, PlaceNames names) {
    List<String> more = new ArrayList<>();
    one.custody().ifPresent(custody -> more.add(custody.wire()));
    one.vault().ifPresent(vault -> more.add("in vault " + Foreign.of(vault)));
    if (!one.holds().isEmpty()) {
      more.add("holds " + Foreign.list(one.holds()));
    }
    if (one.hop() == Hop.BACKUP) {
      more.add("a backup");
    }
    return new Declaration(
        sort,
        Foreign.of(id),
        one.place().map(names::withName).map(Foreign::of).orElse(""),
        String.join(", ", more));
  }

  private static Version version(LogReader reader, LogName log, long index, boolean inForce)
      throws Refused {
    PolicyAdoption adoption = PolicyHistory.adoption(reader, index);
    return new Version(
        Words.number(index),
        Links.entry(log, index),
        Words.Stamp.of(reader.entry(index).received()),
        Foreign.of(adoption.author()),
        adoption.sha256().hex(),
        adoption.previous().isEmpty()
            ? List.of("the first policy")
            : PolicyHistory.changes(reader, adoption).stream().map(Foreign::of).toList(),
        inForce);
  }

  private static List<Rule> rules(Policy policy, PlaceNames names) {
    List<Rule> rules = new ArrayList<>();
    for (Map.Entry<String, CategoryRules> category : policy.categories().entrySet()) {
      String about =
          category.getKey().equals(Policy.ANY_CATEGORY)
              ? "data of every other category"
              : "data of category " + Foreign.of(category.getKey());
      perHop(rules, about, category.getValue().places(), rule -> Foreign.whole(only(rule, names)));
      category.getValue().egress().ifPresent(said -> egress(rules, about, said));
      purposes(rules, about, category.getValue().purposes());
      for (CategoryRules.Sort sort : CategoryRules.Sort.values()) {
        category
            .getValue()
            .tighter()
            .getOrDefault(sort, Collections.emptySortedMap())
            .forEach(
                (word, tighter) -> {
                  String some = about + ", " + sort.wire() + " " + Foreign.of(word);
                  perHop(rules, some, tighter.places(), rule -> Foreign.whole(only(rule, names)));
                  purposes(rules, some, tighter.purposes());
                });
      }
    }
    policy.claims().ifPresent(claims -> rules.add(claims(claims)));
    policy.keys().ifPresent(keys -> keys(rules, keys, names));
    if (!policy.operators().isEmpty()) {
      rules.add(
          new Rule(
              "operators", "", "work only from " + Foreign.whole(names.areas(policy.operators()))));
    }
    if (!policy.users().isEmpty()) {
      rules.add(
          new Rule("people", "", "look only from " + Foreign.whole(names.areas(policy.users()))));
    }
    if (!policy.pseudonyms()) {
      rules.add(new Rule("persons", "", "have no pseudonyms"));
    }
    perHop(rules, "providers", policy.providers(), some -> "only " + Foreign.list(some));
    perHop(rules, "evidence of place", policy.assurance(), least -> "at least " + least.wire());
    sinks(rules, policy.sinks(), names);
    DutyWords.add(rules, policy.duties(), names);
    policy
        .sites()
        .forEach(
            (site, country) ->
                rules.add(
                    new Rule(
                        "site " + Foreign.of(site),
                        "",
                        "lies in " + Foreign.of(names.area(country)))));
    return rules;
  }

  private static void sinks(List<Rule> rules, Sinks sinks, PlaceNames names) {
    sinks
        .stores()
        .forEach(
            (name, store) ->
                rules.add(
                    new Rule(
                        "store " + Foreign.of(name),
                        "",
                        "holds "
                            + store.holds().wire()
                            + store
                                .place()
                                .map(place -> " in " + Foreign.of(names.withName(place)))
                                .orElse(""))));
    sinks
        .subprocessors()
        .forEach(
            (name, hosts) ->
                rules.add(
                    new Rule("subprocessor " + Foreign.of(name), "", "at " + Foreign.list(hosts))));
    if (!sinks.vendor().isEmpty()) {
      rules.add(new Rule("the vendor", "", "at " + Foreign.list(sinks.vendor())));
    }
  }

  private static void purposes(List<Rule> rules, String about, List<String> purposes) {
    if (!purposes.isEmpty()) {
      rules.add(new Rule(about, "", "only for " + Foreign.list(purposes)));
    }
  }

  private static void egress(List<Rule> rules, String about, CategoryRules.EgressRule said) {
    said.hosts()
        .ifPresent(
            hosts ->
                rules.add(
                    new Rule(
                        about,
                        Hop.EGRESS.wire(),
                        hosts.deny().isEmpty()
                            ? "only to " + Foreign.list(hosts.allow())
                            : (hosts.allow().isEmpty()
                                    ? "to any host"
                                    : "only to " + Foreign.list(hosts.allow()))
                                + ", never to "
                                + Foreign.list(hosts.deny()))));
    if (!said.purposes().isEmpty()) {
      rules.add(new Rule(about, Hop.EGRESS.wire(), "only for " + Foreign.list(said.purposes())));
    }
  }

  private static Rule claims(ClaimRule claims) {
    return new Rule(
        "residency claims",
        Hop.GATEWAY.wire(),
        "only "
            + Foreign.list(claims.allow())
            + (claims.verified() ? ", with a signature that was checked" : ""));
  }

  static String only(PlaceRule rule, PlaceNames names) {
    return rule.allow().contains(PlaceRule.ANYWHERE)
        ? ContractWords.rule(rule, names)
        : "only in " + ContractWords.rule(rule, names);
  }

  private static <T> void perHop(
      List<Rule> rules, String about, PerHop<T> said, Function<T, String> words) {
    for (Hop hop : Hop.values()) {
      if (said.byHop().containsKey(hop)) {
        rules.add(new Rule(about, hop.wire(), words.apply(said.byHop().get(hop))));
      }
    }
    said.otherwise()
        .ifPresent(
            rest ->
                rules.add(
                    new Rule(
                        about,
                        said.byHop().isEmpty() ? "every hop" : "every other hop",
                        words.apply(rest))));
  }

  private static void keys(List<Rule> rules, KeyRules keys, PlaceNames names) {
    rules.add(new Rule("keys", "", Foreign.whole(only(keys.places(), names))));
    if (!keys.custody().isEmpty()) {
      rules.add(new Rule("keys", "", "only " + ContractWords.custody(keys.custody())));
    }
    keys.maxCacheS()
        .ifPresent(
            seconds ->
                rules.add(
                    new Rule(
                        "unwrapped keys",
                        "",
                        "kept in memory for at most " + Words.seconds(seconds))));
  }

  /** ", service captioner, purpose captions or subtitles". */
  private static String scope(ExemptionScope scope) {
    StringBuilder words = new StringBuilder();
    scope
        .allowed()
        .forEach(
            (asked, allowed) ->
                words
                    .append(", ")
                    .append(asked.wire())
                    .append(' ')
                    .append(allowed.stream().map(Foreign::of).collect(Collectors.joining(" or "))));
    return words.toString();
  }

  private static List<Exception> exceptions(LogName log, Policy policy, PlaceNames names) {
    return policy.exceptions().stream()
        .map(
            e ->
                new Exception(
                    Foreign.of(e.id()),
                    Links.events(log, "rule", "exceptions." + e.id()),
                    (e.category().equals(Policy.ANY_CATEGORY)
                            ? "any category"
                            : Foreign.of(e.category()))
                        + ", "
                        + e.hop().wire()
                        + scope(e.scope()),
                    Foreign.of(names.withName(e.place())),
                    Foreign.whole(e.basis()),
                    Foreign.of(e.until())))
        .toList();
  }
}
