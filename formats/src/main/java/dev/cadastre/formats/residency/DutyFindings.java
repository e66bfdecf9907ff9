package dev.cadastre.formats.residency;

import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.policy.Duties;
import dev.cadastre.formats.policy.Duties.Said;
import dev.cadastre.formats.policy.Duty;
import dev.cadastre.formats.policy.Places;
import dev.cadastre.formats.policy.PolicyTime;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import java.util.List;
import java.util.OptionalLong;

/** What a policy's duties object to in one record. */
final class DutyFindings {
  private DutyFindings() {}

  static void add(RecordEvent event, Duties duties, Places places, Findings findings) {
    duties
        .of(event.attributes().string(Names.KEY_ID))
        .forEach(
            (duty, said) -> {
              if (duty.isFor(event)) {
                findings.object(duty.hop(), outcome(event, duty, said, places), duty.id());
              }
            });
  }

  private static Outcome outcome(RecordEvent event, Duty duty, Said said, Places places) {
    if (duty.form() == Duty.Form.PLACES) {
      return places(event, duty, said, places);
    }
    List<Value> stated = Findings.stated(event, duty.attribute());
    if (stated.isEmpty()) {
      return duty.isRequired(event) ? Outcome.UNPROVEN : Outcome.COMPLIANT;
    }
    return switch (duty.form()) {
      case WORDS -> Findings.among(stated, said.words());
      case NUMBER -> Findings.worst(stated, one -> atMost(one, said.number()));
      case TIME -> Findings.worst(stated, one -> atMostS(one, said.number()));
      case FORBIDDEN -> Findings.worst(stated, DutyFindings::isFalse);
      case SAME -> same(stated, Findings.stated(event, Names.KEY_ID));
      case PLACES, REFUSED, REQUIRED, BUDGET -> Outcome.UNPROVEN;
    };
  }

  /** A place that nobody knows is told by the rules of place. */
  private static Outcome places(RecordEvent event, Duty duty, Said said, Places places) {
    Location location = event.locations().get(duty.hop());
    if (location == null) {
      return duty.isRequired(event) ? Outcome.UNPROVEN : Outcome.COMPLIANT;
    }
    return location.places().stream()
        .flatMap(named -> places.of(named).stream())
        .map(place -> said.places().map(rule -> places.outcome(place, rule)).orElseThrow())
        .reduce(Outcome.COMPLIANT, Outcome::or);
  }

  /** Numbers come as integers, too. */
  private static Outcome atMost(Value stated, double most) {
    double number =
        stated instanceof Value.Int integer
            ? integer.integer()
            : stated instanceof Value.Real real ? real.number() : Double.NaN;
    return !(number >= 0)
        ? Outcome.UNPROVEN
        : number > most ? Outcome.VIOLATION : Outcome.COMPLIANT;
  }

  private static Outcome atMostS(Value stated, double mostS) {
    OptionalLong seconds =
        stated instanceof Value.Text text ? PolicyTime.seconds(text.text()) : OptionalLong.empty();
    return seconds.isEmpty()
        ? Outcome.UNPROVEN
        : seconds.getAsLong() > mostS ? Outcome.VIOLATION : Outcome.COMPLIANT;
  }

  private static Outcome isFalse(Value stated) {
    return !(stated instanceof Value.Bool bool)
        ? Outcome.UNPROVEN
        : bool.truth() ? Outcome.VIOLATION : Outcome.COMPLIANT;
  }

  private static Outcome same(List<Value> stated, List<Value> keys) {
    return keys.isEmpty() || stated.stream().anyMatch(one -> !(one instanceof Value.Text))
        ? Outcome.UNPROVEN
        : stated.equals(keys) ? Outcome.COMPLIANT : Outcome.VIOLATION;
  }
}
