package dev.cadastre.ledger;

import dev.cadastre.formats.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * RFC 6962 section 2.1 word for word, sharing no code with what it judges. Quadratic; for small
 * trees.
 */
public final class NaiveTree {
  private NaiveTree() {}

  public static Hash leaf(byte[] entry) {
    return Hash.sha256(new byte[] {0}, entry);
  }

  public static Hash root(List<Hash> leaves) {
    if (leaves.isEmpty()) {
      return Hash.sha256(new byte[0]);
    }
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int split = split(leaves.size());
    Hash left = root(leaves.subList(0, split));
    Hash right = root(leaves.subList(split, leaves.size()));
    return Hash.sha256(new byte[] {1}, left.bytes(), right.bytes());
  }

  public static List<Hash> path(int index, List<Hash> leaves) {
    if (leaves.size() == 1) {
      return List.of();
    }
    int split = split(leaves.size());
    List<Hash> left = leaves.subList(0, split);
    List<Hash> right = leaves.subList(split, leaves.size());
    List<Hash> path =
        new ArrayList<>(index < split ? path(index, left) : path(index - split, right));
    path.add(root(index < split ? right : left));
    return path;
  }

  private static int split(int n) {
    int split = 1;
    while (split * 2 < n) {
      split *= 2;
    }
    return split;
  }
}
