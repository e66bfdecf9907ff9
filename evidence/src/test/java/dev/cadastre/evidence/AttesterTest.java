package dev.cadastre.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.anchors.Anchorer;
import dev.cadastre.anchors.Anchors;
import dev.cadastre.anchors.DecodedEntries;
import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.AppendResult.Appended;
import dev.cadastre.ledger.model.CheckpointSigner;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import dev.cadastre.proof.attestation.Dsse;
import dev.cadastre.proof.note.NoteSigner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What computing an attestation costs, whoever asks and how often. */
class AttesterTest {
  private static final LogName BANK = new LogName("bank");

  @TempDir Path dir;
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private CellKeys keys;
  private Ledger ledger;
  private Anchorer anchorer;

  @BeforeEach
  void open() throws Exception {
    keys = CellKeys.open(dir.resolve("keys"));
    ledger =
        Ledger.open(
            SqliteStores.in(dir),
            SignedHeadsFile.in(dir),
            new LedgerSettings("test", "eu"),
            () -> now,
            keys,
            keys);
    for (LogName log : List.of(LogName.ANCHORS, LogName.CELL, BANK)) {
      ledger.create(log);
    }
    anchorer = new Anchorer(ledger, () -> now);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  /** Every computation signs once, here when it is let go on. */
  private final class HeldSigner implements CheckpointSigner {
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private final AtomicInteger signed = new AtomicInteger();

    @Override
    public NoteSigner signerFor(String origin) {
      signed.incrementAndGet();
      reached.countDown();
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return keys.signerFor(origin);
    }
  }

  private Period period() throws Exception {
    append(5);
    now = now.plus(Duration.ofDays(1));
    long index = anchorer.anchorNow().index();
    return new Periods(new Anchors(ledger)).between(BANK, OptionalLong.empty(), index);
  }

  private void append(int count) throws Exception {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RecordEvent event =
          RecordEvent.builder(Kind.DATA_ACCESS, "cli").id("r" + now + "-" + i).build();
      drafts.add(Draft.record(BANK, event, List.of()));
    }
    assertTrue(ledger.append(drafts).join() instanceof Appended);
  }

  @Test
  void aPeriodIsComputedOnceForAllWhoAskAtATimeAndLater() throws Exception {
    Period period = period();
    HeldSigner signer = new HeldSigner();
    ExecutorService visitors = Executors.newFixedThreadPool(20);
    try (Attester attester = new Attester(ledger, signer)) {
      AttestationWork first = attester.begin(period).orElseThrow();
      assertTrue(signer.reached.await(60, TimeUnit.SECONDS), () -> "not read: " + first.progress());
      assertEquals(Optional.empty(), first.await(0), "not done, and nobody is kept");
      assertEquals(1.0, first.progress(), "all entries are read, though not signed for");
      assertSame(first, attester.begin(period).orElseThrow());
      List<Future<Attester.Attested>> asked = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        asked.add(visitors.submit(() -> attester.attest(period)));
      }
      signer.held.countDown();
      for (Future<Attester.Attested> one : asked) {
        assertSame(first.await(10_000).orElseThrow(), one.get());
      }
      assertSame(first.join(), attester.attest(period));
      assertEquals(1, signer.signed.get());
    } finally {
      visitors.shutdownNow();
    }
  }

  @Test
  void oneLogMayHaveSoManyComputationsWaiting() throws Exception {
    HeldSigner signer = new HeldSigner();
    List<Period> periods = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      periods.add(period());
    }
    try (Attester attester = new Attester(ledger, signer)) {
      for (Period period : periods.subList(0, 8)) {
        assertTrue(attester.begin(period).isPresent());
      }
      assertEquals(Optional.empty(), attester.begin(periods.get(8)));
      assertTrue(attester.begin(periods.get(3)).isPresent(), "what is begun may be asked for");
      signer.held.countDown();
      for (Period period : periods) {
        assertEquals(period.to(), attester.attest(period).attestation().scope().to());
      }
      assertTrue(attester.begin(periods.get(8)).isPresent());
    }
  }

  @Test
  void whatFailsIsAnsweredAndNotComputedAgainByEachWhoAsks() throws Exception {
    Period period = period();
    AtomicInteger signed = new AtomicInteger();
    CheckpointSigner broken =
        origin -> {
          signed.incrementAndGet();
          throw new StackOverflowError("injected");
        };
    try (Attester attester = new Attester(ledger, broken)) {
      assertThrows(StorageFailure.class, () -> attester.attest(period));
      assertThrows(StorageFailure.class, () -> attester.attest(period));
      assertThrows(StorageFailure.class, () -> attester.begin(period).orElseThrow().await(10_000));
      assertEquals(1, signed.get(), "a page that looks again does not start it again at once");
    }
  }

  @Test
  void nobodyWaitsForAnAttesterThatIsClosed() throws Exception {
    Period period = period();
    HeldSigner signer = new HeldSigner();
    Attester attester = new Attester(ledger, signer);
    AttestationWork work = attester.begin(period).orElseThrow();
    attester.close();
    assertThrows(StorageFailure.class, () -> work.await(10_000));
    signer.held.countDown();
  }

  @Test
  void readingOnSeveralThreadsKeepsTheOrderAndTheBytes() throws Exception {
    append(5_000);
    Period period = period();
    List<Long> read = new ArrayList<>();
    DecodedEntries.forEach(ledger.reader(BANK), 3, period.to(), entry -> read.add(entry.index()));
    assertEquals(period.to() - 3, read.size());
    for (int i = 0; i < read.size(); i++) {
      assertEquals(3 + i, read.get(i));
    }
    try (Attester one = new Attester(ledger, keys);
        Attester other = new Attester(ledger, keys)) {
      assertArrayEquals(
          one.attest(period).envelope().toJson().jcs(),
          other.attest(period).envelope().toJson().jcs());
    }
  }

  @Test
  void whatIsKeptIsBoundedInWhatItWeighsAndTheNewestStays() throws Exception {
    Attester.Attested some;
    try (Attester attester = new Attester(ledger, keys)) {
      some = attester.attest(period());
    }
    AttestationCache<String> cache = new AttestationCache<>(1 << 20);
    for (int i = 0; i < 1000; i++) {
      cache.put("small" + i, weighing(some, 1_000));
      assertTrue(cache.used() <= 1 << 20, "used: " + cache.used());
    }
    assertTrue(cache.size() > 50 && cache.size() < 200, "kept: " + cache.size());
    cache.put("huge", weighing(some, 10 << 20));
    assertEquals(1, cache.size());
    assertTrue(cache.get("huge").isPresent(), "whoever waited for it is shown it");
    cache.put("small", weighing(some, 1_000));
    assertEquals(Optional.empty(), cache.get("huge"));
  }

  private static Attester.Attested weighing(Attester.Attested like, int bytes) {
    return new Attester.Attested(
        like.attestation(), new Dsse("x".repeat(bytes), like.envelope().signatures()));
  }

  /** So that a cell elsewhere can be attested for over HTTP. */
  @Test
  void aLogReadFromItsTilesAloneGivesTheSameBytes() throws Exception {
    append(600);
    Period first = period();
    long anchor = first.after().entry().index();
    append(300);
    now = now.plus(Duration.ofDays(1));
    long next = anchorer.anchorNow().index();
    Period second = new Periods(new Anchors(ledger)).between(BANK, OptionalLong.of(anchor), next);
    LogReader reader = ledger.reader(BANK);
    TileLog remote = new TileLog(BANK, reader.origin(), reader.size(), reader::tile);
    try (Attester here = new Attester(ledger, keys);
        Attester there = new Attester(log -> remote, keys)) {
      for (Period period : List.of(first, second)) {
        assertArrayEquals(
            here.attest(period).envelope().toJson().jcs(),
            there.attest(period).envelope().toJson().jcs());
        assertEquals(reader.frontier(period.to()).root(), remote.frontier(period.to()).root());
        assertEquals(
            reader.inclusion(period.from(), period.to()),
            remote.inclusion(period.from(), period.to()));
      }
    }
  }
}
