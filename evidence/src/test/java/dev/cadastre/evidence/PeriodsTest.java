package dev.cadastre.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.anchors.Anchorer;
import dev.cadastre.anchors.Anchors;
import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anchors are found by halving; each answer is compared with a walk over all of them. */
class PeriodsTest {
  private static final LogName EARLY = new LogName("early");
  private static final LogName LATE = new LogName("late");

  @TempDir Path dir;
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void whatIsFoundByHalvingIsWhatAWalkFinds() throws Exception {
    CellKeys keys = CellKeys.open(dir.resolve("keys"));
    try (Ledger ledger =
        Ledger.open(
            SqliteStores.in(dir),
            SignedHeadsFile.in(dir),
            new LedgerSettings("test", "eu"),
            () -> now,
            keys,
            keys)) {
      for (LogName log : List.of(LogName.ANCHORS, LogName.CELL, EARLY)) {
        ledger.create(log);
      }
      Anchors anchors = new Anchors(ledger);
      Anchorer anchorer = new Anchorer(ledger, () -> now);
      assertEquals(Optional.empty(), anchors.covering(EARLY, 0));
      for (int i = 0; i < 13; i++) {
        if (i == 6) {
          ledger.create(LATE);
        }
        now = now.plus(Duration.ofHours(i % 3));
        anchorer.anchorNow();
      }
      for (LogName log : List.of(EARLY, LATE, LogName.CELL)) {
        compare(anchors, log, ledger.reader(log).size());
      }
    }
  }

  private static void compare(Anchors anchors, LogName log, long size) throws Refused {
    List<Anchors.Anchored> newestFirst = anchors.of(log, 100);
    for (long index = 0; index <= size; index++) {
      Optional<Anchors.Anchored> walked = Optional.empty();
      for (Anchors.Anchored one : newestFirst) {
        walked = one.size() > index ? Optional.of(one) : walked;
      }
      assertEquals(number(walked), number(anchors.covering(log, index)), log + " " + index);
    }
    Instant first = newestFirst.get(newestFirst.size() - 1).anchor().time();
    Instant last = newestFirst.get(0).anchor().time();
    Periods periods = new Periods(anchors);
    for (Instant from = first.minusSeconds(1);
        from.isBefore(last);
        from = from.plus(Duration.ofMinutes(30))) {
      compare(periods, newestFirst, log, from, from.plus(Duration.ofMinutes(90)));
    }
    assertThrows(
        Refused.class,
        () -> periods.covering(log, Optional.empty(), Optional.of(last.plusSeconds(1))));
  }

  private static void compare(
      Periods periods, List<Anchors.Anchored> newestFirst, LogName log, Instant from, Instant to)
      throws Refused {
    if (newestFirst.get(0).anchor().time().isBefore(to)) {
      return;
    }
    Anchors.Anchored end = newestFirst.get(0);
    for (Anchors.Anchored one : newestFirst) {
      end = one.anchor().time().isBefore(to) ? end : one;
    }
    long until = end.anchor().index();
    Optional<Anchors.Anchored> start =
        newestFirst.stream()
            .filter(one -> one.anchor().index() < until)
            .filter(one -> !one.anchor().time().isAfter(from))
            .findFirst();
    Period found = periods.covering(log, Optional.of(from), Optional.of(to));
    assertEquals(until, found.after().entry().index(), from + " " + to);
    assertEquals(
        number(start), found.before().map(one -> one.entry().index()).orElse(-1L), from + " " + to);
  }

  private static long number(Optional<Anchors.Anchored> anchored) {
    return anchored.map(one -> one.anchor().index()).orElse(-1L);
  }
}
