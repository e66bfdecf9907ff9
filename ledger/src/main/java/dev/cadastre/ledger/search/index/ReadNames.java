package dev.cadastre.ledger.search.index;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.proof.detect.Detectors;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What detectors read because of the policy in force: kinds, and names of attributes. */
final class ReadNames {
  static final ReadNames NONE = new ReadNames(new Detectors.Reads(Set.of(), Set.of()));

  private final Detectors.Reads of;
  private final byte[][] names;

  private ReadNames(Detectors.Reads of) {
    this.of = of;
    this.names =
        of.attributes().stream()
            .map(name -> name.getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);
  }

  /** This, or what else detectors read now. */
  ReadNames with(Detectors.Reads now) {
    return now.equals(of) ? this : new ReadNames(now);
  }

  /** Names of attributes; not to be changed. */
  byte[][] names() {
    return names;
  }

  boolean isOf(Kind kind) {
    return of.kinds().contains(kind);
  }
}
