package dev.cadastre.formats.policy;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.json.Json;
import java.util.ArrayList;
import java.util.List;
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
    policy.keys().ifPresent(keys -> json.put("keys", keys(keys)));
    if (!policy.operators().isEmpty()) {
      json.put(
          "operators",
          Json.Obj.builder().put("countries", Json.strings(policy.operators())).build());
    }
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
    if (!policy.safe().isEmpty()) {
      json.put("privacy", Json.Obj.builder().put("safe", Json.strings(policy.safe())).build());
    }
    return json.build();
  }

  private static Json categories(Policy policy) {
    Json.Builder json = Json.Obj.builder();
    policy
        .categories()
        .forEach((name, rules) -> json.put(name, perHop(rules, rule -> placeRule(rule).build())));
    return json.build();
  }

  private static Json.Builder placeRule(PlaceRule rule) {
    Json.Builder json = Json.Obj.builder().put("allow", Json.strings(rule.allow()));
    if (!rule.deny().isEmpty()) {
      json.put("deny", Json.strings(rule.deny()));
    }
    return json;
  }

  private static Json keys(KeyRules keys) {
    Json.Builder json = placeRule(keys.places());
    if (!keys.custody().isEmpty()) {
      json.put(
          "custody", Json.strings(keys.custody().stream().map(Custody::wire).sorted().toList()));
    }
    if (keys.maxCacheS().isPresent()) {
      json.put("max-cache", keys.maxCacheS().getAsLong() + "s");
    }
    return json.build();
  }

  private static Json exceptions(List<Exemption> exceptions) {
    List<Json> items = new ArrayList<>();
    for (Exemption one : exceptions) {
      items.add(
          Json.Obj.builder()
              .put("basis", one.basis())
              .put("category", one.category())
              .put("hop", one.hop().wire())
              .put("id", one.id())
              .put("place", one.place())
              .put("until", one.until())
              .build());
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
