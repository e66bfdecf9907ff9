package dev.cadastre.anchors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.evidence.Attester;
import dev.cadastre.evidence.Period;
import dev.cadastre.evidence.Periods;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.model.AppendResult.Appended;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import dev.cadastre.proof.anchor.AnchorReceipt;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.note.VerifierKey;
import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.tlog.TlogProof;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorerTest {
  private static final LogName BANK = new LogName("bank");
  private static final LogName SHOP = new LogName("shop");
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir Path dir;
  private Instant now = START;
  private CellKeys keys;
  private Ledger ledger;
  private Anchorer anchorer;
  private Anchors anchors;

  @BeforeEach
  void open() throws Exception {
    InstantSource clock = () -> now;
    keys = CellKeys.open(dir.resolve("keys"));
    ledger =
        Ledger.open(
            SqliteStores.in(dir),
            SignedHeadsFile.in(dir),
            new LedgerSettings("test", "eu"),
            clock,
            keys,
            keys);
    for (LogName log : List.of(LogName.ANCHORS, LogName.CELL, BANK, SHOP)) {
      ledger.create(log);
    }
    anchorer = new Anchorer(ledger, clock);
    anchors = new Anchors(ledger);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void anAnchorIsMadeBeforeALogOutgrowsAPackThoughTheDayHasNotEnded() throws Exception {
    long quarter = (1 << 20) / 4;
    Growth growth =
        new Growth(ledger, new PackLimits(100, 1 << 20, 1 << 22, 1 << 22, 400, 1 << 20));
    AnchorSchedule schedule =
        new AnchorSchedule(anchorer, anchors::lastClosed, Duration.ofDays(1), () -> now, growth);
    schedule.look();
    assertEquals(Optional.empty(), anchors.newest(), "nothing is due");
    append(SHOP, 10);
    while (anchors.newest().isEmpty()) {
      append(BANK, 20);
      schedule.look();
      long size = ledger.reader(BANK).size();
      assertTrue(size * 320 + ledger.reader(BANK).storedBytes(0, size) < 2 * quarter);
    }
    long first = anchors.of(BANK, 1).get(0).size();
    schedule.look();
    assertEquals(1, anchors.newest().orElseThrow().index(), "one is enough");
    while (anchors.newest().orElseThrow().index() == 1) {
      append(BANK, 20);
      schedule.look();
    }
    assertTrue(anchors.of(BANK, 1).get(0).size() < 2 * first + 100);
    schedule.close();
  }

  @Test
  void everyLogCanShowItsCheckpointUnderTheAnchor() throws Exception {
    append(BANK, 300);
    Anchorer.Made made = anchorer.anchorNow();

    assertEquals(3, made.logs());
    assertEquals("2026-03-01", made.event().date());
    assertEquals(16, made.event().leaves(), "few logs look like sixteen");
    for (LogName log : List.of(LogName.CELL, BANK, SHOP)) {
      Checkpoint anchored = receipt(log, made.index()).verify(List.of(key(log)));
      assertEquals(ledger.reader(log).size(), anchored.size());
      assertEquals(ledger.reader(log).frontier(anchored.size()).root(), anchored.root());
    }
  }

  @Test
  void oneTenantsReceiptIsNoneForAnother() throws Exception {
    Anchorer.Made made = anchorer.anchorNow();
    AnchorReceipt bank = receipt(BANK, made.index());
    AnchorReceipt shop = receipt(SHOP, made.index());
    AnchorReceipt mixed =
        new AnchorReceipt(bank.entry(), bank.salt(), bank.proof(), shop.checkpoint());

    assertThrows(Refused.class, () -> mixed.verify(List.of(key(SHOP))));
    assertThrows(Refused.class, () -> bank.verify(List.of(key(SHOP))));
  }

  @Test
  void theAnchorIsInThePublicLogAndNamesNoTenant() throws Exception {
    Anchorer.Made made = anchorer.anchorNow();
    AnchorReceipt receipt = receipt(BANK, made.index());
    TlogProof proof = anchors.proof(made.index(), made.index() + 1);

    assertEquals(1, proof.checkpoint().verify(List.of(key(LogName.ANCHORS))).size());
    proof.inclusion().verify(receipt.entry().leafHash(), root(proof));
    String entry = new String(receipt.entry().bytes(), StandardCharsets.UTF_8);
    assertFalse(entry.contains("bank") || entry.contains("shop"), entry);
  }

  @Test
  void anchorsFollowOneAnotherAndAreFoundByWhatTheyCover() throws Exception {
    Anchorer.Made first = anchorer.anchorNow();
    now = now.plus(Duration.ofDays(1));
    append(BANK, 10);
    Anchorer.Made second = anchorer.anchorNow();

    assertEquals(OptionalLong.empty(), first.event().previous());
    assertEquals(OptionalLong.of(first.index()), second.event().previous());
    assertEquals(second.index(), anchors.newest().orElseThrow().index());
    assertEquals(first.index(), anchors.covering(BANK, 0).orElseThrow().anchor().index());
    assertEquals(second.index(), anchors.covering(BANK, 5).orElseThrow().anchor().index());
    append(BANK, 1);
    assertEquals(Optional.empty(), anchors.covering(BANK, 13));
    assertEquals(Optional.empty(), anchors.find(99));
  }

  @Test
  void anAnchorIsReceivedNoSoonerThanItIsMadeThoughTheClockGoesBack() throws Exception {
    append(BANK, 1);
    now = now.minus(Duration.ofHours(1));
    Anchorer.Made made = anchorer.anchorNow();
    long received = ledger.reader(LogName.ANCHORS).entry(made.index()).received();
    assertTrue(received >= made.event().time(), received + " < " + made.event().time());
  }

  @Test
  void saltsAndPlacesChangeFromAnchorToAnchor() throws Exception {
    AnchorReceipt first = receipt(BANK, anchorer.anchorNow().index());
    AnchorReceipt second = receipt(BANK, anchorer.anchorNow().index());

    assertNotEquals(first.salt(), second.salt());
    assertNotEquals(first.anchor().root(), second.anchor().root());
  }

  @Test
  void anchorsMadeAtOnceAllCome() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Anchorer.Made>> futures = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        futures.add(threads.submit(() -> new Anchorer(ledger, () -> now).anchorNow()));
      }
      for (Future<Anchorer.Made> future : futures) {
        long index = future.get().index();
        receipt(BANK, index).verify(List.of(key(BANK)));
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(5, anchors.logSize());
  }

  @Test
  void aPeriodLiesBetweenAnchorsAndAlwaysAttestsTheSame() throws Exception {
    append(BANK, 5);
    Anchorer.Made first = anchorer.anchorNow();
    now = now.plus(Duration.ofDays(1));
    append(BANK, 300);
    Anchorer.Made second = anchorer.anchorNow();
    Periods periods = new Periods(anchors);

    Period period = periods.between(BANK, OptionalLong.of(first.index()), second.index());
    assertEquals(7, period.from());
    assertEquals(308, period.to());
    Attester.Attested attested = new Attester(ledger, keys).attest(period);
    assertEquals(300, attested.attestation().kinds().of("other"));
    assertEquals(
        attested.attestation().statement(), attested.envelope().verify(List.of(key(BANK))));
    assertArrayEquals(
        attested.envelope().toJson().jcs(),
        new Attester(ledger, keys).attest(period).envelope().toJson().jcs());
  }

  @Test
  void askedForTimesWidenToTheAnchorsAroundThem() throws Exception {
    Anchorer.Made first = anchorer.anchorNow();
    now = START.plus(Duration.ofDays(1));
    Anchorer.Made second = anchorer.anchorNow();
    now = START.plus(Duration.ofDays(2));
    Anchorer.Made third = anchorer.anchorNow();
    Periods periods = new Periods(anchors);

    Period all = periods.covering(BANK, Optional.empty(), Optional.empty());
    assertTrue(all.before().isEmpty());
    assertEquals(third.index(), all.after().entry().index());

    Instant within = START.plus(Duration.ofHours(3));
    Period day = periods.covering(BANK, Optional.of(within), Optional.of(within));
    assertEquals(first.index(), day.before().orElseThrow().entry().index());
    assertEquals(second.index(), day.after().entry().index());
    assertThrows(
        Refused.class,
        () ->
            periods.covering(BANK, Optional.empty(), Optional.of(START.plus(Duration.ofDays(9)))));
  }

  @Test
  void aPeriodThatEndsBeforeItStartsIsRefused() {
    long first = anchorer.anchorNow().index();
    long second = anchorer.anchorNow().index();
    Periods periods = new Periods(anchors);

    assertThrows(Refused.class, () -> periods.between(BANK, OptionalLong.of(second), first));
    assertThrows(Refused.class, () -> periods.between(BANK, OptionalLong.empty(), 77));
  }

  private AnchorReceipt receipt(LogName log, long anchor) {
    return anchors.receipt(log, anchor).orElseThrow();
  }

  private VerifierKey key(LogName log) {
    return keys.signerFor(ledger.settings().origin(log)).key();
  }

  private static Hash root(TlogProof proof) throws Refused {
    return Checkpoint.of(proof.checkpoint()).root();
  }

  private void append(LogName log, int count) throws Exception {
    RecordEvent event = RecordEvent.builder(Kind.OTHER, "cli").build();
    Draft draft = Draft.record(log, event, List.of());
    var drafts = IntStream.range(0, count).mapToObj(i -> draft).toList();
    assertInstanceOf(Appended.class, ledger.append(drafts).join());
  }
}
