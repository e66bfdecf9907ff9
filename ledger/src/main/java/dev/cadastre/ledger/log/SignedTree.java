package dev.cadastre.ledger.log;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.signed.SignedHead;
import dev.cadastre.ledger.store.StoppedLogs;
import dev.cadastre.proof.tlog.TileProofs;
import dev.cadastre.proof.tlog.TileReader;
import java.util.Optional;

/**
 * A log's tree, as its tiles give it, to be held against what was signed of it: a few tiles however
 * long the log. A log whose tree is another one is stopped. For one request, by one thread.
 */
final class SignedTree {
  private final LogName log;
  private final long logSize;
  private final TileReader tiles;
  private final StoppedLogs stopped;
  private TileProofs proofs;
  private long proofsSize;

  /**
   * @param logSize number of entries of the log
   * @param tiles the log's, full ones and the fronts of them
   */
  SignedTree(LogName log, long logSize, TileReader tiles, StoppedLogs stopped) {
    this.log = log;
    this.logSize = logSize;
    this.tiles = tiles;
    this.stopped = stopped;
    this.proofs = proofs(logSize);
    this.proofsSize = logSize;
  }

  /**
   * The root of the first {@code size} entries, once it is certain that a tree of that size and the
   * signed head are of one log.
   *
   * @throws LogStopped if they are not
   */
  Hash root(long size, Optional<SignedHead> head) {
    if (head.isPresent() && head.get().size() > logSize) {
      throw stopped.stop(
          log, "it was signed with " + head.get().size() + " entries, and has " + logSize, null);
    }
    try {
      return head.isPresent() ? root(size, head.get()) : at(size).root();
    } catch (Refused differs) {
      throw stopped.stop(
          log,
          "its entries are not those that were signed at size "
              + head.map(SignedHead::size).orElse(0L)
              + ": "
              + differs.getMessage(),
          differs);
    }
  }

  private Hash root(long size, SignedHead head) throws Refused {
    TileProofs tree = at(Math.max(size, head.size()));
    if (size >= head.size()) {
      Hash root = tree.root();
      tree.consistency(head.size()).verify(head.root(), root);
      return root;
    }
    Hash root = tree.frontier(size).root();
    tree.consistency(size).verify(root, head.root());
    return root;
  }

  private TileProofs at(long size) {
    if (size != proofsSize) {
      proofs = proofs(size);
      proofsSize = size;
    }
    return proofs;
  }

  private TileProofs proofs(long size) {
    // The tree's tiles are read as they are at that size, however far the log has grown.
    return new TileProofs(tiles, size);
  }
}
