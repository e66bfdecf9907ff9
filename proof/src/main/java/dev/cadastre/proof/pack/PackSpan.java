package dev.cadastre.proof.pack;

import dev.cadastre.formats.Hash;
import dev.cadastre.proof.note.VerifierKey;
import dev.cadastre.proof.pack.format.PackPart;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a verified pack has at its two ends, so that it can be held against the packs before and
 * after it.
 *
 * @param keys the pack's keys
 * @param part its place in a set, if it names one
 * @param start the end before its first entry
 * @param end the end behind its last entry
 */
public record PackSpan(List<VerifierKey> keys, Optional<PackPart> part, End start, End end) {
  public PackSpan {
    keys = List.copyOf(keys);
  }

  /**
   * One end.
   *
   * @param size how many entries the log has there
   * @param root of their tree
   * @param anchor leaf hash of the anchor's entry in the anchors log, which names all anchors
   *     before it; empty at the log's birth
   * @param policy index of the adoption of the policy in force there
   * @param state whether the last of those entries carries what is known of keys, and the pack has
   *     it
   */
  public record End(
      long size, Hash root, Optional<Hash> anchor, OptionalLong policy, boolean state) {
    /** How another pack's start differs from this end; empty if it continues it. */
    Optional<String> differenceTo(End other) {
      if (size != other.size) {
        return Optional.of("begins at entry " + other.size + " and not at " + size);
      }
      if (!root.equals(other.root)) {
        return Optional.of("begins in another log: the roots at entry " + size + " differ");
      }
      if (!anchor.equals(other.anchor)) {
        return Optional.of("begins at another anchor");
      }
      if (!policy.equals(other.policy)) {
        return Optional.of(
            "begins under the policy of " + in(other.policy) + ", not " + in(policy));
      }
      return state && !other.state
          ? Optional.of("leaves out what entry " + (size - 1) + " carries of keys")
          : Optional.empty();
    }

    private static String in(OptionalLong policy) {
      return policy.isPresent() ? "entry " + policy.getAsLong() : "no entry";
    }
  }
}
