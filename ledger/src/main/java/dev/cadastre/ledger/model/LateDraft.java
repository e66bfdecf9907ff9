package dev.cadastre.ledger.model;

import dev.cadastre.formats.Refused;
import java.util.Optional;

/**
 * An event that depends on every entry before it, and so is made when its place is known: by the
 * sequencer, which appends nothing to any log meanwhile. So it must be quick: all but the last
 * entries are to be looked at before.
 */
public interface LateDraft {
  /** How many entries of the log it has looked at. */
  long seen();

  /**
   * Makes the draft that becomes entry {@code size}. May be asked again for a larger size, when
   * another process was quicker.
   *
   * @return empty if too much came in since, and it must be asked for anew
   * @throws Refused if it cannot be made
   */
  Optional<Draft> at(long size) throws Refused;
}
