package dev.cadastre.formats.policy;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.registry.Registry;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Checks a policy's places and providers against a registry. */
final class PolicyNames {
  private final Registry registry;
  private final Set<String> places;

  private PolicyNames(Policy policy, Registry registry) {
    this.registry = registry;
    this.places = new TreeSet<>(registry.places());
    policy.sites().keySet().forEach(site -> places.add(Registry.ON_PREMISES + ":" + site));
  }

  static void require(Policy policy, Registry registry) throws Refused {
    PolicyNames names = new PolicyNames(policy, registry);
    for (Map.Entry<String, String> site : policy.sites().entrySet()) {
      names.known("sites." + site.getKey(), site.getValue(), registry.countries().keySet());
    }
    for (Map.Entry<String, CategoryRules> category : policy.categories().entrySet()) {
      names.category("categories." + category.getKey(), category.getValue());
    }
    if (policy.keys().isPresent()) {
      names.rule("keys", policy.keys().get().places());
    }
    names.areas("operators.countries", policy.operators());
    names.areas("users.countries", policy.users());
    for (Map.Entry<Hop, List<String>> hop : policy.providers().byHop().entrySet()) {
      names.providers("providers." + hop.getKey().wire(), hop.getValue());
    }
    names.providers("providers.default", policy.providers().otherwise().orElse(List.of()));
    for (Map.Entry<Duty, Duties.Said> duty : policy.duties().said().entrySet()) {
      if (duty.getValue().places().isPresent()) {
        names.rule(duty.getKey().id(), duty.getValue().places().get());
      }
    }
    for (Map.Entry<String, Sinks.Store> store : policy.sinks().stores().entrySet()) {
      if (store.getValue().place().isPresent()) {
        names.place("stores." + store.getKey() + ".place", store.getValue().place().get());
      }
    }
    for (int i = 0; i < policy.exceptions().size(); i++) {
      names.place("exceptions[" + i + "].place", policy.exceptions().get(i).place());
    }
  }

  private void category(String path, CategoryRules rules) throws Refused {
    rules(path, rules.places());
    for (CategoryRules.Sort sort : rules.tighter().keySet()) {
      String sorts = path + "." + sort.wire() + ".";
      for (Map.Entry<String, CategoryRules.Tighter> word :
          rules.tighter().getOrDefault(sort, Collections.emptySortedMap()).entrySet()) {
        rules(sorts + word.getKey(), word.getValue().places());
      }
    }
  }

  private void rules(String path, PerHop<PlaceRule> rules) throws Refused {
    for (Map.Entry<Hop, PlaceRule> hop : rules.byHop().entrySet()) {
      rule(path + "." + hop.getKey().wire(), hop.getValue());
    }
    if (rules.otherwise().isPresent()) {
      rule(path + ".default", rules.otherwise().get());
    }
  }

  private void rule(String path, PlaceRule rule) throws Refused {
    for (int i = 0; i < rule.allow().size(); i++) {
      if (!rule.allow().get(i).equals(PlaceRule.ANYWHERE)) {
        place(path + ".allow[" + i + "]", rule.allow().get(i));
      }
    }
    for (int i = 0; i < rule.deny().size(); i++) {
      place(path + ".deny[" + i + "]", rule.deny().get(i));
    }
    if (rule.control().isPresent()) {
      control(path + ".controlled-by", rule.control().get());
    }
  }

  private void control(String path, ControlRule rule) throws Refused {
    areas(path + ".allow", rule.allow());
    areas(path + ".deny", rule.deny());
  }

  private void areas(String path, List<String> areas) throws Refused {
    Set<String> known = new TreeSet<>(registry.countries().keySet());
    known.addAll(registry.jurisdictions().keySet());
    for (int i = 0; i < areas.size(); i++) {
      known(path + "[" + i + "]", areas.get(i), known);
    }
  }

  private void providers(String path, List<String> providers) throws Refused {
    for (int i = 0; i < providers.size(); i++) {
      String provider = providers.get(i);
      Set<String> known = registry.provider(provider).map(Set::of).orElse(registry.providers());
      known(path + "[" + i + "]", provider, known);
    }
  }

  private void place(String path, String place) throws Refused {
    if (places.contains(place)) {
      return;
    }
    String meant = registry.canonical(place, "").filter(places::contains).orElse(place);
    known(path, place, meant.equals(place) ? places : Set.of(meant));
  }

  private static void known(String path, String word, Collection<String> known) throws Refused {
    if (!known.contains(word)) {
      String only = known.size() == 1 ? known.iterator().next() : "";
      String hint =
          only.isEmpty() ? Suggestion.didYouMean(word, known) : "; did you mean \"" + only + "\"?";
      throw new PolicyRefused(
          path, path + ": expected a name of the registry, found " + Encodings.quote(word) + hint);
    }
  }
}
