package dev.cadastre.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.AppendResult.Clash;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LedgerSettings.RecordWindow;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.OnConflict;
import dev.cadastre.ledger.model.Receipt;
import dev.cadastre.ledger.signed.SignedHeads;
import dev.cadastre.ledger.store.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A record's id stands for one record, whatever the databases are. */
public abstract class RecordIdContract {
  private static final LogName ACME = new LogName("acme");
  private static final LogName OTHER = new LogName("other");
  private static final LedgerSettings SETTINGS = new LedgerSettings("test.example", "eu-de");

  private final TestClock clock = new TestClock();
  private final List<Ledger> opened = new ArrayList<>();
  private Ledger ledger;

  abstract Database ledgerDatabase();

  abstract Database vaultDatabase();

  abstract SignedHeads signedHeads();

  @BeforeEach
  void openLedger() throws Refused {
    ledger = open(SETTINGS);
    ledger.create(ACME);
  }

  @AfterEach
  void closeLedgers() {
    clock.release();
    opened.forEach(Ledger::close);
  }

  private Ledger open(LedgerSettings settings) throws Refused {
    TestKeys keys = new TestKeys();
    Ledger one =
        Ledger.open(ledgerDatabase(), vaultDatabase(), settings, clock, keys, keys, signedHeads());
    opened.add(one);
    return one;
  }

  private Ledger reopened() throws Refused {
    ledger.close();
    ledger = open(SETTINGS);
    return ledger;
  }

  private static List<Receipt> append(Ledger ledger, Draft... drafts) {
    return assertInstanceOf(AppendResult.Appended.class, ledger.append(List.of(drafts)).join())
        .receipts();
  }

  private List<Clash> refused(Draft... drafts) throws Refused {
    long before = ledger.reader(ACME).size();
    AppendResult result = ledger.append(List.of(drafts), OnConflict.REFUSE).join();
    assertEquals(before, ledger.reader(ACME).size(), "nothing is written");
    return assertInstanceOf(AppendResult.Conflict.class, result).clashes();
  }

  private static Draft saying(String id, String action) {
    return Drafts.saying(ACME, id, action);
  }

  @Test
  void aRecordSentAgainGetsItsFirstReceiptAndWritesNothing() throws Refused {
    List<Receipt> first = append(ledger, saying("a", "read"), saying("b", "read"));
    long segments = ledger.newestSegment();
    clock.move(Duration.ofMinutes(50));
    List<Receipt> second = append(ledger, saying("a", "read"), saying("b", "read"));
    assertEquals(first.stream().map(Receipt::again).toList(), second);
    assertEquals(segments, ledger.newestSegment());
    assertEquals(3, CheckLog.check(ledger, ACME));
  }

  @Test
  void itDoesSoAfterARestartAndFromAnotherProcess() throws Refused {
    List<Receipt> first = append(ledger, saying("a", "read"), saying("quote\"d \u00e9\n", "read"));
    List<Receipt> again = first.stream().map(Receipt::again).toList();
    assertEquals(
        again, append(reopened(), saying("a", "read"), saying("quote\"d \u00e9\n", "read")));
    Ledger second = open(SETTINGS);
    assertEquals(again.subList(0, 1), append(second, saying("a", "read")));
    Receipt there = append(second, saying("c", "read")).get(0);
    assertEquals(there.again(), append(ledger, saying("c", "read")).get(0));
    Receipt here = append(ledger, saying("d", "read")).get(0);
    assertEquals(here.again(), append(second, saying("d", "read")).get(0));
    assertEquals(5, CheckLog.check(ledger, ACME));
  }

  @Test
  void whatTheServerAddsDoesNotMakeItAnotherRecord() throws Refused {
    Receipt first = append(ledger, Drafts.sayingBy(ACME, "a", "read", "token/00000001")).get(0);
    assertEquals(
        first.again(), append(ledger, Drafts.sayingBy(ACME, "a", "read", "token/00000002")).get(0));
    Receipt unjudged = append(ledger, Drafts.judged(ACME, "j", Optional.empty())).get(0);
    Policies.adopt(ledger, ACME, TestPolicies.allowing("DE"), "source", "test");
    assertEquals(
        unjudged.again(), append(ledger, Drafts.judged(ACME, "j", ledger.policy(ACME))).get(0));
    assertEquals(
        unjudged.again(), append(ledger, Drafts.judged(ACME, "j", Optional.empty())).get(0));
    assertEquals(4, CheckLog.check(ledger, ACME));
  }

  @Test
  void anotherRecordUnderTheSameIdIsKeptAndSaysSo() throws Refused {
    Receipt first = append(ledger, saying("a", "read")).get(0);
    Receipt further = append(ledger, saying("a", "write")).get(0);
    assertEquals(OptionalLong.of(first.index()), further.conflictsWith());
    assertFalse(further.repeat());
    assertEquals(first.index() + 1, further.index());
    assertEquals(first.again(), append(ledger, saying("a", "read")).get(0));
    Receipt resent = append(ledger, saying("a", "write")).get(0);
    assertTrue(resent.repeat());
    assertEquals(further.index(), resent.index());
    assertEquals(further.leafHash(), append(reopened(), saying("a", "write")).get(0).leafHash());
    assertEquals(3, CheckLog.check(ledger, ACME));
  }

  @Test
  void whoeverWantsNoConflictGetsNothingWritten() throws Refused {
    Receipt first = append(ledger, saying("a", "read")).get(0);
    assertEquals(
        List.of(new Clash(1, "a", Optional.of(first))),
        refused(saying("new", "read"), saying("a", "write"), saying("newer", "read")));
    assertEquals(
        List.of(new Clash(1, "x", Optional.empty())),
        refused(saying("x", "read"), saying("x", "write")));
    AppendResult taken =
        ledger
            .append(List.of(saying("new", "write"), saying("a", "read")), OnConflict.REFUSE)
            .join();
    List<Receipt> receipts = assertInstanceOf(AppendResult.Appended.class, taken).receipts();
    assertEquals(List.of(2L, 1L), receipts.stream().map(Receipt::index).toList());
    assertEquals(3, CheckLog.check(ledger, ACME));
  }

  @Test
  void oneAppendMayHoldARecordTwice() throws Refused {
    List<Receipt> receipts =
        append(
            ledger,
            saying("a", "read"),
            saying("b", "read"),
            saying("a", "read"),
            saying("a", "write"),
            saying("a", "write"));
    assertEquals(List.of(1L, 2L, 1L, 3L, 3L), receipts.stream().map(Receipt::index).toList());
    assertEquals(
        List.of(false, false, true, false, true), receipts.stream().map(Receipt::repeat).toList());
    assertEquals(OptionalLong.of(1), receipts.get(3).conflictsWith());
    assertEquals(4, CheckLog.check(ledger, ACME));
  }

  @Test
  void oneGroupCommitMayHoldARecordTwice() throws Exception {
    clock.hold();
    CompletableFuture<AppendResult> before = ledger.append(List.of(saying("0", "read")));
    clock.awaitReader();
    CompletableFuture<AppendResult> first = ledger.append(List.of(saying("a", "read")));
    CompletableFuture<AppendResult> again = ledger.append(List.of(saying("a", "read")));
    CompletableFuture<AppendResult> refused =
        ledger.append(List.of(saying("b", "read"), saying("a", "write")), OnConflict.REFUSE);
    clock.release();
    before.get();
    Receipt receipt = assertInstanceOf(AppendResult.Appended.class, first.get()).receipts().get(0);
    assertEquals(
        List.of(receipt.again()),
        assertInstanceOf(AppendResult.Appended.class, again.get()).receipts());
    assertEquals(
        List.of(new Clash(1, "a", Optional.of(receipt))),
        assertInstanceOf(AppendResult.Conflict.class, refused.get()).clashes());
    assertEquals(3, CheckLog.check(ledger, ACME));
  }

  @Test
  void anIdBelongsToItsLogAndRecordsWithoutOneAreAllKept() throws Refused {
    ledger.create(OTHER);
    append(ledger, saying("a", "read"));
    assertFalse(append(ledger, Drafts.saying(OTHER, "a", "read")).get(0).repeat());
    append(ledger, saying("", "read"), saying("", "read"));
    append(ledger, saying("", "read"));
    assertEquals(5, CheckLog.check(ledger, ACME));
  }

  @Test
  void twoThatAppendAtOnceKeepARecordOnce() throws Exception {
    Ledger second = open(SETTINGS);
    List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Draft[] drafts = {saying("r" + i, "read"), saying("s" + i, "read")};
      answers.add(ledger.append(List.of(drafts)));
      answers.add(second.append(List.of(drafts)));
    }
    int repeats = 0;
    for (int i = 0; i < answers.size(); i += 2) {
      List<Receipt> here =
          assertInstanceOf(AppendResult.Appended.class, answers.get(i).get()).receipts();
      List<Receipt> there =
          assertInstanceOf(AppendResult.Appended.class, answers.get(i + 1).get()).receipts();
      assertEquals(
          here.stream().map(Receipt::again).toList(), there.stream().map(Receipt::again).toList());
      assertTrue(here.get(0).repeat() != there.get(0).repeat(), "one of them was first");
      repeats += here.get(0).repeat() ? 1 : 0;
    }
    assertEquals(801, CheckLog.check(ledger, ACME), "repeats here: " + repeats);
  }

  @Test
  void beyondTheWindowARepeatIsKept() throws Refused {
    RecordWindow small = new RecordWindow(Duration.ofHours(1), 10, 20);
    Ledger forgetful = open(SETTINGS.withRecords(small));
    append(forgetful, saying("a", "read"));
    for (int i = 0; i < 11; i++) {
      append(forgetful, saying("f" + i, "read"));
    }
    assertTrue(append(forgetful, saying("a", "read")).get(0).repeat(), "young enough");
    clock.move(Duration.ofHours(2));
    for (int i = 0; i < 9; i++) {
      append(forgetful, saying("g" + i, "read"));
    }
    assertTrue(append(forgetful, saying("a", "read")).get(0).repeat(), "among the newest ids");
    for (int i = 0; i < 40; i++) {
      append(forgetful, saying("h" + i, "read"));
    }
    assertFalse(append(forgetful, saying("a", "read")).get(0).repeat());
    assertTrue(append(forgetful, saying("h30", "read")).get(0).repeat());
    Ledger restarted = open(SETTINGS.withRecords(small));
    assertFalse(append(restarted, saying("g0", "read")).get(0).repeat());
    assertTrue(append(restarted, saying("h39", "read")).get(0).repeat());
    CheckLog.check(restarted, ACME);
  }
}
