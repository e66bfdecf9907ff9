package dev.cadastre.portal.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lets each of many do something so often at once, and then one each interval (a token bucket). Who
 * did nothing for long is forgotten, so what it remembers is bounded. Safe for concurrent use.
 */
public final class Meter {
  private static final int REMEMBERED_MAX = 10_000;

  private final InstantSource clock;
  private final Duration full;
  private final Duration interval;
  private final Map<String, Instant> emptyUntil =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  /**
   * @param burst how often at once
   * @param interval how long each waits for the next after that
   */
  public Meter(InstantSource clock, int burst, Duration interval) {
    this.clock = clock;
    this.full = interval.multipliedBy(burst);
    this.interval = interval;
  }

  /** Counts one by that name; if it is one too many, counts nothing and says how long to wait. */
  public Optional<Duration> take(String who) {
    Instant now = clock.instant();
    synchronized (emptyUntil) {
      Instant since = emptyUntil.getOrDefault(who, now);
      Instant next = (since.isBefore(now) ? now : since).plus(interval);
      Duration over = Duration.between(now.plus(full), next);
      if (!over.isNegative() && !over.isZero()) {
        return Optional.of(over.plusSeconds(1));
      }
      emptyUntil.put(who, next);
      return Optional.empty();
    }
  }
}
