package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Integrity;
import dev.cadastre.proof.detect.Memory.Part;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What a sender's own numbers, links and signatures show: numbers that it left out, when a higher
 * one arrives, and numbers that are not above the highest ({@link SequenceHistories} knows which of
 * those fill a gap and which came again); records that do not continue its chain ({@link
 * ChainFollower} follows it); and signatures that do not hold.
 */
final class SenderDetector implements Detectors.Detector {
  private final Memory memory;
  private final ChainFollower chains;

  SenderDetector(Memory memory) {
    this.memory = memory;
    this.chains = new ChainFollower(memory);
  }

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    number(sighting, alerts);
    chains
        .follow(sighting.event())
        .filter(step -> step.link() == ChainFollower.Link.BROKEN)
        .map(step -> sighting.alert(Alert.Kind.CHAIN_BROKEN, step.stream(), step.detail()))
        .ifPresent(alerts);
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

  private void number(Sighting sighting, Consumer<Alert> alerts) {
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
