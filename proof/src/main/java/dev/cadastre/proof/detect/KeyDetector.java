package dev.cadastre.proof.detect;

import dev.cadastre.proof.event.Kind;
import dev.cadastre.proof.event.Names;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Uses of a key after it was disabled, and the first denial, which shows that the disabling took
 * hold.
 */
final class KeyDetector implements Detector {
  private final KeyHistories keys = new KeyHistories();

  KeyHistories histories() {
    return keys;
  }

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    Kind kind = sighting.event().kind();
    boolean uses = kind == Kind.KEY_USE || kind == Kind.DATA_ACCESS || kind == Kind.INFERENCE;
    Optional<String> key = sighting.text(Names.KEY_ID);
    if (uses && key.isPresent()) {
      keys.revoked(key.get(), sighting.ns())
          .flatMap(revocation -> noticed(sighting, key.get(), revocation))
          .ifPresent(alerts);
    }
    keys.add(sighting.index(), sighting.ns(), sighting.event());
  }

  private static Optional<Alert> noticed(Sighting sighting, String key, Revocation revocation) {
    String since = " s after the disable in entry " + revocation.index();
    String seconds = Long.toString((sighting.ns() - revocation.atNs()) / 1_000_000_000L);
    if (KeyAct.succeeded(sighting.event())) {
      return Optional.of(
          sighting.alert(Alert.Kind.KEY_USED_AFTER_DISABLE, key, "used " + seconds + since));
    }
    boolean first = revocation.denial().isEmpty() && sighting.event().kind() == Kind.KEY_USE;
    return first
        ? Optional.of(sighting.alert(Alert.Kind.KEY_FIRST_DENIAL, key, "denied " + seconds + since))
        : Optional.empty();
  }
}
