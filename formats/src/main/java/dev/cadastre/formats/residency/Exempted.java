package dev.cadastre.formats.residency;

import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.policy.ExemptionScope;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import java.util.List;
import java.util.Map;

/** Whether an event is one that an exception is for. What is not said, or is private, is not. */
final class Exempted {
  private Exempted() {}

  static boolean isIn(RecordEvent event, ExemptionScope scope) {
    for (Map.Entry<ExemptionScope.Asked, List<String>> one : scope.allowed().entrySet()) {
      List<Value> said = said(event, one.getKey());
      if (said.isEmpty() || Findings.among(said, one.getValue()) != Outcome.COMPLIANT) {
        return false;
      }
    }
    return true;
  }

  /** Whether an exception is one from the rules for a sort of data: it must name that. */
  static boolean names(ExemptionScope scope, ExemptionScope.Asked asked, String word) {
    return scope.allowed().getOrDefault(asked, List.of()).contains(word);
  }

  private static List<Value> said(RecordEvent event, ExemptionScope.Asked asked) {
    return switch (asked) {
      case ACTOR -> Findings.stated(event, Names.AUDIT_ACTOR_ID);
      case APPROVAL -> Findings.stated(event, Names.APPROVAL_ID);
      case CLASSIFICATION -> Findings.stated(event, Names.DATA_CLASSIFICATION);
      case OPERATION -> operation(event);
      case PURPOSE -> Findings.stated(event, Names.DATA_PURPOSE);
      case SERVICE -> Findings.stated(event, Names.SERVICE_NAME);
      case SUBJECT -> Findings.stated(event, Names.DATA_SUBJECT_GROUP);
    };
  }

  /** The first of these that is there: what is done with data goes before how that is called. */
  private static List<Value> operation(RecordEvent event) {
    for (String name :
        List.of(
            Names.DATA_OPERATION,
            Names.KEY_OPERATION,
            Names.GEN_AI_OPERATION,
            Names.AUDIT_ACTION)) {
      List<Value> said = Findings.stated(event, name);
      if (!said.isEmpty()) {
        return said;
      }
    }
    return List.of();
  }
}
