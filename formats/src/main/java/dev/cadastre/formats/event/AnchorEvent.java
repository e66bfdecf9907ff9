package dev.cadastre.formats.event;

import dev.cadastre.formats.Hash;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One anchor: the root over the blinded checkpoints of a cell's logs. Only in the cell's anchors
 * log.
 *
 * @param date the UTC day it closes, {@code YYYY-MM-DD}: the day of {@code time} or the one before
 * @param leaves number of leaves of the blinded tree, a power of two of at least {@link
 *     #MIN_LEAVES}
 * @param previous index of the anchor before; empty for the first
 * @param root root of the blinded tree
 * @param time when it was made, Unix nanoseconds
 * @param incomplete whether a log was left out, because it is stopped
 * @param takenBack the logs that were taken back since the anchor before, if any were
 */
public record AnchorEvent(
    String date,
    long leaves,
    OptionalLong previous,
    Hash root,
    long time,
    boolean incomplete,
    Optional<TakenBackTree> takenBack)
    implements Event {
  public static final String KIND = "anchor";

  /** So that a cell with a few tenants looks like one with sixteen. */
  public static final int MIN_LEAVES = 16;

  private static final long NS = 1_000_000_000L;

  /**
   * A tree like an anchor's over what each log that was taken back was signed with and what it went
   * on from.
   *
   * @param leaves number of leaves, a power of two of at least {@link #MIN_LEAVES}
   */
  public record TakenBackTree(long leaves, Hash root) {}

  /** An anchor over all logs, none of which was taken back. */
  public AnchorEvent(String date, long leaves, OptionalLong previous, Hash root, long time) {
    this(date, leaves, previous, root, time, false, Optional.empty());
  }

  /** The UTC day of a time in unsigned Unix nanoseconds. */
  public static LocalDate day(long timeNs) {
    return Instant.ofEpochSecond(Long.divideUnsigned(timeNs, NS))
        .atZone(ZoneOffset.UTC)
        .toLocalDate();
  }

  /**
   * The date of an anchor that closes {@code day}: that day, but never later than its time, and at
   * most a day earlier, even where the log is ahead of the clock.
   */
  public static LocalDate date(LocalDate day, long timeNs) {
    LocalDate made = day(timeNs);
    return day.isAfter(made) ? made : day.isBefore(made) ? made.minusDays(1) : day;
  }

  @Override
  public String kindWire() {
    return KIND;
  }
}
