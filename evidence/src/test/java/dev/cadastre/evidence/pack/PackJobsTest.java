package dev.cadastre.evidence.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.anchors.Anchorer;
import dev.cadastre.anchors.Anchors;
import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.evidence.Period;
import dev.cadastre.evidence.Periods;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What packs may take of a cell, whoever asks for them and how often. */
class PackJobsTest {
  private static final LogName BANK = new LogName("bank");
  private static final LogName SHOP = new LogName("shop");
  private static final long KIB = 1024;
  private static final PackQuota QUOTA =
      new PackQuota(Duration.ofHours(1), 3, 4, 8 << 20, 12 << 20, 50, 10);

  @TempDir Path directory;
  private Instant now = Instant.parse("2026-11-14T09:00:00Z");
  private Ledger ledger;
  private final List<Long> anchors = new ArrayList<>();
  private final AtomicInteger built = new AtomicInteger();

  /** A disk on which files take their room, beside what else there is. */
  private final class Disk implements DiskSpace {
    private volatile long total = 1L << 40;
    private volatile long reserve;

    @Override
    public long free() throws IOException {
      long taken = 0;
      for (Path file : files()) {
        taken += Files.size(file);
      }
      return total - taken;
    }

    @Override
    public long reserve() {
      return reserve;
    }
  }

  private final Disk disk = new Disk();

  @BeforeEach
  void open() throws Exception {
    Path cell = directory.resolve("cell");
    CellKeys keys = CellKeys.open(cell.resolve("keys"));
    ledger =
        Ledger.open(
            SqliteStores.in(cell),
            SignedHeadsFile.in(cell),
            new LedgerSettings("test", "eu"),
            () -> now,
            keys,
            keys);
    for (LogName log : List.of(LogName.ANCHORS, LogName.CELL, BANK, SHOP)) {
      ledger.create(log);
    }
    Anchorer anchorer = new Anchorer(ledger, () -> now);
    for (int i = 0; i < 8; i++) {
      anchors.add(anchorer.anchorNow().index());
    }
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private Period period(LogName log, int anchor) throws Exception {
    return new Periods(new Anchors(ledger)).between(log, OptionalLong.empty(), anchors.get(anchor));
  }

  private List<Path> files() throws IOException {
    Path packs = directory.resolve("packs");
    if (!Files.exists(packs)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(packs)) {
      return all.toList();
    }
  }

  /** A source whose packs have that size. */
  private PackJobs.Source ofSize(long bytes) {
    return (period, out, progress) -> {
      built.incrementAndGet();
      for (long written = 0; written < bytes; written += KIB) {
        out.write(new byte[(int) KIB]);
      }
      progress.accept(period.to());
    };
  }

  private PackJobs jobs(PackJobs.Source source) {
    return new PackJobs(source, directory.resolve("packs"), () -> now, QUOTA, disk);
  }

  private static PackJob given(PackRequestResult start) {
    return assertInstanceOf(PackRequestResult.Given.class, start).job();
  }

  /** Waits for the builders to have done all before: a log's work is done in its order. */
  private PackJob finished(PackJobs jobs, PackJob job) {
    while (true) {
      PackJob found = jobs.find(job.log(), job.id()).orElseThrow();
      if (found.ended()) {
        return found;
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void thePackOfAPeriodIsBuiltOnceHoweverOftenItIsAskedFor() throws Exception {
    try (PackJobs jobs = jobs(ofSize(KIB))) {
      PackJob first = given(jobs.start(period(BANK, 0), Role.VIEWER));
      for (int i = 0; i < 828; i++) {
        PackRequestResult.Given again =
            assertInstanceOf(
                PackRequestResult.Given.class, jobs.start(period(BANK, 0), Role.VIEWER));
        assertEquals(first.id(), again.job().id());
        assertFalse(again.begun());
      }
      assertInstanceOf(PackJob.Ready.class, finished(jobs, first).state());
      assertEquals(1, built.get());
      assertEquals(1, files().size());
      PackJob other = given(jobs.start(period(SHOP, 0), Role.VIEWER));
      assertNotEquals(first.id(), other.id(), "another log's pack is another");
    }
  }

  @Test
  void ofEachLogSoManyFinishedPacksAreKeptTheNewest() throws Exception {
    try (PackJobs jobs = jobs(ofSize(KIB))) {
      PackJob other = finished(jobs, given(jobs.start(period(SHOP, 0), Role.AUDITOR)));
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        now = now.plusSeconds(1);
        ids.add(0, finished(jobs, given(jobs.start(period(BANK, i), Role.AUDITOR))).id());
      }
      assertEquals(ids.subList(0, 4), jobs.of(BANK).stream().map(PackJob::id).toList());
      assertTrue(jobs.find(SHOP, other.id()).isPresent(), "what one log asks for costs no other");
      assertEquals(5, files().size());
    }
  }

  @Test
  void packsAreBoundedInBytesOfALogAndOfTheCell() throws Exception {
    try (PackJobs jobs = jobs(ofSize(3 << 20))) {
      for (int i = 0; i < 4; i++) {
        now = now.plusSeconds(1);
        finished(jobs, given(jobs.start(period(BANK, i), Role.AUDITOR)));
      }
      assertEquals(2, jobs.of(BANK).size(), "8 MiB of a log");
      for (int i = 0; i < 4; i++) {
        now = now.plusSeconds(1);
        finished(jobs, given(jobs.start(period(SHOP, i), Role.AUDITOR)));
      }
      assertTrue(jobs.of(SHOP).size() <= 2, "8 MiB of a log");
      assertTrue(disk.free() >= disk.total - (12 << 20), "12 MiB of the cell");
      assertEquals(1, jobs.of(BANK).size(), "who has most gives most");
    }
  }

  @Test
  void aPackLargerThanALogsShareIsRefusedAndItsFileRemoved() throws Exception {
    try (PackJobs jobs = jobs(ofSize(9 << 20))) {
      PackJob job = finished(jobs, given(jobs.start(period(BANK, 0), Role.AUDITOR)));
      PackJob.Failed failed = assertInstanceOf(PackJob.Failed.class, job.state());
      assertTrue(failed.why().contains("shorter period"), failed.why());
      assertEquals(List.of(), files());
    }
  }

  @Test
  void theLedgersReserveIsLeftAloneBeforeAndWhileAPackIsWritten() throws Exception {
    try (PackJobs jobs = jobs(ofSize(4 << 20))) {
      disk.total = 10 << 20;
      disk.reserve = 1 << 20;
      PackJob first = finished(jobs, given(jobs.start(period(BANK, 0), Role.AUDITOR)));
      now = now.plusSeconds(1);
      PackJob second = finished(jobs, given(jobs.start(period(SHOP, 0), Role.AUDITOR)));
      assertInstanceOf(PackJob.Ready.class, second.state());
      now = now.plusSeconds(1);
      finished(jobs, given(jobs.start(period(SHOP, 1), Role.AUDITOR)));
      assertTrue(disk.free() >= disk.reserve, "free: " + disk.free());
      assertTrue(
          jobs.find(BANK, first.id()).isEmpty() || jobs.find(SHOP, second.id()).isEmpty(),
          "a finished pack made room");

      disk.total = 3 << 20;
      jobs.tidy();
      assertEquals(List.of(), files(), "the ledger grew into what packs had");
      PackJob none = finished(jobs, given(jobs.start(period(BANK, 2), Role.AUDITOR)));
      PackJob.Failed failed = assertInstanceOf(PackJob.Failed.class, none.state());
      assertTrue(failed.why().contains("kept for the ledger"), failed.why());
      assertEquals(List.of(), files());

      disk.total = 1;
      assertInstanceOf(PackRequestResult.NoRoom.class, jobs.start(period(BANK, 3), Role.AUDITOR));
      disk.total = 1 << 30;
      assertInstanceOf(
          PackJob.Ready.class,
          finished(jobs, given(jobs.start(period(BANK, 3), Role.AUDITOR))).state());
    }
  }

  @Test
  void finishedPacksAreRemovedAfterAnHourThoughNobodyAsks() throws Exception {
    try (PackJobs jobs = jobs(ofSize(KIB))) {
      finished(jobs, given(jobs.start(period(BANK, 0), Role.AUDITOR)));
      now = now.plus(Duration.ofHours(1));
      jobs.tidy();
      assertEquals(1, files().size());
      now = now.plusSeconds(1);
      jobs.tidy();
      assertEquals(List.of(), files());
      assertEquals(List.of(), jobs.of(BANK));
    }
  }

  @Test
  void aViewerHasAShareOfALogsBuildsAndIsToldWhenToComeAgain() throws Exception {
    try (PackJobs jobs = jobs(ofSize(KIB))) {
      for (int i = 0; i < 10; i++) {
        now = now.plusSeconds(60);
        finished(jobs, given(jobs.start(period(BANK, i % 8), Role.VIEWER)));
      }
      PackRequestResult.Later later =
          assertInstanceOf(PackRequestResult.Later.class, jobs.start(period(BANK, 2), Role.VIEWER));
      assertTrue(later.why().contains("10"), later.why());
      assertEquals(Duration.ofSeconds(3600 - 9 * 60 + 5), later.retryAfter());
      assertTrue(given(jobs.start(period(BANK, 2), Role.AUDITOR)).log().equals(BANK));
      now = now.plus(later.retryAfter());
      assertInstanceOf(PackRequestResult.Given.class, jobs.start(period(BANK, 3), Role.VIEWER));
    }
  }

  @Test
  void anErrorEndsTheJobAndNotTheBuilder() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    PackJobs.Source broken =
        (period, out, progress) -> {
          if (asked.getAndIncrement() == 0) {
            throw new StackOverflowError("injected");
          }
        };
    try (PackJobs jobs = jobs(broken)) {
      PackJob first = finished(jobs, given(jobs.start(period(BANK, 0), Role.AUDITOR)));
      assertInstanceOf(PackJob.Failed.class, first.state());
      PackJob second = finished(jobs, given(jobs.start(period(BANK, 0), Role.AUDITOR)));
      assertInstanceOf(PackJob.Ready.class, second.state());
      assertNotEquals(first.id(), second.id(), "what failed may be tried again");
    }
  }

  @Test
  void aLogThatIsStoppedIsNamedInWordsAndItsPackMayBeTriedAgain() throws Exception {
    PackJobs.Source stopped =
        (period, out, progress) -> {
          throw new LogStopped(period.log(), "segment 3 is damaged", null);
        };
    try (PackJobs jobs = jobs(stopped)) {
      PackJob job = finished(jobs, given(jobs.start(period(BANK, 0), Role.AUDITOR)));
      PackJob.Failed failed = assertInstanceOf(PackJob.Failed.class, job.state());
      assertEquals("Log bank is stopped: segment 3 is damaged.", failed.why());
      assertTrue(
          assertInstanceOf(PackRequestResult.Given.class, jobs.start(period(BANK, 0), Role.AUDITOR))
              .begun());
    }
  }

  @Test
  void packsAreTheirOwnersAlone() throws Exception {
    try (PackJobs jobs = jobs(ofSize(KIB))) {
      finished(jobs, given(jobs.start(period(BANK, 0), Role.AUDITOR)));
      assertEquals("rwx------", permissions(directory.resolve("packs")));
      assertEquals("rw-------", permissions(files().get(0)));
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void soManyOfALogMayBeUnderWay() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    PackJobs.Source held =
        (period, out, progress) -> {
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (PackJobs jobs = jobs(held)) {
      for (int i = 0; i < 3; i++) {
        given(jobs.start(period(BANK, i), Role.AUDITOR));
      }
      assertInstanceOf(PackRequestResult.Later.class, jobs.start(period(BANK, 3), Role.AUDITOR));
      PackJob last = given(jobs.start(period(BANK, 2), Role.AUDITOR));
      given(jobs.start(period(SHOP, 0), Role.AUDITOR));
      gate.countDown();
      finished(jobs, last);
    }
  }
}
