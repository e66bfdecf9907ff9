package dev.cadastre.formats.event;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the server found of a sender's own signature over its record ({@code
 * audit.integrity.value}). Written by the server alone. A signature never covers the record's
 * Resource, so nothing that stands there, {@code cloud.region} for one, is signed.
 *
 * @param algorithm as the sender named it
 * @param covers which members of the event the signature is over, as they came; empty unless
 *     verified
 * @param key the trusted key: {@code sha256:} with the hash of its certificate or public key (DER),
 *     or {@code hmac:} with the operator's name for the secret; empty if none is known
 * @param reason why it is not verified; empty if it is
 */
public record Integrity(
    Status status, String algorithm, List<String> covers, String key, String reason) {

  /** What came of checking. */
  public enum Status {
    /** A key that the operator trusts for this tenant signed the record as it came. */
    VERIFIED("verified"),
    /** It is no signature of the trusted keys it should be of: somebody altered or made it up. */
    INVALID("invalid"),
    /** There is no trusted key to check it with, so nothing can be said. */
    UNTRUSTED("untrusted");

    private final String wire;

    Status(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }

    static Optional<Status> of(String wire) {
      for (Status status : values()) {
        if (status.wire.equals(wire)) {
          return Optional.of(status);
        }
      }
      return Optional.empty();
    }
  }

  private static final Set<String> COVERABLE =
      Set.of("attributes", "body", "name", "observed", "severity", "span", "time", "trace");

  private static final String SHARED = "HMAC-SHA256";
  private static final Set<String> ALGORITHMS = Set.of("EdDSA", "ES256", "RS256", SHARED);
  private static final Pattern PUBLIC = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern SECRET = Pattern.compile("hmac:.+", Pattern.DOTALL);

  public Integrity {
    covers = List.copyOf(covers);
  }

  /**
   * A signature that holds.
   *
   * @param covers ascending
   */
  public static Integrity verified(String algorithm, List<String> covers, String key) {
    return new Integrity(Status.VERIFIED, algorithm, covers, key, "");
  }

  /** A signature that does not hold, or cannot be checked. */
  public static Integrity failed(Status status, String algorithm, String key, String reason) {
    return new Integrity(status, algorithm, List.of(), key, reason);
  }

  /** The same over no more than the members that are there. */
  Integrity over(Predicate<String> there) {
    return new Integrity(status, algorithm, covers.stream().filter(there).toList(), key, reason);
  }

  private boolean keyOf(String algorithm) {
    Pattern form = algorithm.equals(SHARED) ? SECRET : PUBLIC;
    return ALGORITHMS.contains(algorithm) && form.matcher(key).matches();
  }

  /** What an entry may say: a verified one names key and cover, every other one its reason. */
  void require() throws Refused {
    boolean verified = status == Status.VERIFIED;
    if (verified != reason.isEmpty() || verified == covers.isEmpty() || verified && key.isEmpty()) {
      throw new Refused("expected key and cover of a verified signature, or else a reason");
    }
    if (verified && !ALGORITHMS.contains(algorithm) || !key.isEmpty() && !keyOf(algorithm)) {
      throw new Refused(
          "expected a known algorithm and a key of it, found "
              + Encodings.quote(algorithm)
              + " and "
              + Encodings.quote(key));
    }
    String before = "";
    for (String name : covers) {
      if (!COVERABLE.contains(name) || name.compareTo(before) <= 0) {
        throw new Refused(
            "expected members that can be signed, in order, found " + Encodings.quote(name));
      }
      before = name;
    }
  }
}
