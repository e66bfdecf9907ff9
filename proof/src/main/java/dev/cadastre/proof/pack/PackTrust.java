package dev.cadastre.proof.pack;

import dev.cadastre.formats.Refused;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.note.VerifierKey;
import dev.cadastre.proof.pack.format.PackRefused;
import java.util.stream.Collectors;

/** Holds a pack's keys against what its reader trusts. */
final class PackTrust {
  private PackTrust() {}

  /** What a reader without a trust policy has to do. */
  static String compareYourself(PackKeys keys) {
    String list =
        keys.all().stream()
            .map(key -> key.name() + " " + key.fingerprint())
            .collect(Collectors.joining("\n"));
    return "no trust policy was given: compare these SHA-256 fingerprints with ones from another source\n"
        + list;
  }

  /**
   * Checks that the policy lists each key of the pack, and that the anchors log's checkpoint has
   * the cosignatures that the policy demands. A tenant's log is private and has no witnesses of its
   * own; the anchors log carries its roots.
   */
  static String verify(PackKeys keys, PackAnchor after, TrustPolicy policy) throws Refused {
    for (VerifierKey key : keys.all()) {
      if (!isListed(key, policy)) {
        throw new PackRefused(
            "expected keys that the trust policy lists, found "
                + key
                + " with fingerprint "
                + key.fingerprint());
      }
    }
    Checkpoint anchors = withAnchorsLog(keys, policy).verify(after.anchorsLog());
    String witnesses =
        policy.quorum().map(name -> ", cosigned as quorum \"" + name + "\" demands").orElse("");
    return "the trust policy lists every key; the anchors log holds "
        + anchors.size()
        + " entries"
        + witnesses;
  }

  /**
   * A policy may name a public key but once, so one line covers all logs of a cell that share a
   * key.
   */
  private static boolean isListed(VerifierKey key, TrustPolicy policy) {
    return policy.logs().stream()
        .anyMatch(log -> log.key().type() == key.type() && log.key().samePublicKey(key));
  }

  private static TrustPolicy withAnchorsLog(PackKeys keys, TrustPolicy policy) {
    return keys.anchors().stream()
        .filter(key -> !policy.listsLog(key))
        .reduce(policy, TrustPolicy::withLog, (one, other) -> other);
  }
}
