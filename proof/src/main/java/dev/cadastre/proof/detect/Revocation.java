package dev.cadastre.proof.detect;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One disabling of a key and what followed until it was enabled again.
 *
 * @param index entry of the disable
 * @param atNs when it was disabled, Unix nanoseconds
 * @param denial entry of the first denied use after it
 * @param afterNs nanoseconds from the disable to that denial: the time to revoke
 * @param uses entries of successful uses after it
 */
public record Revocation(
    long index, long atNs, OptionalLong denial, OptionalLong afterNs, Runs uses) {

  /** Time to revoke, once a denial has shown it. */
  public Optional<Duration> timeToRevoke() {
    return afterNs.isPresent()
        ? Optional.of(Duration.ofNanos(afterNs.getAsLong()))
        : Optional.empty();
  }

  /** A revocation that may still see uses. */
  static final class Watch {
    private final long index;
    private final long atNs;
    private OptionalLong denial = OptionalLong.empty();
    private OptionalLong afterNs = OptionalLong.empty();
    private final Runs.Collector uses = new Runs.Collector();

    Watch(long index, long atNs) {
      this.index = index;
      this.atNs = atNs;
    }

    /** Whether a use at {@code ns}, late as its record may be, came after the disable. */
    boolean precedes(long ns) {
      return Long.compareUnsigned(atNs, ns) < 0;
    }

    void use(long entry) {
      uses.add(entry);
    }

    void denied(long entry, long ns) {
      if (denial.isEmpty()) {
        denial = OptionalLong.of(entry);
        afterNs = OptionalLong.of(ns - atNs);
      }
    }

    Revocation revocation() {
      return new Revocation(index, atNs, denial, afterNs, uses.runs());
    }
  }
}
