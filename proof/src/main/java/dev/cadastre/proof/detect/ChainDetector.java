package dev.cadastre.proof.detect;

import java.util.function.Consumer;

/** Records that do not continue the chain of their sender; {@link ChainFollower} follows it. */
final class ChainDetector implements Detector {
  private final ChainFollower chains;

  ChainDetector(Memory memory) {
    this.chains = new ChainFollower(memory);
  }

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    chains
        .follow(sighting.event())
        .filter(step -> step.link() == ChainFollower.Link.BROKEN)
        .map(step -> sighting.alert(Alert.Kind.CHAIN_BROKEN, step.stream(), step.detail()))
        .ifPresent(alerts);
  }
}
