package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Attempt;
import dev.cadastre.formats.event.KeyScope;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.value.Names;
import dev.cadastre.proof.detect.Disables.Disabled;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Uses of a key after it, its version or its user's access was revoked, and the first denial, which
 * shows that the revocation took hold.
 */
final class KeyDetector implements Detectors.Detector {
  private final Disables disables;

  KeyDetector(Memory memory) {
    this.disables = new Disables(memory);
  }

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    Optional<String> key = sighting.text(Names.KEY_ID);
    if (key.isPresent() && KeyAct.isUse(sighting.event())) {
      used(key.get(), sighting, alerts);
    }
    KeyAct.of(sighting.event())
        .ifPresent(act -> disables.add(sighting.index(), sighting.ns(), act));
  }

  /** Each sort of alert once, about the widest of what was revoked. */
  private void used(String key, Sighting sighting, Consumer<Alert> alerts) {
    Set<Alert.Kind> said = EnumSet.noneOf(Alert.Kind.class);
    for (KeyScope scope : KeyScope.ofUse(sighting.event())) {
      disables
          .of(key, scope)
          .filter(disabled -> disabled.precedes(sighting.ns()))
          .flatMap(disabled -> noticed(sighting, key, scope, disabled))
          .filter(alert -> said.add(alert.kind()))
          .ifPresent(alerts);
    }
  }

  private static Optional<Alert> noticed(
      Sighting sighting, String key, KeyScope scope, Disabled disabled) {
    String seconds = Long.toString((sighting.ns() - disabled.atNs()) / 1_000_000_000L);
    String since = seconds + " s after " + revocation(scope) + " in entry " + disabled.index();
    Attempt attempt = Attempt.of(sighting.event());
    if (attempt == Attempt.SUCCEEDED) {
      Alert.Kind kind =
          scope.of() == KeyScope.Of.IDENTITY
              ? Alert.Kind.KEY_USED_AFTER_WITHDRAWAL
              : Alert.Kind.KEY_USED_AFTER_DISABLE;
      return Optional.of(sighting.alert(kind, key, "used " + since));
    }
    boolean first = disabled.denial().isEmpty() && sighting.event().kind() == Kind.KEY_USE;
    return first && attempt == Attempt.REFUSED
        ? Optional.of(sighting.alert(Alert.Kind.KEY_FIRST_DENIAL, key, "denied " + since))
        : Optional.empty();
  }

  private static String revocation(KeyScope scope) {
    return switch (scope.of()) {
      case KEY -> "the disable";
      case VERSION -> "the disable of version " + scope.name();
      case IDENTITY -> "the withdrawal from " + scope.name();
    };
  }
}
