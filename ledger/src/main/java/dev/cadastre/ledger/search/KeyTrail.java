package dev.cadastre.ledger.search;

import dev.cadastre.formats.event.KeyScope;
import dev.cadastre.proof.detect.Revocation.Use;
import dev.cadastre.proof.detect.Runs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A key's life as the log tells it.
 *
 * @param lifecycle its lifecycle events, oldest first
 * @param uses per hour or day, oldest first, without gaps
 * @param revocations each disabling and what followed, oldest first
 */
public record KeyTrail(
    Summary.KeySeen key,
    List<EventRow> lifecycle,
    List<Uses> uses,
    List<BreachSeen> breaches,
    List<Revocation> revocations) {

  /**
   * Uses of the key in one hour or day, those that were refused, and those that failed otherwise.
   */
  public record Uses(long fromNs, long toNs, long uses, long refusals, long inconclusive) {}

  /**
   * One disabling of the key or of a version, or withdrawal of an identity's access. Uses are those
   * in its scope. When it took hold is an interval: after the last use, and no later than the first
   * refusal.
   *
   * @param scope what was taken away
   * @param disabled the event that took it away
   * @param lastUse the last use that succeeded before the first refusal, or so far
   * @param firstRefusal the first use after it that was refused
   * @param usesAfter uses after it, before the key was enabled again, that succeeded
   * @param inconclusiveAfter those that failed, and nothing tells that they were refused
   * @param enabled the event that enabled it again
   */
  public record Revocation(
      KeyScope scope,
      EventRow disabled,
      Optional<EventRow> lastUse,
      Optional<EventRow> firstRefusal,
      long usesAfter,
      long inconclusiveAfter,
      Optional<EventRow> enabled) {
    /** Nanoseconds from the disabling to the first refused use, by the events' own times. */
    public Optional<Long> timeToRevokeNs() {
      return told().timeToRevoke().map(Duration::toNanos);
    }

    /** Nanoseconds from the disabling to the last use before that, and 0 if that was earlier. */
    public Optional<Long> timeToRevokeAtLeastNs() {
      return told().timeToRevokeAtLeast().map(Duration::toNanos);
    }

    /** The same as an attestation tells it. */
    private dev.cadastre.proof.detect.Revocation told() {
      return new dev.cadastre.proof.detect.Revocation(
          scope,
          disabled.index(),
          disabled.timeNs(),
          lastUse.map(use -> new Use(use.index(), use.timeNs())),
          firstRefusal.map(EventRow::index).map(OptionalLong::of).orElse(OptionalLong.empty()),
          firstRefusal
              .map(refusal -> OptionalLong.of(refusal.timeNs() - disabled.timeNs()))
              .orElse(OptionalLong.empty()),
          Runs.NONE,
          Runs.NONE);
    }
  }
}
