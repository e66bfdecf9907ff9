package dev.cadastre.ledger.model;

import dev.cadastre.formats.Hash;
import java.util.List;

/**
 * One tenant log's side of an anchor: with it the tenant shows that its checkpoint is under the
 * anchor's root.
 *
 * @param log the tenant's log
 * @param position place among the anchor's leaves
 * @param salt 32 bytes that blind the leaf
 * @param path sibling hashes from the leaf upward
 * @param checkpoint the log's checkpoint that was anchored
 */
public record AnchorLeaf(
    LogName log, long position, Hash salt, List<Hash> path, SignedCheckpoint checkpoint) {
  public AnchorLeaf {
    path = List.copyOf(path);
  }
}
