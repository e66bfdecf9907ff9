package dev.cadastre.proof.event;

import dev.cadastre.proof.Hash;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One anchor: the root over the blinded checkpoints of a cell's logs. Only in the cell's anchors
 * log.
 *
 * @param date UTC day, {@code YYYY-MM-DD}
 * @param leaves number of leaves of the blinded tree, a power of two
 * @param previous index of the anchor before; empty for the first
 * @param root root of the blinded tree
 * @param time when it was made, Unix nanoseconds
 * @param incomplete whether a log was left out, because it is stopped
 * @param takenBack the logs that were taken back since the anchor before, if any were
 */
public record AnchorEvent(
    String date,
    long leaves,
    OptionalLong previous,
    Hash root,
    long time,
    boolean incomplete,
    Optional<TakenBackTree> takenBack)
    implements Event {
  public static final String KIND = "anchor";

  /**
   * A tree like an anchor's over what each log that was taken back was signed with and what it went
   * on from.
   *
   * @param leaves number of leaves, a power of two
   */
  public record TakenBackTree(long leaves, Hash root) {}

  /** An anchor over all logs, none of which was taken back. */
  public AnchorEvent(String date, long leaves, OptionalLong previous, Hash root, long time) {
    this(date, leaves, previous, root, time, false, Optional.empty());
  }

  @Override
  public String kindWire() {
    return KIND;
  }
}
