package dev.cadastre.proof.pack;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackRefused;
import dev.cadastre.proof.tlog.Frontier;
import dev.cadastre.proof.tlog.InclusionProof;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the entries of a pack begin.
 *
 * @param frontier the tree of the entries before
 * @param lastLeaf leaf hash of the last of them, {@link Hash#ZERO} if there is none
 */
record PackFrontier(Frontier frontier, Hash lastLeaf) {

  static PackFrontier read(PackReader pack) throws Refused {
    byte[] bytes = pack.bytes(PackLayout.FRONTIER);
    Json.Obj json = Json.parseObject(bytes);
    Frontier frontier = Frontier.of(json.integer("size"), hashes(json, "hashes"));
    Optional<Json.Obj> last = json.optObj("last");
    if (last.isPresent() != (frontier.size() > 0)) {
      throw new PackRefused("expected the last entry before the pack exactly if there is one");
    }
    Optional<PackLayout.LastBefore> before =
        last.isPresent() ? Optional.of(last(last.get())) : Optional.empty();
    if (!Arrays.equals(bytes, PackLayout.frontierJson(frontier, before))) {
      throw new PackRefused(
          "expected " + PackLayout.FRONTIER + " in its canonical form, found it otherwise");
    }
    if (before.isPresent()) {
      long size = frontier.size();
      new InclusionProof(size - 1, size, before.get().path())
          .verify(before.get().leaf(), frontier.root());
    }
    return new PackFrontier(frontier, before.map(PackLayout.LastBefore::leaf).orElse(Hash.ZERO));
  }

  private static PackLayout.LastBefore last(Json.Obj json) throws Refused {
    return new PackLayout.LastBefore(Hash.ofHex(json.str("leaf")), hashes(json, "path"));
  }

  private static List<Hash> hashes(Json.Obj json, String member) throws Refused {
    List<Hash> hashes = new ArrayList<>();
    for (String hex : json.strings(member)) {
      hashes.add(Hash.ofHex(hex));
    }
    return hashes;
  }

  /** Checks that the pack begins at the anchor before, or else at the log's birth. */
  void requireAt(Optional<PackAnchor> before) throws PackRefused {
    long size = frontier.size();
    if (before.isEmpty() && size != 0) {
      throw new PackRefused("expected an anchor before entry " + size + ", found none");
    }
    if (before.isPresent()) {
      long anchored = before.get().checkpoint().size();
      if (anchored != size || !before.get().checkpoint().root().equals(frontier.root())) {
        throw new PackRefused(
            "expected the tree that the anchor before commits to ("
                + anchored
                + " entries), found another ("
                + size
                + ")");
      }
    }
  }

  /** Index of the first entry. */
  long from() {
    return frontier.size();
  }
}
