package dev.cadastre.proof.tlog;

import dev.cadastre.formats.Hash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All tiles of a tree, computed from its leaves by the definition in C2SP tlog-tiles; remembers
 * which were read.
 */
final class MemoryTiles implements TileReader {
  private final List<List<Hash>> levels = new ArrayList<>();
  final Set<TileAddress> read = new HashSet<>();

  MemoryTiles(List<Hash> leaves) {
    List<Hash> level = leaves;
    while (!level.isEmpty()) {
      levels.add(level);
      List<Hash> above = new ArrayList<>();
      for (int i = 0; i + 256 <= level.size(); i += 256) {
        above.add(NaiveTree.root(level.subList(i, i + 256)));
      }
      level = above;
    }
  }

  @Override
  public byte[] tile(TileAddress address) throws ProofRefused {
    read.add(address);
    int from = (int) address.index() * 256;
    if (address.level() >= levels.size()
        || from + address.width() > levels.get(address.level()).size()) {
      throw new ProofRefused("no tile " + address);
    }
    byte[] tile = new byte[address.width() * Hash.LENGTH];
    for (int i = 0; i < address.width(); i++) {
      levels.get(address.level()).get(from + i).copyTo(tile, i * Hash.LENGTH);
    }
    return tile;
  }
}
