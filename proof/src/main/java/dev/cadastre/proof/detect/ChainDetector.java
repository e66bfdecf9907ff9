package dev.cadastre.proof.detect;

import java.util.function.Consumer;

/** Records that do not continue the chain of their sender; {@link ChainHistories} follows it. */
final class ChainDetector implements Detector {
  private final ChainHistories chains = new ChainHistories();

  @Override
  public void see(Sighting sighting, Consumer<Alert> alerts) {
    chains
        .follow(sighting.index(), sighting.event())
        .map(broken -> sighting.alert(Alert.Kind.CHAIN_BROKEN, broken.stream(), broken.detail()))
        .ifPresent(alerts);
  }
}
