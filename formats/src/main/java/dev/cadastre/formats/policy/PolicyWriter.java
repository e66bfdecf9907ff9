package dev.cadastre.formats.policy;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes a policy's canonical JSON: what is empty is left out, durations are in seconds. */
final class PolicyWriter {
  private PolicyWriter() {}

  static Json.Obj write(Policy policy) {
    Json.Builder json =
        Json.Obj.builder().put("tenant", policy.tenant()).put("version", Policy.VERSION);
    if (!policy.title().isEmpty()) {
      json.put("title", policy.title());
    }
    json.put("categories", categories(policy));
    policy.keys().ifPresent(keys -> json.put("keys", keys(keys, policy.duties())));
    policy.claims().ifPresent(claims -> json.put("gateway", claims(claims)));
    countries(json, "operators", policy.operators());
    countries(json, "users", policy.users());
    if (!policy.providers().isEmpty()) {
      json.put("providers", perHop(policy.providers(), Json::strings));
    }
    if (!policy.sites().isEmpty()) {
      Json.Builder sites = Json.Obj.builder();
      policy.sites().forEach(sites::put);
      json.put("sites", sites.build());
    }
    if (!policy.exceptions().isEmpty()) {
      json.put("exceptions", exceptions(policy.exceptions()));
    }
    if (!policy.assurance().isEmpty()) {
      json.put("assurance", perHop(policy.assurance(), PolicyWriter::least));
    }
    policy
        .customer()
        .matchWithinS()
        .ifPresent(
            seconds ->
                json.put(
                    "customer-side",
                    Json.Obj.builder().put("match-within", seconds + "s").build()));
    Json.Builder privacy = Json.Obj.builder();
    if (!policy.pseudonyms()) {
      privacy.put("pseudonyms", PolicyReader.OFF);
    }
    if (!policy.safe().isEmpty()) {
      privacy.put("safe", Json.strings(policy.safe()));
    }
    if (!policy.pseudonyms() || !policy.safe().isEmpty()) {
      json.put("privacy", privacy.build());
    }
    policy.sinks().put(json);
    policy.duties().put(json);
    return json.build();
  }

  private static void countries(Json.Builder json, String of, List<String> countries) {
    if (!countries.isEmpty()) {
      json.put(of, Json.Obj.builder().put("countries", Json.strings(countries)).build());
    }
  }

  private static Json categories(Policy policy) {
    Json.Builder json = Json.Obj.builder();
    policy.categories().forEach((name, rules) -> json.put(name, categoryRules(rules)));
    return json.build();
  }

  private static Json categoryRules(CategoryRules rules) {
    Map<String, Json> members = places(rules.places());
    rules
        .egress()
        .ifPresent(
            egress ->
                members.put(
                    Hop.EGRESS.wire(),
                    egress(egress, Optional.ofNullable(rules.places().byHop().get(Hop.EGRESS)))));
    purposes(rules.purposes(), members);
    rules
        .tighter()
        .forEach(
            (sort, words) -> {
              Map<String, Json> sorts = new TreeMap<>();
              words.forEach((word, one) -> sorts.put(word, tighter(one)));
              members.put(sort.wire(), Json.Obj.of(sorts));
            });
    return Json.Obj.of(members);
  }

  private static Json tighter(CategoryRules.Tighter rules) {
    Map<String, Json> members = places(rules.places());
    purposes(rules.purposes(), members);
    return Json.Obj.of(members);
  }

  private static Map<String, Json> places(PerHop<PlaceRule> places) {
    Map<String, Json> members = new TreeMap<>();
    places.byHop().forEach((hop, rule) -> members.put(hop.wire(), placeRule(rule).build()));
    places.otherwise().ifPresent(rule -> members.put("default", placeRule(rule).build()));
    return members;
  }

  private static void purposes(List<String> purposes, Map<String, Json> members) {
    if (!purposes.isEmpty()) {
      members.put("purposes", Json.strings(purposes));
    }
  }

  private static Json egress(CategoryRules.EgressRule egress, Optional<PlaceRule> places) {
    Json.Builder json = places.map(PolicyWriter::placeRule).orElseGet(Json.Obj::builder);
    egress.hosts().ifPresent(hosts -> json.put("hosts", allowDeny(hosts.allow(), hosts.deny())));
    if (!egress.purposes().isEmpty()) {
      json.put("purposes", Json.strings(egress.purposes()));
    }
    return json.build();
  }

  private static Json allowDeny(List<String> allow, List<String> deny) {
    Json.Builder json = Json.Obj.builder();
    if (!allow.isEmpty()) {
      json.put("allow", Json.strings(allow));
    }
    if (!deny.isEmpty()) {
      json.put("deny", Json.strings(deny));
    }
    return json.build();
  }

  private static Json claims(ClaimRule claims) {
    Json.Builder json = Json.Obj.builder().put("claims", Json.strings(claims.allow()));
    if (claims.verified()) {
      json.put("verified", Json.of(true));
    }
    return json.build();
  }

  static Json.Builder placeRule(PlaceRule rule) {
    Json.Builder json = Json.Obj.builder().put("allow", Json.strings(rule.allow()));
    if (!rule.deny().isEmpty()) {
      json.put("deny", Json.strings(rule.deny()));
    }
    rule.control().ifPresent(who -> json.put("controlled-by", allowDeny(who.allow(), who.deny())));
    return json;
  }

  private static Json keys(KeyRules keys, Duties duties) {
    Json.Builder json = placeRule(keys.places());
    if (!keys.custody().isEmpty()) {
      json.put(
          "custody", Json.strings(keys.custody().stream().map(Custody::wire).sorted().toList()));
    }
    if (keys.maxCacheS().isPresent()) {
      json.put("max-cache", keys.maxCacheS().getAsLong() + "s");
    }
    duties.putOfKeys(json);
    return json.build();
  }

  private static Json exceptions(List<Exemption> exceptions) {
    List<Json> items = new ArrayList<>();
    for (Exemption one : exceptions) {
      Json.Builder item =
          Json.Obj.builder()
              .put("basis", one.basis())
              .put("category", one.category())
              .put("hop", one.hop().wire())
              .put("id", one.id())
              .put("place", one.place())
              .put("until", one.until());
      one.scope().allowed().forEach((asked, words) -> item.put(asked.wire(), Json.strings(words)));
      items.add(item.build());
    }
    return new Json.Arr(items);
  }

  private static Json least(Assurance assurance) {
    return Json.of(assurance.wire());
  }

  private static <T> Json perHop(PerHop<T> values, Function<T, Json> form) {
    Json.Builder json = Json.Obj.builder();
    values.byHop().forEach((hop, value) -> json.put(hop.wire(), form.apply(value)));
    values.otherwise().ifPresent(value -> json.put("default", form.apply(value)));
    return json.build();
  }
}
