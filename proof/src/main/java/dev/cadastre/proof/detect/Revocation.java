package dev.cadastre.proof.detect;

import dev.cadastre.formats.event.KeyScope;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One disabling of a key or of a version, or withdrawal of an identity's access, and what followed
 * in its scope until that was given back. When it took hold is an interval: after the last use that
 * succeeded, and no later than the first that was refused.
 *
 * @param scope what was taken away
 * @param index entry of the disable
 * @param atNs when it was disabled, Unix nanoseconds
 * @param lastUse the last successful use before the denial, or so far
 * @param denial entry of the first refused use after it
 * @param afterNs nanoseconds from the disable to that denial: the time to revoke, at most
 * @param uses entries of successful uses after it
 * @param inconclusive entries of uses after it that failed, and nothing tells that they were
 *     refused
 */
public record Revocation(
    KeyScope scope,
    long index,
    long atNs,
    Optional<Use> lastUse,
    OptionalLong denial,
    OptionalLong afterNs,
    Runs uses,
    Runs inconclusive) {

  /** A use by its entry and when it happened, Unix nanoseconds. */
  public record Use(long index, long atNs) {}

  /** Time to revoke at most, once a denial has shown it. */
  public Optional<Duration> timeToRevoke() {
    return afterNs.isPresent()
        ? Optional.of(Duration.ofNanos(afterNs.getAsLong()))
        : Optional.empty();
  }

  /**
   * Time to revoke at least: for so long it was used, once a denial has shown that it no more is.
   */
  public Optional<Duration> timeToRevokeAtLeast() {
    return timeToRevoke().map(most -> least(most.toNanos())).map(Duration::ofNanos);
  }

  private long least(long mostNs) {
    long usedNs = lastUse.map(use -> use.atNs() - atNs).orElse(0L);
    return Math.max(0, Math.min(usedNs, mostNs));
  }
}
