package dev.cadastre.proof.anchor;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.proof.tlog.InclusionProof;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The tree of one anchor. Random leaves fill it up to a power of two of at least {@link
 * #MIN_LEAVES}, and all leaves are shuffled, so that it tells neither how many logs there are nor,
 * from one anchor to the next, which leaf is whose.
 */
public final class AnchorTree {
  /** So that a cell with a few tenants looks like one with sixteen. */
  public static final int MIN_LEAVES = AnchorEvent.MIN_LEAVES;

  private final List<List<Hash>> levels;
  private final List<Integer> positions;

  private AnchorTree(List<List<Hash>> levels, List<Integer> positions) {
    this.levels = levels;
    this.positions = positions;
  }

  /**
   * @param leaves one for each log
   * @param random a cryptographically strong generator, such as {@code SecureRandom}
   */
  public static AnchorTree build(List<BlindedLeaf> leaves, RandomGenerator random) {
    int size = sizeFor(leaves.size());
    List<Integer> order = shuffled(size, random);
    Hash[] hashes = new Hash[size];
    for (int i = 0; i < size; i++) {
      hashes[order.get(i)] = i < leaves.size() ? leaves.get(i).hash() : randomHash(random);
    }
    return new AnchorTree(levels(List.of(hashes)), order.subList(0, leaves.size()));
  }

  private static int sizeFor(int leaves) {
    int size = MIN_LEAVES;
    while (size < leaves) {
      size = Math.multiplyExact(size, 2);
    }
    return size;
  }

  /** Fisher and Yates. */
  private static List<Integer> shuffled(int size, RandomGenerator random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    List<Integer> list = new ArrayList<>(size);
    for (int position : order) {
      list.add(position);
    }
    return list;
  }

  private static Hash randomHash(RandomGenerator random) {
    byte[] bytes = new byte[Hash.LENGTH];
    random.nextBytes(bytes);
    return Hash.of(bytes);
  }

  private static List<List<Hash>> levels(List<Hash> leaves) {
    List<List<Hash>> levels = new ArrayList<>();
    List<Hash> level = leaves;
    levels.add(level);
    while (level.size() > 1) {
      List<Hash> above = new ArrayList<>(level.size() / 2);
      for (int i = 0; i < level.size(); i += 2) {
        above.add(Merkle.nodeHash(level.get(i), level.get(i + 1)));
      }
      level = above;
      levels.add(level);
    }
    return levels;
  }

  /** Number of leaves, padding included. */
  public int size() {
    return levels.get(0).size();
  }

  public Hash root() {
    return levels.get(levels.size() - 1).get(0);
  }

  /** The way from leaf {@code i}, counted as given to {@link #build}, to the root. */
  public InclusionProof proof(int i) {
    int position = positions.get(i);
    List<Hash> path = new ArrayList<>();
    for (int height = 0; height < levels.size() - 1; height++) {
      path.add(levels.get(height).get((position >> height) ^ 1));
    }
    return new InclusionProof(position, size(), path);
  }
}
