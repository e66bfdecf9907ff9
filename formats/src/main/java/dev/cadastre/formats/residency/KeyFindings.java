package dev.cadastre.formats.residency;

import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.policy.Custody;
import dev.cadastre.formats.policy.KeyRules;
import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import java.util.List;
import java.util.Optional;

/** What key rules other than place object to. Silence means that there is nothing to object to. */
final class KeyFindings {
  private KeyFindings() {}

  /**
   * @param about whether the event is about a key, so that custody must be known
   */
  static void add(RecordEvent event, KeyRules rules, boolean about, List<Finding> findings) {
    custody(event, rules, about).ifPresent(findings::add);
    cache(event, rules).ifPresent(findings::add);
  }

  private static Optional<Finding> custody(RecordEvent event, KeyRules rules, boolean about) {
    if (rules.custody().isEmpty()) {
      return Optional.empty();
    }
    List<Value> stated = stated(event, Names.KEY_CUSTODY);
    if (stated.isEmpty()) {
      return about ? objection(Outcome.UNPROVEN, "keys.custody") : Optional.empty();
    }
    Outcome worst = Outcome.COMPLIANT;
    for (Value one : stated) {
      worst = worst.or(custody(one, rules));
    }
    return worst == Outcome.COMPLIANT ? Optional.empty() : objection(worst, "keys.custody");
  }

  private static Outcome custody(Value stated, KeyRules rules) {
    Optional<Custody> custody =
        stated instanceof Value.Text text ? Custody.of(text.text()) : Optional.empty();
    if (custody.isEmpty()) {
      return Outcome.UNPROVEN;
    }
    return rules.custody().contains(custody.get()) ? Outcome.COMPLIANT : Outcome.VIOLATION;
  }

  private static Optional<Finding> cache(RecordEvent event, KeyRules rules) {
    if (rules.maxCacheS().isEmpty()) {
      return Optional.empty();
    }
    long mostS = rules.maxCacheS().getAsLong();
    Outcome worst = Outcome.COMPLIANT;
    for (Value one : stated(event, Names.KEY_TTL_S)) {
      worst = worst.or(cache(one, mostS));
    }
    return worst == Outcome.COMPLIANT ? Optional.empty() : objection(worst, "keys.max-cache");
  }

  private static Outcome cache(Value stated, long mostS) {
    if (!(stated instanceof Value.Int ttlS) || ttlS.integer() < 0) {
      return Outcome.UNPROVEN;
    }
    return ttlS.integer() > mostS ? Outcome.VIOLATION : Outcome.COMPLIANT;
  }

  /** What the record says, or else its Resource, be it one or several; a blank text is nothing. */
  private static List<Value> stated(RecordEvent event, String name) {
    Optional<Value> value =
        event.attributes().get(name).or(() -> event.resourceAttributes().get(name));
    if (value.isEmpty()) {
      return List.of();
    }
    List<Value> all = value.get() instanceof Value.Items list ? list.items() : List.of(value.get());
    return all.stream()
        .filter(one -> !(one instanceof Value.Text text && FixedUnicode.isBlank(text.text())))
        .toList();
  }

  private static Optional<Finding> objection(Outcome outcome, String rule) {
    return Optional.of(new Finding(Hop.KEY, outcome, rule));
  }
}
