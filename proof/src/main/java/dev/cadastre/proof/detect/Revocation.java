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
}
