package dev.cadastre.proof.detect;

import dev.cadastre.proof.event.Names;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Numbers that a sender left out, when a higher one arrives; {@link SequenceHistories} knows which
 * of them came later.
 */
final class GapDetector implements Detector {
  private final Map<String, Long> last = new HashMap<>();

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    OptionalLong number = sighting.event().attributes().integer(Names.AUDIT_SEQUENCE_NUMBER);
    if (number.isEmpty() || number.getAsLong() < 0) {
      return;
    }
    String stream = SequenceHistories.stream(sighting.event());
    long before = last.getOrDefault(stream, number.getAsLong() - 1);
    if (number.getAsLong() - 1 > before) {
      String missing = (before + 1) + " to " + (number.getAsLong() - 1);
      alerts.accept(sighting.alert(Alert.Kind.SEQUENCE_GAP, stream, missing));
    }
    last.merge(stream, number.getAsLong(), Math::max);
  }
}
