package dev.cadastre.proof.tlog;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends leaves to a frontier in place and without allocation: one SHA-256 of 65 bytes a leaf on
 * average. Confined to one thread.
 */
public final class FrontierBuilder {
  private static final int MAX_DEPTH = 64;
  private static final int LEFT = 1;
  private static final int RIGHT = LEFT + Hash.LENGTH;

  private final MessageDigest digest = Hash.newSha256();
  private final byte[] stack = new byte[MAX_DEPTH * Hash.LENGTH];
  private final byte[] node = new byte[1 + 2 * Hash.LENGTH];
  private int depth;
  private long size;

  public FrontierBuilder() {
    this(Frontier.EMPTY);
  }

  public FrontierBuilder(Frontier start) {
    node[0] = Merkle.NODE_PREFIX;
    size = start.size();
    for (Hash hash : start.hashes()) {
      hash.copyTo(stack, depth++ * Hash.LENGTH);
    }
  }

  /** Number of leaves so far. */
  public long size() {
    return size;
  }

  public FrontierBuilder append(Hash leaf) {
    leaf.copyTo(node, RIGHT);
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      depth--;
      System.arraycopy(stack, depth * Hash.LENGTH, node, LEFT, Hash.LENGTH);
      hashNodeToRight();
    }
    System.arraycopy(node, RIGHT, stack, depth * Hash.LENGTH, Hash.LENGTH);
    depth++;
    size = Math.addExact(size, 1);
    return this;
  }

  private void hashNodeToRight() {
    digest.update(node);
    try {
      digest.digest(node, RIGHT, Hash.LENGTH);
    } catch (DigestException e) {
      throw new IllegalStateException("the node buffer holds a SHA-256 value", e);
    }
  }

  /** What has been built so far. */
  public Frontier frontier() {
    List<Hash> hashes = new ArrayList<>(depth);
    for (int i = 0; i < depth; i++) {
      hashes.add(Hash.of(stack, i * Hash.LENGTH));
    }
    return new Frontier(size, hashes);
  }

  /** The root of what has been built so far. */
  public Hash root() {
    return frontier().root();
  }
}
