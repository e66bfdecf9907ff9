package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Integrity;
import java.util.function.Consumer;

/** Records whose sender's signature does not hold. Visible in one record. */
final class SignatureDetector implements Detector {
  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    sighting
        .event()
        .integrity()
        .filter(integrity -> integrity.status() == Integrity.Status.INVALID)
        .map(
            integrity ->
                sighting.alert(
                    Alert.Kind.SIGNATURE_INVALID, Streams.of(sighting.event()), integrity.reason()))
        .ifPresent(alerts);
  }
}
