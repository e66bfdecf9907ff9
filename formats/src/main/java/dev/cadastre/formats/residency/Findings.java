package dev.cadastre.formats.residency;

import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the judge found so far, in the order in which it looked. */
public final class Findings {
  private final List<Finding> all = new ArrayList<>(4);

  /** What one rule says of one hop is said once, and the heavier counts. */
  void add(Hop hop, Outcome outcome, String rule) {
    for (int i = 0; i < all.size(); i++) {
      Finding before = all.get(i);
      if (before.hop() == hop && before.rule().equals(rule)) {
        all.set(i, new Finding(hop, before.outcome().or(outcome), rule));
        return;
      }
    }
    all.add(new Finding(hop, outcome, rule));
  }

  /** The same where there is something to object to. */
  void object(Hop hop, Outcome outcome, String rule) {
    if (outcome != Outcome.COMPLIANT) {
      add(hop, outcome, rule);
    }
  }

  /** What was refused did not happen. */
  void refused() {
    all.replaceAll(
        one ->
            one.outcome() == Outcome.VIOLATION
                ? new Finding(one.hop(), Outcome.PREVENTED, one.rule())
                : one);
  }

  List<Finding> all() {
    return all;
  }

  /** What the record says, or else its Resource, be it one or several; a blank text is nothing. */
  public static List<Value> stated(RecordEvent event, String name) {
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

  /** The worst of what is said of each. */
  static <T> Outcome worst(List<T> stated, Function<T, Outcome> said) {
    return stated.stream().map(said).reduce(Outcome.COMPLIANT, Outcome::or);
  }

  /** Whether each of the texts is one of those; what is no text cannot be told. */
  static Outcome among(List<Value> stated, List<String> allowed) {
    return worst(
        stated,
        one ->
            !(one instanceof Value.Text text)
                ? Outcome.UNPROVEN
                : allowed.contains(text.text()) ? Outcome.COMPLIANT : Outcome.VIOLATION);
  }
}
