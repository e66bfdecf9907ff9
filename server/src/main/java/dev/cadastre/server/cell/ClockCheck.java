package dev.cadastre.server.cell;

import dev.cadastre.formats.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Whether the clock may be believed. An entry's time of receipt never goes back, so that one entry
 * written under a clock that is years ahead gives its time to all that follow.
 */
final class ClockCheck {
  /** A cell that rested longer than this is rare, and a clock that is wrong by more is not. */
  static final Duration BOUND = Duration.ofDays(30);

  private ClockCheck() {}

  /**
   * What speaks against writing now: that the clock is further ahead of the newest entry than
   * {@link #BOUND}.
   *
   * @param newest when the newest entry was received
   */
  static Optional<Refused> doubt(Optional<Instant> newest, Instant now) {
    return newest
        .map(entry -> Duration.between(entry, now))
        .filter(since -> since.compareTo(BOUND) > 0)
        .map(
            since ->
                new Refused(
                    "the clock says "
                        + now.truncatedTo(ChronoUnit.SECONDS)
                        + ", which is "
                        + since.toDays()
                        + " days after the newest entry; every entry from then on would keep at"
                        + " least that time. Set the clock, or if it is right, say so once with:"
                        + " cadastre serve --the-clock-is-right"));
  }
}
