package dev.cadastre.ledger.signed;

import dev.cadastre.formats.Hash;

/**
 * The head of a log that was signed last. Whatever is signed next of the log must extend it.
 *
 * @param size number of entries; 0 only of a log that was taken back to nothing
 * @param root Merkle tree hash of them
 * @param floor the greatest size that may have been signed with another root, before the log was
 *     taken back deliberately; no size up to it is signed any more. 0 for a log that never was
 */
public record SignedHead(long size, Hash root, long floor) {
  public SignedHead {
    if (size < 0 || floor < 0 || size == 0 && floor == 0) {
      throw new IllegalArgumentException("no head has size " + size + " and floor " + floor);
    }
  }

  public SignedHead(long size, Hash root) {
    this(size, root, 0);
  }

  /** The greatest size that was ever signed. */
  public long highest() {
    return Math.max(size, floor);
  }

  /** This head, once the log is signed at a greater size. */
  public SignedHead grownTo(long newSize, Hash newRoot) {
    return new SignedHead(newSize, newRoot, floor);
  }

  /** This head, once the log was taken back to a size and root that need not extend it. */
  public SignedHead takenBackTo(long newSize, Hash newRoot) {
    return new SignedHead(newSize, newRoot, highest());
  }
}
