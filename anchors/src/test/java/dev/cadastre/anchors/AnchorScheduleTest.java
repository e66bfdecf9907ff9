package dev.cadastre.anchors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void afterAnAnchorThatLiesInTheFutureItGoesOnByTheClock(@TempDir Path dir) throws Exception {
    Instant right = Instant.parse("2026-03-01T12:00:00Z");
    AtomicReference<Instant> now = new AtomicReference<>(right.plus(Duration.ofDays(400)));
    CellKeys keys = CellKeys.open(dir.resolve("keys"));
    try (Ledger ledger =
        Ledger.open(
            SqliteStores.in(dir),
            SignedHeadsFile.in(dir),
            new LedgerSettings("test", "eu"),
            now::get,
            keys,
            keys)) {
      ledger.create(LogName.ANCHORS);
      ledger.create(LogName.CELL);
      Anchorer anchorer = new Anchorer(ledger, now::get);
      anchorer.anchorNow();
      now.set(right);
      Anchors anchors = new Anchors(ledger);
      try (AnchorSchedule schedule =
          new AnchorSchedule(anchorer, anchors::lastClosed, DAY, now::get, () -> false)) {
        assertTrue(anchors.lastClosed().isAfter(now.get()));
        schedule.look();
        assertEquals(1, ledger.anchors().anchors(9).size(), "the day has not ended");
        for (int day = 1; day <= 3; day++) {
          now.set(right.plus(Duration.ofDays(day)));
          schedule.look();
          schedule.look();
          assertEquals(1 + day, ledger.anchors().anchors(9).size(), "one a day");
        }
      }
    }
  }

  private static Optional<LocalDate> due(String lastClosed, String now, Duration interval) {
    return AnchorSchedule.due(Instant.parse(lastClosed), Instant.parse(now), interval);
  }
}
