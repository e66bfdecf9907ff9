package dev.cadastre.anchors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnchorScheduleTest {
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void closesTheDayThatEndedAtMidnight() {
    assertEquals(
        Optional.of(LocalDate.parse("2026-03-01")),
        due("2026-03-01T12:00:00Z", "2026-03-02T00:00:00Z", DAY));
  }

  @Test
  void waitsUntilTheDayHasEnded() {
    assertEquals(Optional.empty(), due("2026-03-01T00:00:00Z", "2026-03-01T23:59:59.999Z", DAY));
  }

  @Test
  void closesTheLastEndedDayAfterDaysOfRest() {
    assertEquals(
        Optional.of(LocalDate.parse("2026-03-04")),
        due("2026-03-01T12:00:00Z", "2026-03-05T08:30:00Z", DAY));
  }

  @Test
  void shorterIntervalsCloseWithinTheDay() {
    Duration hour = Duration.ofHours(1);
    assertEquals(
        Optional.of(LocalDate.parse("2026-03-01")),
        due("2026-03-01T12:59:59Z", "2026-03-01T13:00:01Z", hour));
    assertEquals(Optional.empty(), due("2026-03-01T13:00:01Z", "2026-03-01T13:59:59Z", hour));
  }

  private static Optional<LocalDate> due(String lastClosed, String now, Duration interval) {
    return AnchorSchedule.due(Instant.parse(lastClosed), Instant.parse(now), interval);
  }
}
