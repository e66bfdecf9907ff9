package dev.cadastre.anchors;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes every interval, normally every UTC day, with an anchor, and makes one in between before a
 * log outgrows what a pack may hold. Intervals are counted from the Unix epoch, so that one of 24
 * hours ends at midnight UTC. A cell that was down over the end of an interval anchors when it is
 * up again. A failure is logged and tried again at the next look; it never touches ingest.
 */
public final class AnchorSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AnchorSchedule.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(20);

  private final Anchorer anchorer;
  private final Supplier<Instant> lastClosed;
  private final Duration interval;
  private final InstantSource clock;
  private final BooleanSupplier outgrown;

  /** When this schedule made its last anchor, or began, by its own clock. */
  private Instant madeLast;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "anchor-schedule");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param lastClosed when the newest anchor was made, or the anchors log was born
   * @param interval at least a minute
   * @param outgrown whether a log has grown too long to wait for the interval's end
   */
  public AnchorSchedule(
      Anchorer anchorer,
      Supplier<Instant> lastClosed,
      Duration interval,
      InstantSource clock,
      BooleanSupplier outgrown) {
    if (interval.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("anchors are at least a minute apart, not " + interval);
    }
    this.anchorer = anchorer;
    this.lastClosed = lastClosed;
    this.interval = interval;
    this.clock = clock;
    this.madeLast = clock.instant();
    this.outgrown = outgrown;
  }

  public void start() {
    long period = LOOK_EVERY.toSeconds();
    var unused = timer.scheduleWithFixedDelay(this::look, period, period, TimeUnit.SECONDS);
  }

  /** Makes the anchor that is due, if one is. */
  void look() {
    try {
      Instant now = clock.instant();
      Instant closed = lastClosed.get();
      // Of an anchor that was made when the clock was ahead: intervals are counted on without it.
      Optional<LocalDate> day = due(closed.isAfter(now) ? madeLast : closed, now, interval);
      if (day.isPresent()) {
        made(anchorer.anchor(day.get()), now);
      } else if (outgrown.getAsBoolean()) {
        made(anchorer.anchorNow(), now);
      }
    } catch (RuntimeException e) {
      LOG.warn(
          "no anchor was made, trying again in {} s: {}", LOOK_EVERY.toSeconds(), e.toString());
    }
  }

  private void made(Anchorer.Made made, Instant now) {
    madeLast = now;
    LOG.info("anchor {} closes {} over {} logs", made.index(), made.event().date(), made.logs());
    made.leftOut().keySet().forEach(log -> LOG.error("it leaves out log {}", log));
  }

  /** The UTC day to close, when an interval has ended since the last one was closed. */
  static Optional<LocalDate> due(Instant lastClosed, Instant now, Duration interval) {
    long seconds = interval.toSeconds();
    long current = Math.floorDiv(now.getEpochSecond(), seconds);
    if (Math.floorDiv(lastClosed.getEpochSecond(), seconds) >= current) {
      return Optional.empty();
    }
    Instant end = Instant.ofEpochSecond(current * seconds).minusNanos(1);
    return Optional.of(end.atZone(ZoneOffset.UTC).toLocalDate());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
