package dev.cadastre.server.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockCheckTest {
  private static final Instant NEWEST = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir Path dir;
  private Instant now = NEWEST;

  private Cell open() throws Exception {
    CellIdentity identity = CellIdentity.settle(dir, Optional.empty(), Optional.empty());
    return Cell.open(dir, identity, () -> now);
  }

  @Test
  void thirtyDaysOfRestAreNoDoubtAndAMomentMoreIs() {
    Instant bound = NEWEST.plus(Duration.ofDays(30));
    assertEquals(Optional.empty(), ClockCheck.doubt(Optional.of(NEWEST), bound));
    assertTrue(ClockCheck.doubt(Optional.of(NEWEST), bound.plusNanos(1)).isPresent());
    assertEquals(Optional.empty(), ClockCheck.doubt(Optional.of(bound), NEWEST));
    assertEquals(Optional.empty(), ClockCheck.doubt(Optional.empty(), NEWEST));
  }

  @Test
  void nothingIsWrittenUnderAClockThatIsFarAheadUntilSomebodySaysThatItIsRight() throws Exception {
    open().close();
    now = NEWEST.plus(Duration.ofDays(400));
    try (Cell cell = open()) {
      long size = cell.ledger().reader(LogName.CELL).size();
      Refused refused = assertThrows(Refused.class, cell::requireClock);
      assertTrue(
          String.valueOf(refused.getMessage()).contains("400 days after the newest entry"),
          refused::toString);
      assertThrows(Refused.class, () -> cell.operator("cli"));
      assertEquals(size, cell.ledger().reader(LogName.CELL).size());
      cell.requireClock(true);
      cell.requireClock();
      assertEquals(size + 1, cell.ledger().reader(LogName.CELL).size(), "it is noted once");
    }
  }

  @Test
  void aLogThatIsAheadOfTheClockIsSaidToBeSo() throws Exception {
    open().close();
    now = NEWEST.minus(Duration.ofDays(400));
    try (Cell cell = open()) {
      assertTrue(cell.ledger().health().isAheadOfClock());
      assertEquals(Duration.ofDays(400), cell.ledger().health().aheadOfClock());
      now = NEWEST;
      assertEquals(Duration.ZERO, cell.ledger().health().aheadOfClock());
    }
  }

  @Test
  void neitherDateNorTimeOfAnAnchorGoesBack() throws Exception {
    try (Cell cell = open()) {
      var first = cell.anchorer().anchorNow().event();
      now = NEWEST.minus(Duration.ofDays(7_000));
      var second = cell.anchorer().anchorNow().event();
      assertEquals(first.date(), second.date());
      assertEquals(first.time(), second.time());
      now = NEWEST.plus(Duration.ofDays(1));
      var third = cell.anchorer().anchorNow().event();
      assertEquals("2026-11-02", third.date());
      assertTrue(third.time() > second.time());
    }
  }
}
