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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a policy's duties object to in one record. */
final class DutyFindings {
  private static final Optional<String> NOBODY_KNOWS = Optional.empty();

  private DutyFindings() {}

  static void add(RecordEvent event, Duties duties, Places places, Findings findings) {
    if (duties.isEmpty()) {
      return;
    }
    List<Map<Duty, Said>> ofEach = keys(event).stream().distinct().map(duties::of).toList();
    for (Duty duty : Duty.values()) {
      for (Map<Duty, Said> one : ofEach) {
        Said said = one.get(duty);
        if (said != null && duty.isFor(event)) {
          findings.object(duty.hop(), outcome(event, duty, said, places), duty.id());
        }
      }
    }
  }

  /** The keys that the record names, or one that nobody knows. */
  private static List<Optional<String>> keys(RecordEvent event) {
    List<Value> stated = Findings.stated(event, Names.KEY_ID);
    return stated.isEmpty()
        ? List.of(Optional.empty())
        : stated.stream()
            .map(one -> one instanceof Value.Text text ? Optional.of(text.text()) : NOBODY_KNOWS)
            .toList();
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

  /** Each of the keys that both are said to lie under must be one of the other's. */
  private static Outcome same(List<Value> origins, List<Value> keys) {
    return keys.isEmpty() ? Outcome.UNPROVEN : among(origins, keys).or(among(keys, origins));
  }

  private static Outcome among(List<Value> some, List<Value> others) {
    boolean told = others.stream().allMatch(one -> one instanceof Value.Text);
    return Findings.worst(
        some,
        one ->
            !(one instanceof Value.Text)
                ? Outcome.UNPROVEN
                : others.contains(one)
                    ? Outcome.COMPLIANT
                    : told ? Outcome.VIOLATION : Outcome.UNPROVEN);
  }
}
