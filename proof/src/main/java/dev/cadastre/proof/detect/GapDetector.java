package dev.cadastre.proof.detect;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Numbers that a sender left out, when a higher one arrives, and numbers that are not above the
 * highest; {@link SequenceHistories} knows which of those fill a gap and which came again.
 */
final class GapDetector implements Detector {
  private final Map<String, Long> last = new HashMap<>();

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    OptionalLong number = SequenceHistories.number(sighting.event());
    if (number.isEmpty()) {
      return;
    }
    String stream = SequenceHistories.stream(sighting.event());
    long before = last.getOrDefault(stream, number.getAsLong() - 1);
    if (number.getAsLong() <= before) {
      String detail = number.getAsLong() + " after " + before;
      alerts.accept(sighting.alert(Alert.Kind.SEQUENCE_REPEAT, stream, detail));
    } else if (number.getAsLong() - 1 > before) {
      String missing = (before + 1) + " to " + (number.getAsLong() - 1);
      alerts.accept(sighting.alert(Alert.Kind.SEQUENCE_GAP, stream, missing));
    }
    last.merge(stream, number.getAsLong(), Math::max);
  }
}
