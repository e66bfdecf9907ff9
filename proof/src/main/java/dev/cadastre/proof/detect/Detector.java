package dev.cadastre.proof.detect;

import java.util.function.Consumer;

/** Looks at records in the order of the log. */
interface Detector {
  void see(Sighting sighting, Consumer<Alert> alerts);
}
