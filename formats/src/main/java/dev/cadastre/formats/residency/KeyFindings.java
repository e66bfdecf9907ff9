package dev.cadastre.formats.residency;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.policy.Custody;
import dev.cadastre.formats.policy.KeyRules;
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
  static void add(RecordEvent event, KeyRules rules, boolean about, Findings findings) {
    findings.object(Hop.KEY, custody(event, rules, about), "keys.custody");
    findings.object(Hop.KEY, cache(event, rules), "keys.max-cache");
  }

  private static Outcome custody(RecordEvent event, KeyRules rules, boolean about) {
    List<Value> said = Findings.stated(event, Names.KEY_CUSTODY);
    List<Value> stated = said.isEmpty() ? declared(event) : said;
    if (rules.custody().isEmpty() || stated.isEmpty() && !about) {
      return Outcome.COMPLIANT;
    }
    return stated.isEmpty() ? Outcome.UNPROVEN : Findings.worst(stated, one -> custody(one, rules));
  }

  private static List<Value> declared(RecordEvent event) {
    return event.custody().stream().map(Value::of).toList();
  }

  private static Outcome custody(Value stated, KeyRules rules) {
    Optional<Custody> custody =
        stated instanceof Value.Text text ? Custody.of(text.text()) : Optional.empty();
    if (custody.isEmpty()) {
      return Outcome.UNPROVEN;
    }
    return rules.custody().contains(custody.get()) ? Outcome.COMPLIANT : Outcome.VIOLATION;
  }

  private static Outcome cache(RecordEvent event, KeyRules rules) {
    if (rules.maxCacheS().isEmpty()) {
      return Outcome.COMPLIANT;
    }
    long mostS = rules.maxCacheS().getAsLong();
    return Findings.worst(Findings.stated(event, Names.KEY_TTL_S), one -> cache(one, mostS));
  }

  private static Outcome cache(Value stated, long mostS) {
    if (!(stated instanceof Value.Int ttlS) || ttlS.integer() < 0) {
      return Outcome.UNPROVEN;
    }
    return ttlS.integer() > mostS ? Outcome.VIOLATION : Outcome.COMPLIANT;
  }
}
