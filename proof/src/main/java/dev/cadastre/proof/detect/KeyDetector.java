package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.value.Names;
import dev.cadastre.proof.detect.Disables.Disabled;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Uses of a key after it was disabled, and the first denial, which shows that the disabling took
 * hold.
 */
final class KeyDetector implements Detector {
  private final Disables disables;

  KeyDetector(Memory memory) {
    this.disables = new Disables(memory);
  }

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    Kind kind = sighting.event().kind();
    boolean uses = kind == Kind.KEY_USE || kind == Kind.DATA_ACCESS || kind == Kind.INFERENCE;
    Optional<String> key = sighting.text(Names.KEY_ID);
    if (uses && key.isPresent()) {
      disables
          .of(key.get())
          .filter(disabled -> disabled.precedes(sighting.ns()))
          .flatMap(disabled -> noticed(sighting, key.get(), disabled))
          .ifPresent(alerts);
    }
    KeyAct.of(sighting.event())
        .ifPresent(act -> disables.add(sighting.index(), sighting.ns(), act));
  }

  private static Optional<Alert> noticed(Sighting sighting, String key, Disabled disabled) {
    String since = " s after the disable in entry " + disabled.index();
    String seconds = Long.toString((sighting.ns() - disabled.atNs()) / 1_000_000_000L);
    if (KeyAct.succeeded(sighting.event())) {
      return Optional.of(
          sighting.alert(Alert.Kind.KEY_USED_AFTER_DISABLE, key, "used " + seconds + since));
    }
    boolean first = disabled.denial().isEmpty() && sighting.event().kind() == Kind.KEY_USE;
    return first
        ? Optional.of(sighting.alert(Alert.Kind.KEY_FIRST_DENIAL, key, "denied " + seconds + since))
        : Optional.empty();
  }
}
