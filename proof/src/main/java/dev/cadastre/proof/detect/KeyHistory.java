package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.Attempt;
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
 * @param customers what of all these uses the customer's side told
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
    Uses customers,
    Runs rotations,
    List<Revocation> revocations) {
  /** Uses by what came of them. */
  public record Uses(long succeeded, long denials, long inconclusive) {
    public static final Uses NONE = new Uses(0, 0, 0);

    Uses and(Attempt attempt) {
      return switch (attempt) {
        case SUCCEEDED -> new Uses(succeeded + 1, denials, inconclusive);
        case REFUSED -> new Uses(succeeded, denials + 1, inconclusive);
        case INCONCLUSIVE -> new Uses(succeeded, denials, inconclusive + 1);
      };
    }
  }

  public KeyHistory {
    revocations = List.copyOf(revocations);
  }
}
