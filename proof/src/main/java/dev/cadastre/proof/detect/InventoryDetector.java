package dev.cadastre.proof.detect;

import dev.cadastre.formats.inventory.Difference;
import dev.cadastre.formats.inventory.Lookup;
import java.util.function.Consumer;

/** What a record says of a resource otherwise than the operator declares it. */
final class InventoryDetector implements Detectors.Detector {
  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    if (sighting.inventory().isEmpty() || !sighting.event().kind().judged()) {
      return;
    }
    Lookup lookup =
        new Lookup(sighting.inventory().get(), sighting.event(), sighting.places().registry());
    for (Difference one : lookup.differences(sighting.places())) {
      alerts.accept(sighting.alert(Alert.Kind.INVENTORY_DIFFERS, one.resource(), one.words()));
    }
  }
}
