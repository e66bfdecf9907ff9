package dev.cadastre.proof.event;

import dev.cadastre.proof.Hash;
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
 */
public record AnchorEvent(String date, long leaves, OptionalLong previous, Hash root, long time)
    implements Event {
  public static final String KIND = "anchor";

  @Override
  public String kindWire() {
    return KIND;
  }
}
