package dev.cadastre.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.formats.event.Birth;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.residency.ReceivedRange;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.log.AnchorBook;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.AnchorLeaf;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.Receipt;
import dev.cadastre.ledger.signed.SignedHeads;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.vault.PersonKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a ledger does, whatever its databases are. */
abstract class LedgerContract {
  static final LogName ACME = new LogName("acme");
  static final LogName OTHER = new LogName("other");
  static final LedgerSettings SETTINGS = new LedgerSettings("test.example", "eu-de");

  final TestClock clock = new TestClock();
  private final List<Ledger> opened = new ArrayList<>();

  abstract Database ledgerDatabase();

  abstract Database vaultDatabase();

  abstract SignedHeads signedHeads();

  Ledger ledger;

  @BeforeEach
  void openLedger() throws Refused {
    ledger = open();
    ledger.create(ACME);
  }

  @AfterEach
  void closeLedgers() {
    clock.release();
    opened.forEach(Ledger::close);
  }

  Ledger open() throws Refused {
    return open(SETTINGS);
  }

  Ledger open(LedgerSettings settings) throws Refused {
    TestKeys keys = new TestKeys();
    Ledger one =
        Ledger.open(ledgerDatabase(), vaultDatabase(), settings, clock, keys, keys, signedHeads());
    opened.add(one);
    return one;
  }

  static List<Receipt> append(Ledger ledger, List<Draft> drafts) {
    return assertInstanceOf(AppendResult.Appended.class, ledger.append(drafts).join()).receipts();
  }

  List<Receipt> append(List<Draft> drafts) {
    return append(ledger, drafts);
  }

  @Test
  void beginsALogWithItsBirth() throws Refused {
    Entry first = ledger.reader(ACME).entry(0);
    Birth birth = assertInstanceOf(Birth.class, EventCodec.decode(first.eventBytes()));
    assertEquals("test.example/eu-de/acme", birth.origin());
    assertEquals(List.of(new TestKeys().signerFor(birth.origin()).key().format()), birth.keys());
    assertEquals(Hash.ZERO, first.prev());
    assertEquals(1, CheckLog.check(ledger, ACME));
    assertThrows(Refused.class, () -> ledger.create(ACME));
    assertEquals(List.of(ACME), ledger.logs());
  }

  @Test
  void holdsAtEverySizeAroundATileWhenEntriesComeOneByOne() throws Refused {
    for (int size = 2; size <= 515; size++) {
      append(List.of(Drafts.plain(ACME, "r" + size)));
      if (size < 6 || Math.abs(size % 256 - 128) > 126) {
        assertEquals(size, CheckLog.check(ledger, ACME));
      }
    }
  }

  @Test
  void holdsAcrossTilesInLargeBatchesAndAfterReopening() throws Refused {
    for (int batch : new int[] {254, 1, 1, 255, 257, 1_023, 1_025, 3_000}) {
      append(Drafts.plain(ACME, "b" + ledger.reader(ACME).size() + "-", batch));
      CheckLog.check(ledger, ACME);
      ledger.close();
      ledger = open();
    }
    append(Drafts.plain(ACME, "last", 1));
    assertEquals(5_818, CheckLog.check(ledger, ACME));
  }

  @Test
  void holdsWhereTheSecondLevelOfTilesBegins() throws Refused {
    for (int i = 0; i < 65; i++) {
      append(Drafts.plain(ACME, "k" + i + "-", 1_000));
    }
    append(Drafts.plain(ACME, "m", 533));
    assertEquals(65_534, ledger.reader(ACME).size());
    for (long size = 65_535; size <= 65_538; size++) {
      append(Drafts.plain(ACME, "n" + size, 1));
      assertEquals(size, CheckLog.check(ledger, ACME));
    }
    ledger.close();
    ledger = open();
    append(Drafts.plain(ACME, "o", 300));
    assertEquals(65_838, CheckLog.check(ledger, ACME));
  }

  /** Whoever follows the logs asks from the number on that was the newest, and misses none. */
  @Test
  void numbersSegmentsOfAllLogsInTheOrderOfTheirCommits() throws Refused {
    ledger.create(OTHER);
    long before = ledger.newestSegment();
    assertEquals(List.of(), ledger.grownSince(before));
    try (Ledger second = open()) {
      for (int i = 0; i < 20; i++) {
        LogName log = i % 3 == 0 ? ACME : OTHER;
        Ledger appender = i % 2 == 0 ? ledger : second;
        assertInstanceOf(
            AppendResult.Appended.class,
            appender.append(List.of(Drafts.plain(log, "r" + i))).join());
        assertEquals(List.of(log), ledger.grownSince(before));
        assertEquals(before + 1, second.newestSegment());
        before = ledger.newestSegment();
      }
    }
  }

  @Test
  void answersEachDraftWithItsReceipt() throws Refused {
    ledger.create(OTHER);
    List<Draft> drafts =
        List.of(Drafts.plain(ACME, "a"), Drafts.plain(OTHER, "b"), Drafts.plain(ACME, "c"));
    List<Receipt> receipts = append(drafts);
    assertEquals(List.of(1L, 1L, 2L), receipts.stream().map(Receipt::index).toList());
    for (int i = 0; i < drafts.size(); i++) {
      Entry entry = ledger.reader(drafts.get(i).log()).entry(receipts.get(i).index());
      assertEquals(drafts.get(i).recordId(), receipts.get(i).recordId());
      assertEquals(entry.leafHash(), receipts.get(i).leafHash());
      assertEquals(entry.received(), receipts.get(i).receivedNs());
      assertArrayEquals(drafts.get(i).eventJcs(), entry.eventBytes());
    }
  }

  @Test
  void neverLetsReceivedGoBack() throws Refused {
    long before = append(Drafts.plain(ACME, "a", 1)).get(0).receivedNs();
    clock.move(Duration.ofHours(-3));
    assertEquals(before, append(Drafts.plain(ACME, "b", 1)).get(0).receivedNs());
    ledger.close();
    ledger = open();
    assertEquals(before, append(Drafts.plain(ACME, "c", 1)).get(0).receivedNs());
    clock.move(Duration.ofHours(3).plusNanos(1));
    assertEquals(before + 1, append(Drafts.plain(ACME, "d", 1)).get(0).receivedNs());
    CheckLog.check(ledger, ACME);
  }

  @Test
  void refusesAJudgementByAnotherPolicyThanTheNewest() throws Refused {
    append(List.of(Drafts.judged(ACME, "before", Optional.empty())));
    Receipt first = Policies.adopt(ledger, ACME, TestPolicies.allowing("DE"), "source", "test");
    AdoptedPolicy old = ledger.policy(ACME).orElseThrow();
    assertEquals(first.index(), old.index());
    assertStale(List.of(Drafts.judged(ACME, "unjudged", Optional.empty())));
    append(List.of(Drafts.judged(ACME, "judged", Optional.of(old))));
    Receipt second = Policies.adopt(ledger, ACME, TestPolicies.allowing("FR"), "source", "test");
    assertStale(List.of(Drafts.plain(ACME, "fine"), Drafts.judged(ACME, "old", Optional.of(old))));
    assertEquals(second.index(), ledger.policy(ACME).orElseThrow().index());
    append(List.of(Drafts.judged(ACME, "new", ledger.policy(ACME))));
    LogReader reader = ledger.reader(ACME);
    assertEquals(List.of(second.index(), first.index()), reader.policiesBefore(reader.size(), 9));
    assertEquals(List.of(second.index()), reader.policiesBefore(reader.size(), 1));
    assertEquals(List.of(first.index()), reader.policiesBefore(second.index(), 9));
    assertEquals(6, CheckLog.check(ledger, ACME));
  }

  @Test
  void refusesAJudgementForAnotherTimeOfReceipt() throws Refused {
    long receivedNs = append(Drafts.plain(ACME, "a", 1)).get(0).receivedNs();
    List<Draft> early = List.of(Drafts.judgedFor(ACME, "b", new ReceivedRange(0, receivedNs)));
    AppendResult result = ledger.append(early).join();
    long would = assertInstanceOf(AppendResult.Untimely.class, result).receivedNs();
    assertTrue(would >= receivedNs);
    List<Draft> mixed =
        List.of(
            Drafts.judgedFor(ACME, "c", ReceivedRange.ALWAYS),
            Drafts.judgedFor(ACME, "d", new ReceivedRange(0, receivedNs)));
    assertInstanceOf(AppendResult.Untimely.class, ledger.append(mixed).join());
    append(List.of(Drafts.judgedFor(ACME, "b", new ReceivedRange(would, Long.MAX_VALUE))));
    assertEquals(3, CheckLog.check(ledger, ACME));
  }

  private void assertStale(List<Draft> drafts) {
    AppendResult result = ledger.append(drafts).join();
    assertEquals(List.of(ACME), assertInstanceOf(AppendResult.StalePolicy.class, result).logs());
  }

  @Test
  void findsOutThatAnotherOneAdoptedAPolicy() throws Refused {
    Ledger second = open();
    assertEquals(Optional.empty(), ledger.policy(ACME));
    Policies.adopt(second, ACME, TestPolicies.allowing("DE"), "source", "test");
    assertStale(List.of(Drafts.judged(ACME, "a", ledger.policy(ACME))));
    append(List.of(Drafts.judged(ACME, "a", ledger.policy(ACME))));
    Policies.adopt(ledger, ACME, TestPolicies.allowing("FR"), "source", "test");
    Policies.adopt(second, ACME, TestPolicies.allowing("IT"), "source", "test");
    assertEquals(5, CheckLog.check(ledger, ACME));
  }

  @Test
  void appendsAllOrNothingAcrossLogs() throws Refused {
    ledger.create(OTHER);
    Policies.adopt(ledger, OTHER, TestPolicies.allowing("DE"), "source", "test");
    List<Draft> drafts =
        List.of(Drafts.plain(ACME, "a"), Drafts.judged(OTHER, "b", Optional.empty()));
    AppendResult result = ledger.append(drafts).join();
    assertEquals(List.of(OTHER), assertInstanceOf(AppendResult.StalePolicy.class, result).logs());
    assertEquals(1, ledger.reader(ACME).size());
    assertEquals(2, ledger.reader(OTHER).size());
  }

  @Test
  void commitsWhatWaitsInOneGroupAndKeepsItsOrder() throws Exception {
    clock.hold();
    CompletableFuture<AppendResult> first = ledger.append(Drafts.plain(ACME, "first", 1));
    clock.awaitReader();
    List<CompletableFuture<AppendResult>> waiting =
        IntStream.range(0, 50)
            .mapToObj(i -> ledger.append(Drafts.plain(ACME, "w" + i + "-", 3)))
            .toList();
    assertFalse(first.isDone());
    clock.release();
    for (int i = 0; i < waiting.size(); i++) {
      AppendResult result = waiting.get(i).get();
      assertEquals(
          2 + 3 * i,
          assertInstanceOf(AppendResult.Appended.class, result).receipts().get(0).index());
    }
    assertEquals(152, CheckLog.check(ledger, ACME));
  }

  @Test
  void refusesWhatDoesNotFitTheQueueUntilThereIsRoom() throws Exception {
    Ledger small = open(new LedgerSettings("test.example", "eu-de", 10_000, 5_000));
    clock.hold();
    CompletableFuture<AppendResult> taken = small.append(Drafts.plain(ACME, "t", 1));
    clock.awaitReader();
    List<CompletableFuture<AppendResult>> waiting = new ArrayList<>();
    AppendResult.Overloaded overloaded = null;
    while (overloaded == null) {
      CompletableFuture<AppendResult> next =
          small.append(Drafts.plain(ACME, "q" + waiting.size() + "-", 2));
      if (next.isDone()) {
        overloaded = assertInstanceOf(AppendResult.Overloaded.class, next.get());
      } else {
        waiting.add(next);
      }
    }
    assertTrue(overloaded.retryAfter().compareTo(Duration.ZERO) > 0);
    assertTrue(small.health().queuedBytes() <= 10_000, small.health()::toString);
    clock.release();
    waiting.add(taken);
    for (CompletableFuture<AppendResult> one : waiting) {
      assertInstanceOf(AppendResult.Appended.class, one.get());
    }
    append(small, Drafts.plain(ACME, "after", 1));
    assertEquals(1 + 2 * waiting.size() - 1 + 1, CheckLog.check(small, ACME));
    assertEquals(0, small.health().queuedBytes());
  }

  @Test
  void takesAnAppendLargerThanTheQueueWhenItIsAlone() throws Refused {
    Ledger small = open(new LedgerSettings("test.example", "eu-de", 1_000, 1_000));
    append(small, Drafts.plain(ACME, "t", 100));
    assertEquals(101, CheckLog.check(small, ACME));
  }

  @Test
  void refusesAnEventThatFitsNoEntryBeforeItIsQueued() throws Refused {
    Draft most = large(EntryFrame.MAX_EVENT_BYTES - large(0).eventJcs().length);
    append(List.of(most));
    assertEquals(EntryFrame.MAX_EVENT_BYTES, ledger.reader(ACME).entry(1).eventBytes().length);
    int tooMuch = EntryFrame.MAX_EVENT_BYTES - large(0).eventJcs().length + 1;
    assertThrows(Refused.class, () -> large(tooMuch));
    assertEquals(2, CheckLog.check(ledger, ACME));
  }

  private static Draft large(int fill) throws Refused {
    Attributes attributes = Attributes.builder().put("fill", "x".repeat(fill)).build();
    return Draft.record(
        ACME, RecordEvent.builder(Kind.OTHER, "cli").attributes(attributes).build(), List.of());
  }

  @Test
  void refusesDraftsForLogsThatAreNotThereOrNotForThem() throws Refused {
    assertThrows(IllegalArgumentException.class, () -> ledger.append(Drafts.plain(OTHER, "a", 1)));
    ledger.create(LogName.ANCHORS);
    assertThrows(
        IllegalArgumentException.class, () -> ledger.append(Drafts.plain(LogName.ANCHORS, "a", 1)));
    assertThrows(Refused.class, () -> ledger.reader(OTHER));
  }

  @Test
  void collidesWithAnotherAppenderAndLosesNothing() throws Exception {
    Ledger second = open();
    List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(ledger.append(Drafts.plain(ACME, "a" + i + "-", 2)));
      answers.add(second.append(Drafts.plain(ACME, "b" + i + "-", 3)));
      if (i % 10 == 0) {
        answers.get(answers.size() - 1).get();
      }
    }
    List<Long> indexes = new ArrayList<>();
    for (CompletableFuture<AppendResult> answer : answers) {
      AppendResult.Appended appended = assertInstanceOf(AppendResult.Appended.class, answer.get());
      for (Receipt receipt : appended.receipts()) {
        indexes.add(receipt.index());
        assertEquals(receipt.leafHash(), ledger.reader(ACME).entry(receipt.index()).leafHash());
      }
    }
    assertEquals(
        IntStream.rangeClosed(1, 1_500).mapToObj(i -> (long) i).toList(),
        indexes.stream().sorted().toList());
    assertEquals(1_501, CheckLog.check(ledger, ACME));
    assertEquals(1_501, CheckLog.check(second, ACME));
  }

  @Test
  void keepsOneCheckpointForASizeWhoeverSignsIt() throws Refused {
    Ledger second = open();
    append(Drafts.plain(ACME, "a", 10));
    byte[] first = ledger.reader(ACME).checkpoint().bytes();
    assertArrayEquals(first, second.reader(ACME).checkpoint().bytes());
    append(second, Drafts.plain(ACME, "b", 10));
    assertEquals(21, ledger.reader(ACME).checkpoint().checkpoint().size());
    assertArrayEquals(first, ledger.reader(ACME).checkpointFor(11).bytes());
    assertEquals(5, ledger.reader(ACME).checkpointFor(5).checkpoint().size());
    assertThrows(Refused.class, () -> ledger.reader(ACME).checkpointFor(22));
    assertThrows(Refused.class, () -> ledger.reader(ACME).checkpointFor(0));
    assertTrue(ledger.health().accepting());
  }

  @Test
  void aPersonHasOnePseudonymInOneLogUntilItsKeyIsDestroyed() throws Exception {
    String alice = ledger.pseudonyms(ACME).of("alice");
    assertEquals(alice, ledger.pseudonyms(ACME).of(" Alice"));
    assertNotEquals(alice, ledger.pseudonyms(ACME).of("bob"));
    ledger.create(new LogName("other"));
    String elsewhere = ledger.pseudonyms(new LogName("other")).of("alice");
    assertNotEquals(alice.replaceAll(".*[.]", ""), elsewhere.replaceAll(".*[.]", ""));
    String period = alice.substring(0, 7);
    assertEquals(List.of(new PersonKey(period, 1, false)), ledger.personKeys(ACME));
    ledger.close();
    ledger = open();
    assertEquals(List.of(alice), ledger.pseudonyms(ACME, "alice"));
    ledger.destroyPersons(ACME, period);
    assertEquals(List.of(), ledger.pseudonyms(ACME, "alice"));
    String anew = ledger.pseudonyms(ACME).of("alice");
    assertTrue(anew.startsWith(period + ".2."), anew);
    assertEquals(List.of(elsewhere), ledger.pseudonyms(new LogName("other"), "alice"));
    ledger.destroyKey(ACME);
    assertEquals(List.of(), ledger.pseudonyms(ACME, "alice"), "an erased person stays erased");
    assertEquals(
        List.of(new PersonKey(period, 1, true), new PersonKey(period, 2, true)),
        ledger.personKeys(ACME));
  }

  @Test
  void keepsDisclosuresApartAndDestroysThem() throws Refused {
    Disclosure alice = Disclosure.of(new byte[16], "enduser.id", Value.of("alice"));
    Disclosure bob = Disclosure.of(new byte[16], "enduser.id", Value.of("bob"));
    append(List.of(Drafts.disclosing(ACME, "a", alice), Drafts.disclosing(ACME, "b", bob)));
    assertEquals(List.of(alice), ledger.disclosures(ACME, 1));
    assertEquals(List.of(bob), ledger.disclosures(ACME, 2));
    assertEquals(List.of(), ledger.disclosures(ACME, 0));
    ledger.close();
    ledger = open();
    assertEquals(List.of(bob), ledger.disclosures(ACME, 2));
    ledger.destroyKey(ACME);
    assertEquals(List.of(), ledger.disclosures(ACME, 1));
    Disclosure carol = Disclosure.of(new byte[16], "enduser.id", Value.of("carol"));
    append(List.of(Drafts.disclosing(ACME, "c", carol)));
    assertEquals(List.of(carol), ledger.disclosures(ACME, 3));
    assertEquals(List.of(), ledger.disclosures(ACME, 2));
    assertEquals(4, CheckLog.check(ledger, ACME));
  }

  @Test
  void writesAnAnchorAndItsLeavesAtOnceAndOnlyAfterTheOneBefore() throws Refused {
    ledger.create(LogName.ANCHORS);
    AnchorLeaf leaf =
        new AnchorLeaf(
            ACME,
            3,
            Hash.sha256(new byte[] {7}),
            List.of(Hash.ZERO),
            ledger.reader(ACME).checkpoint());
    AnchorEvent first = new AnchorEvent("1970-01-01", 16, OptionalLong.empty(), Hash.ZERO, 5);
    append(List.of(Draft.anchor(first, List.of(leaf))));
    AnchorBook.Anchored kept = ledger.anchors().newest(ACME).orElseThrow();
    assertEquals(1, kept.anchorIndex());
    assertEquals(leaf, kept.leaf());
    AppendResult again = ledger.append(List.of(Draft.anchor(first, List.of(leaf)))).join();
    assertInstanceOf(AppendResult.StalePolicy.class, again);
    AnchorEvent second =
        new AnchorEvent("1970-01-02", 16, OptionalLong.of(1), Hash.ZERO, 86_400_000_000_001L);
    append(List.of(Draft.anchor(second, List.of())));
    assertEquals(
        List.of(new AnchorBook.Anchor(2, "1970-01-02"), new AnchorBook.Anchor(1, "1970-01-01")),
        ledger.anchors().anchors(10));
    assertEquals(Optional.of(kept), ledger.anchors().of(ACME, 1));
    assertEquals(Optional.empty(), ledger.anchors().of(ACME, 2));
    assertEquals(3, CheckLog.check(ledger, LogName.ANCHORS));
  }

  @Test
  void refusesADirectoryOfAnotherCell() {
    LedgerSettings elsewhere = new LedgerSettings("test.example", "us-va");
    assertThrows(Refused.class, () -> open(elsewhere));
  }

  @Test
  void finishesWhatWasTakenBeforeItCloses() throws Refused {
    List<CompletableFuture<AppendResult>> taken =
        IntStream.range(0, 200)
            .mapToObj(i -> ledger.append(Drafts.plain(ACME, "t" + i, 1)))
            .toList();
    ledger.close();
    for (CompletableFuture<AppendResult> one : taken) {
      assertInstanceOf(AppendResult.Appended.class, one.join());
    }
    assertInstanceOf(
        AppendResult.Unavailable.class, ledger.append(Drafts.plain(ACME, "x", 1)).join());
    ledger = open();
    assertEquals(201, CheckLog.check(ledger, ACME));
  }
}
