package dev.cadastre.evidence;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.proof.anchor.AnchorReceipt;
import dev.cadastre.proof.note.Checkpoint;
import java.util.Optional;

/**
 * The entries of one log between two anchors.
 *
 * @param log the log
 * @param before the anchor that commits to everything before; empty when the period begins with the
 *     log's birth
 * @param after the anchor that commits to everything up to the end
 * @param start the log's state before the period; empty from birth
 * @param end the log's state at the end
 */
public record Period(
    LogName log,
    Optional<AnchorReceipt> before,
    AnchorReceipt after,
    Optional<Checkpoint> start,
    Checkpoint end) {

  /**
   * @throws Refused when the anchors are in the wrong order
   */
  static Period of(LogName log, Optional<AnchorReceipt> before, AnchorReceipt after)
      throws Refused {
    if (before.isPresent() && before.get().entry().index() >= after.entry().index()) {
      throw new Refused(
          "expected a period that starts before it ends, found anchors "
              + before.get().entry().index()
              + " and "
              + after.entry().index());
    }
    Optional<Checkpoint> start =
        before.isPresent()
            ? Optional.of(Checkpoint.of(before.get().checkpoint()))
            : Optional.empty();
    return new Period(log, before, after, start, Checkpoint.of(after.checkpoint()));
  }

  /** Index of the first entry. */
  public long from() {
    return start.map(Checkpoint::size).orElse(0L);
  }

  /** Index after the last entry. */
  public long to() {
    return end.size();
  }
}
