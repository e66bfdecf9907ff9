package dev.cadastre.ledger.search;

import java.util.List;
import java.util.Optional;

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

  /** Uses of the key in one hour or day, and attempts that were refused. */
  public record Uses(long fromNs, long toNs, long uses, long refusals) {}

  /**
   * One disabling of the key.
   *
   * @param disabled the event that disabled it
   * @param lastUse the last use before it that was not refused
   * @param firstRefusal the first use after it that was refused
   * @param usesAfter uses after it, before the key was enabled again, that were not refused
   * @param enabled the event that enabled it again
   */
  public record Revocation(
      EventRow disabled,
      Optional<EventRow> lastUse,
      Optional<EventRow> firstRefusal,
      long usesAfter,
      Optional<EventRow> enabled) {
    /** Nanoseconds from the disabling to the first refused use, by the events' own times. */
    public Optional<Long> timeToRevokeNs() {
      return firstRefusal.map(refusal -> refusal.timeNs() - disabled.timeNs());
    }
  }
}
