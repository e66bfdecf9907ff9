package dev.cadastre.proof.chain;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.proof.chain.ChainRefused.Fault;
import dev.cadastre.proof.tlog.Frontier;
import dev.cadastre.proof.tlog.FrontierBuilder;

/**
 * Folds entries in order: each must name the next index, the leaf hash of the entry before and a
 * time not earlier than it. The tree grows with them, so the chain and the root are proven from the
 * same bytes. After a refusal the checker stands where it stood before.
 */
public final class ChainChecker {
  private final FrontierBuilder tree;
  private Hash lastLeaf;
  private long lastReceivedNs;

  private ChainChecker(FrontierBuilder tree, Hash lastLeaf, long lastReceivedNs) {
    this.tree = tree;
    this.lastLeaf = lastLeaf;
    this.lastReceivedNs = lastReceivedNs;
  }

  /** Starts before entry 0. */
  public static ChainChecker fromBirth() {
    return new ChainChecker(new FrontierBuilder(), Hash.ZERO, 0);
  }

  /**
   * Starts in the middle of a log.
   *
   * @param frontier the tree of all entries before
   * @param lastLeaf leaf hash of the last of them, {@link Hash#ZERO} if there is none
   * @param lastReceivedNs its time, 0 if unknown
   */
  public static ChainChecker from(Frontier frontier, Hash lastLeaf, long lastReceivedNs) {
    return new ChainChecker(frontier.toBuilder(), lastLeaf, lastReceivedNs);
  }

  /** Takes the next entry. */
  public void add(Entry entry) throws ChainRefused {
    long expected = tree.size();
    if (entry.index() != expected) {
      throw refused(Fault.INDEX, "expected index " + expected + ", found " + entry.index());
    }
    if (!entry.prev().equals(lastLeaf)) {
      throw refused(
          Fault.PREV, "expected to follow the leaf " + lastLeaf + ", found prev " + entry.prev());
    }
    if (entry.received() < lastReceivedNs) {
      throw refused(
          Fault.TIME,
          "expected a time not before " + lastReceivedNs + " ns, found " + entry.received());
    }
    lastLeaf = entry.leafHash();
    lastReceivedNs = entry.received();
    tree.append(lastLeaf);
  }

  private ChainRefused refused(Fault fault, String message) {
    return new ChainRefused(tree.size(), fault, message);
  }

  /** Number of entries in the log so far, those before the start included. */
  public long size() {
    return tree.size();
  }

  /** Leaf hash of the last entry. */
  public Hash lastLeaf() {
    return lastLeaf;
  }

  /** Time of the last entry in nanoseconds since 1970. */
  public long lastReceived() {
    return lastReceivedNs;
  }

  public Frontier frontier() {
    return tree.frontier();
  }

  public Hash root() {
    return tree.root();
  }
}
