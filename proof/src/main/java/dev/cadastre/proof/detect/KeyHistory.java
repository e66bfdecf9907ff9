package dev.cadastre.proof.detect;

import java.util.List;
import java.util.SortedSet;

/**
 * What a run of entries says of one key.
 *
 * @param keyId the key
 * @param custody in whose hands it was said to be, in the senders' words
 * @param places where it was
 * @param uses successful uses
 * @param denials refused uses
 * @param inconclusive uses that failed, and nothing tells that they were refused
 * @param rotations entries of its rotations
 * @param revocations its disablings
 */
public record KeyHistory(
    String keyId,
    SortedSet<String> custody,
    SortedSet<String> places,
    long uses,
    long denials,
    long inconclusive,
    Runs rotations,
    List<Revocation> revocations) {
  public KeyHistory {
    revocations = List.copyOf(revocations);
  }
}
