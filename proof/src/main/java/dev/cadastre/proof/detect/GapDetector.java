package dev.cadastre.proof.detect;

import dev.cadastre.proof.detect.Memory.Part;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Numbers that a sender left out, when a higher one arrives, and numbers that are not above the
 * highest; {@link SequenceHistories} knows which of those fill a gap and which came again.
 */
final class GapDetector implements Detector {
  private final Memory memory;

  GapDetector(Memory memory) {
    this.memory = memory;
  }

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    OptionalLong number = SequenceHistories.number(sighting.event());
    if (number.isEmpty()) {
      return;
    }
    String stream = Streams.of(sighting.event());
    long before =
        memory.get(Part.NUMBERED, stream).map(Long::parseLong).orElse(number.getAsLong() - 1);
    if (number.getAsLong() <= before) {
      String detail = number.getAsLong() + " after " + before;
      alerts.accept(sighting.alert(Alert.Kind.SEQUENCE_REPEAT, stream, detail));
    } else if (number.getAsLong() - 1 > before) {
      String missing = (before + 1) + " to " + (number.getAsLong() - 1);
      alerts.accept(sighting.alert(Alert.Kind.SEQUENCE_GAP, stream, missing));
    }
    memory.keep(Part.NUMBERED, stream, Long.toString(Math.max(before, number.getAsLong())));
  }
}
