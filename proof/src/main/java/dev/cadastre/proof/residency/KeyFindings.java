package dev.cadastre.proof.residency;

import dev.cadastre.proof.event.Finding;
import dev.cadastre.proof.event.Hop;
import dev.cadastre.proof.event.Names;
import dev.cadastre.proof.event.Outcome;
import dev.cadastre.proof.event.RecordEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
    Optional<String> stated = event.attributes().string(Names.KEY_CUSTODY);
    if (stated.isEmpty()) {
      return about ? objection(Outcome.UNPROVEN, "keys.custody") : Optional.empty();
    }
    Optional<Custody> custody = Custody.of(stated.get());
    if (custody.isEmpty()) {
      return objection(Outcome.UNPROVEN, "keys.custody");
    }
    return rules.custody().contains(custody.get())
        ? Optional.empty()
        : objection(Outcome.VIOLATION, "keys.custody");
  }

  private static Optional<Finding> cache(RecordEvent event, KeyRules rules) {
    if (rules.maxCacheS().isEmpty() || !event.attributes().has(Names.KEY_TTL_S)) {
      return Optional.empty();
    }
    OptionalLong ttlS = event.attributes().integer(Names.KEY_TTL_S);
    if (ttlS.isEmpty() || ttlS.getAsLong() < 0) {
      return objection(Outcome.UNPROVEN, "keys.max-cache");
    }
    return ttlS.getAsLong() > rules.maxCacheS().getAsLong()
        ? objection(Outcome.VIOLATION, "keys.max-cache")
        : Optional.empty();
  }

  private static Optional<Finding> objection(Outcome outcome, String rule) {
    return Optional.of(new Finding(Hop.KEY, outcome, rule));
  }
}
