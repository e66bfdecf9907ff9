package dev.cadastre.ledger.model;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether the ledger takes appends.
 *
 * @param accepting false after a failed write or sync, until the process is restarted, and while
 *     the disk is full
 * @param reason why not, if not
 * @param queuedBytes bytes of events that wait for the sequencer
 * @param queueBytes how many may wait
 * @param aheadOfClock by how much the newest entry is younger than the clock says it is now; every
 *     entry of its log is given its time until the clock has caught up
 */
public record Health(
    boolean accepting,
    Optional<String> reason,
    long queuedBytes,
    long queueBytes,
    Duration aheadOfClock) {
  /** Clocks that are set right by a network make steps that are smaller. */
  private static final Duration STEP = Duration.ofSeconds(10);

  /** Whether the clock is, or was, so wrong that somebody has to look at it. */
  public boolean isAheadOfClock() {
    return aheadOfClock.compareTo(STEP) > 0;
  }
}
