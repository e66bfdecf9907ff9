package dev.cadastre.formats.residency;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.policy.CategoryRules;
import dev.cadastre.formats.policy.ClaimRule;
import dev.cadastre.formats.policy.HostRule;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What rules other than place say of data that is let out, and of claims that are let in. */
final class OutwardFindings {
  private OutwardFindings() {}

  static void add(RecordEvent event, Policy policy, List<String> categories, Findings findings) {
    if (event.kind() == Kind.EGRESS) {
      egress(event, policy, categories, findings);
    } else if (event.kind() == Kind.GATEWAY_DECISION) {
      policy.claims().ifPresent(rule -> claim(event, rule, findings));
    }
  }

  /** Where it goes must be known: by its place, or as a host that the policy names. */
  private static void egress(
      RecordEvent event, Policy policy, List<String> categories, Findings findings) {
    boolean named = true;
    for (String category : categories) {
      Optional<Map.Entry<String, CategoryRules.EgressRule>> rule = policy.egressRule(category);
      Optional<HostRule> hosts = rule.flatMap(one -> one.getValue().hosts());
      Outcome outcome = hosts.map(one -> hosts(event, one)).orElse(Outcome.UNPROVEN);
      named &=
          outcome == Outcome.COMPLIANT && hosts.filter(one -> !one.allow().isEmpty()).isPresent();
      if (rule.isPresent()) {
        String id = rule.get().getKey() + "." + Hop.EGRESS.wire();
        hosts.ifPresent(one -> findings.add(Hop.EGRESS, outcome, id + ".hosts"));
        findings.object(
            Hop.EGRESS, purposes(event, rule.get().getValue().purposes()), id + ".purposes");
      }
    }
    if (!named && !event.locations().containsKey(Hop.EGRESS)) {
      findings.add(Hop.EGRESS, Outcome.UNPROVEN, Judge.PLACE_UNKNOWN);
    }
  }

  private static Outcome hosts(RecordEvent event, HostRule rule) {
    List<Value> stated = Findings.stated(event, Names.SERVER_ADDRESS);
    return stated.isEmpty() ? Outcome.UNPROVEN : Findings.worst(stated, one -> host(one, rule));
  }

  /** An address that programs read as different hosts is as the rule says of all of them. */
  private static Outcome host(Value stated, HostRule rule) {
    List<HostName> hosts =
        stated instanceof Value.Text text ? HostName.readings(text.text()) : List.of();
    long allowed = hosts.stream().filter(one -> rule.allows(one.name())).count();
    boolean read = !hosts.isEmpty() && hosts.stream().allMatch(HostName::isHost);
    return !read || allowed > 0 && allowed < hosts.size()
        ? Outcome.UNPROVEN
        : allowed > 0 ? Outcome.COMPLIANT : Outcome.VIOLATION;
  }

  private static Outcome purposes(RecordEvent event, List<String> allowed) {
    List<Value> stated = Findings.stated(event, Names.DATA_PURPOSE);
    return allowed.isEmpty()
        ? Outcome.COMPLIANT
        : stated.isEmpty() ? Outcome.UNPROVEN : Findings.among(stated, allowed);
  }

  private static void claim(RecordEvent event, ClaimRule rule, Findings findings) {
    List<Value> stated = Findings.stated(event, Names.RESIDENCY_LABEL);
    findings.add(
        Hop.GATEWAY,
        stated.isEmpty() ? Outcome.UNPROVEN : Findings.among(stated, rule.allow()),
        "gateway.claims");
    if (rule.verified()) {
      List<Value> verified = Findings.stated(event, Names.RESIDENCY_VERIFIED);
      findings.object(
          Hop.GATEWAY,
          verified.isEmpty()
              ? Outcome.UNPROVEN
              : Findings.worst(verified, OutwardFindings::verified),
          "gateway.verified");
    }
  }

  private static Outcome verified(Value stated) {
    return !(stated instanceof Value.Bool bool)
        ? Outcome.UNPROVEN
        : bool.truth() ? Outcome.COMPLIANT : Outcome.VIOLATION;
  }
}
