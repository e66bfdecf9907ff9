package dev.cadastre.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.log.TakenBack;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.model.SignedCheckpoint;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.signed.SignedHead;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import dev.cadastre.proof.note.Checkpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody rewrites, cuts or puts back the store; what was signed before is not contradicted. */
class SignedHistoryTest {
  private static final LogName ACME = new LogName("acme");
  private static final LogName ZENITH = new LogName("zenith");
  private static final LedgerSettings SETTINGS = new LedgerSettings("test.example", "eu-de");

  @TempDir Path temporary;

  private final TestKeys keys = new TestKeys();
  private final TestClock clock = new TestClock();

  private Path cell() {
    return temporary.resolve("cell");
  }

  private ForgedStore forged() {
    return new ForgedStore(cell(), SETTINGS);
  }

  private Ledger open() throws Refused {
    Ledger ledger = unchecked();
    ledger.checkAll();
    return ledger;
  }

  /** Each log is then checked when it is first used. */
  private Ledger unchecked() throws Refused {
    return Ledger.open(
        SqliteStores.in(cell()), SignedHeadsFile.in(cell()), SETTINGS, clock, keys, keys);
  }

  /** Signs both logs at a first size and then at a greater one. */
  private List<Checkpoint> signTwice(int first, int second) throws Refused {
    try (Ledger ledger = open()) {
      ledger.create(ACME);
      ledger.create(ZENITH);
      for (LogName log : List.of(ACME, ZENITH)) {
        append(ledger, log, first - 1);
        ledger.reader(log).checkpoint();
        append(ledger, log, second - first);
        ledger.reader(log).checkpoint();
      }
      return List.of(
          ledger.reader(ACME).checkpointFor(first).checkpoint(),
          ledger.reader(ACME).checkpointFor(second).checkpoint());
    }
  }

  private static void append(Ledger ledger, LogName log, int count) {
    long size = read(() -> ledger.reader(log).size());
    assertInstanceOf(
        AppendResult.Appended.class, ledger.append(Drafts.plain(log, "r" + size, count)).join());
  }

  private static <T> T read(ThrowingSupplier<T> read) {
    try {
      return read.get();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Stopped for entries and signatures and named; all others go on, and sign. */
  private static void assertStopped(Ledger ledger, String why) throws Refused {
    assertEquals(Set.of(ACME), ledger.stopped().keySet());
    String reason = ledger.stopped().getOrDefault(ACME, "");
    assertTrue(reason.contains(why), reason);
    AppendResult refused = ledger.append(Drafts.plain(ACME, "more", 1)).join();
    String told = assertInstanceOf(AppendResult.Unavailable.class, refused).why();
    assertTrue(told.startsWith("log acme is stopped: "), told);
    long size = ledger.reader(ACME).size();
    assertThrows(LogStopped.class, () -> ledger.reader(ACME).checkpointFor(Math.max(1, size - 1)));
    assertEquals(Set.of(ZENITH), ledger.checkpoints(Map.of(ACME, size - 1, ZENITH, 2L)).keySet());
    append(ledger, ZENITH, 2);
    ledger.reader(ZENITH).checkpoint();
    assertTrue(ledger.health().accepting());
  }

  @ParameterizedTest
  @ValueSource(ints = {49, 255, 256, 257, 511, 512, 700, 66_000})
  void aLogWhoseEntriesAndTilesWereRewrittenIsStopped(int size) throws Exception {
    signTwice(23, 44);
    forged().rewrite(ACME, size, temporary.resolve("forged"));
    try (Ledger ledger = open()) {
      assertStopped(ledger, "its entries are not those that were signed at size 44");
      assertEquals(List.of(), ledger.takenBack(), "its own rows contradict it");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {44, 255, 256, 257, 511, 512, 513, 800})
  void theSameWithoutAnyRowOfWhatWasSigned(int signed) throws Exception {
    signTwice(23, signed);
    forged().rewrite(ACME, 1_000, temporary.resolve("forged"));
    forged().forgetSigned(ACME);
    try (Ledger ledger = open()) {
      assertStopped(ledger, "its entries are not those that were signed at size " + signed);
    }
  }

  @Test
  void aLogThatWasCutOffBelowWhatWasSignedIsStopped() throws Exception {
    signTwice(23, 44);
    forged().cut(ACME, 23);
    try (Ledger ledger = open()) {
      assertStopped(ledger, "it was signed with 44 entries, and has 23");
    }
  }

  @Test
  void aLogThatIsNotThereAnyMoreIsNotBornAgain() throws Exception {
    signTwice(23, 44);
    forged()
        .execute(
            "delete from checkpoint where log = 'acme'",
            "delete from tile where log = 'acme'",
            "delete from segment where log = 'acme'",
            "delete from log where name = 'acme'");
    try (Ledger ledger = open()) {
      assertEquals(Set.of(ACME), ledger.stopped().keySet());
      assertThrows(StorageFailure.class, () -> ledger.create(ACME));
    }
  }

  @Test
  void aRewriteUnderARunningServerIsFoundBeforeTheNextSignature() throws Exception {
    signTwice(23, 44);
    try (Ledger ledger = open()) {
      assertEquals(Map.of(), ledger.stopped());
      forged().rewrite(ACME, 100, temporary.resolve("forged"));
      forged().forgetSigned(ACME);
      assertThrows(LogStopped.class, () -> ledger.reader(ACME).checkpoint());
      assertStopped(ledger, "not those that were signed at size 44");
    }
  }

  @Test
  void aRowThatSomebodyPutAmongTheCheckpointsIsNotServed() throws Exception {
    signTwice(23, 44);
    forged()
        .execute(
            "insert into checkpoint select log, 30, cast(replace(note, char(10) || '44' ||"
                + " char(10), char(10) || '30' || char(10)) as blob) from checkpoint where log ="
                + " 'acme' and size = 44");
    try (Ledger ledger = open()) {
      assertThrows(LogStopped.class, () -> ledger.reader(ACME).checkpointFor(30));
    }
  }

  @Test
  void entriesThatTheTreeWasNotBuiltFromAreNotServed() throws Exception {
    signTwice(23, 700);
    forged().rewriteEntriesAlone(ACME, 700, temporary.resolve("forged"));
    assertNotServed(5);
  }

  @Test
  void noEntryIsProvenFromTilesThatTheTreesRootDoesNotCover() throws Exception {
    signTwice(23, 66_000);
    forged().rewriteLowestTiles(ACME, 66_000, temporary.resolve("forged"));
    assertNotServed(5);
  }

  private void assertNotServed(long index) throws Exception {
    try (Ledger ledger = open()) {
      LogReader log = ledger.reader(ACME);
      assertThrows(LogStopped.class, () -> log.proof(index));
      assertThrows(LogStopped.class, () -> log.entries(0, log.size(), entry -> {}));
      assertThrows(LogStopped.class, () -> log.bytes(0, log.size(), bytes -> {}));
      assertEquals(Set.of(ACME), ledger.stopped().keySet());
    }
  }

  @Test
  void anOlderCopyThatIsPutBackSignsNoSizeAgain() throws Exception {
    signTwice(23, 44);
    ForgedStore.copyDatabases(cell(), temporary.resolve("copy"));
    Hash signed;
    try (Ledger ledger = open()) {
      append(ledger, ACME, 10);
      signed = ledger.reader(ACME).checkpoint().checkpoint().root();
    }
    ForgedStore.copyDatabases(temporary.resolve("copy"), cell());
    try (Ledger ledger = open()) {
      assertStopped(ledger, "it was signed with 54 entries, and has 44");
      List<TakenBack> takenBack = ledger.takenBack();
      assertEquals(1, takenBack.size());
      assertEquals(new SignedHead(54, signed), takenBack.get(0).signed());
      assertEquals(44, takenBack.get(0).size());
      ledger.acceptTakenBack(takenBack);
      assertEquals(Map.of(), ledger.stopped());
      ledger.append(Drafts.plain(ACME, "other", 10)).join();
      assertEquals(54, ledger.reader(ACME).size());
      assertThrows(StorageFailure.class, () -> ledger.reader(ACME).checkpoint());
      ledger.append(Drafts.plain(ACME, "one more", 1)).join();
      assertEquals(55, ledger.reader(ACME).checkpoint().checkpoint().size());
      assertThrows(StorageFailure.class, () -> ledger.reader(ACME).checkpointFor(54));
      assertThrows(StorageFailure.class, () -> ledger.reader(ACME).checkpointFor(50));
      assertEquals(23, ledger.reader(ACME).checkpointFor(23).checkpoint().size());
    }
    try (Ledger ledger = open()) {
      assertEquals(Map.of(), ledger.stopped());
      assertThrows(StorageFailure.class, () -> ledger.reader(ACME).checkpointFor(54));
      assertNotEquals(signed, ledger.reader(ACME).frontier(54).root());
    }
  }

  @Test
  void takingBackThatWasInterruptedStopsTheLogAgain() throws Exception {
    signTwice(23, 44);
    forged().cut(ACME, 23);
    forged().forgetSigned(ACME);
    try (Ledger ledger = open()) {
      ledger.acceptTakenBack(ledger.takenBack());
    }
    try (Ledger ledger = open()) {
      assertStopped(ledger, "it is being taken back, which was interrupted");
      ledger.acceptTakenBack(ledger.takenBack());
      append(ledger, ACME, 22);
      assertEquals(45, ledger.reader(ACME).checkpoint().checkpoint().size());
    }
  }

  @Test
  void withoutTheHeadsALedgerThatWasSignedIsNotOpened() throws Exception {
    signTwice(23, 44);
    Files.delete(cell().resolve("signed").resolve("heads"));
    Refused refused = assertThrows(Refused.class, this::open);
    assertTrue(String.valueOf(refused.getMessage()).contains("signed/heads"), refused::toString);
  }

  @Test
  void withoutItsHeadALogThatWasSignedIsStopped() throws Exception {
    signTwice(23, 44);
    Path file = cell().resolve("signed").resolve("heads");
    List<String> kept =
        Files.readAllLines(file).stream().filter(line -> !line.contains("/acme ")).toList();
    Files.write(file, kept);
    try (Ledger ledger = open()) {
      assertStopped(ledger, "signed/heads does not say what");
    }
  }

  @Test
  void headsThatLagBehindTheStoreDoNoHarm() throws Exception {
    signTwice(23, 44);
    Path file = cell().resolve("signed").resolve("heads");
    byte[] before = Files.readAllBytes(file);
    try (Ledger ledger = open()) {
      append(ledger, ACME, 10);
      ledger.reader(ACME).checkpoint();
    }
    Files.write(file, before);
    try (Ledger ledger = open()) {
      assertEquals(Map.of(), ledger.stopped());
      append(ledger, ACME, 10);
      assertEquals(64, ledger.reader(ACME).checkpoint().checkpoint().size());
    }
  }

  @Test
  void twoProcessesThatSignAtOnceKeepOneHistory() throws Exception {
    signTwice(23, 44);
    try (Ledger one = open();
        Ledger other = open()) {
      for (int round = 0; round < 20; round++) {
        append(round % 2 == 0 ? one : other, ACME, 3);
        List<Hash> roots =
            List.of(one, other).parallelStream()
                .map(ledger -> read(() -> ledger.reader(ACME).checkpoint().checkpoint().root()))
                .toList();
        assertEquals(roots.get(0), roots.get(1));
      }
      assertEquals(104, SignedHeadsFile.read(cell()).get("test.example/eu-de/acme").size());
    }
  }

  @Test
  void manyCheckpointsAreSignedTogether() throws Exception {
    signTwice(23, 44);
    try (Ledger ledger = open()) {
      append(ledger, ACME, 5);
      Map<LogName, SignedCheckpoint> signed = ledger.checkpoints(Map.of(ACME, 49L, ZENITH, 44L));
      assertEquals(49, signed.get(ACME).checkpoint().size());
      assertEquals(signed.get(ACME), ledger.reader(ACME).checkpointFor(49));
      assertEquals(signed.get(ZENITH), ledger.reader(ZENITH).checkpointFor(44));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {49, 257, 700})
  void aLogIsCheckedBeforeItsFirstEntryOfAProcess(int size) throws Exception {
    signTwice(23, 44);
    forged().rewrite(ACME, size, temporary.resolve("forged"));
    try (Ledger ledger = unchecked()) {
      append(ledger, ZENITH, 1);
      assertEquals(Map.of(), ledger.stopped(), "the other log was not looked at");
      AppendResult refused = ledger.append(Drafts.plain(ACME, "more", 1)).join();
      assertInstanceOf(AppendResult.Unavailable.class, refused);
      assertEquals(size, ledger.reader(ACME).size());
      assertStopped(ledger, "its entries are not those that were signed at size 44");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {49, 257, 700})
  void aLogIsCheckedBeforeItsFirstSignatureOfAProcess(int size) throws Exception {
    signTwice(23, 44);
    forged().rewrite(ACME, size, temporary.resolve("forged"));
    try (Ledger ledger = unchecked()) {
      assertThrows(LogStopped.class, () -> ledger.reader(ACME).checkpointFor(size));
      assertStopped(ledger, "its entries are not those that were signed at size 44");
    }
  }

  @Test
  void aLogThatIsNotThereAnyMoreIsNotBornAgainUnchecked() throws Exception {
    signTwice(23, 44);
    forged()
        .execute(
            "delete from checkpoint where log = 'acme'",
            "delete from tile where log = 'acme'",
            "delete from segment where log = 'acme'",
            "delete from log where name = 'acme'");
    try (Ledger ledger = unchecked()) {
      assertThrows(StorageFailure.class, () -> ledger.create(ACME));
      assertEquals(Set.of(ACME), ledger.stopped().keySet());
    }
  }

  @Test
  void oneLogThatCannotBeReadKeepsNoOtherFromBeingChecked() throws Exception {
    signTwice(23, 44);
    forged()
        .execute(
            "pragma ignore_check_constraints=1",
            "update segment set count = 'many' where log = 'acme'");
    try (Ledger ledger = open()) {
      assertEquals(Set.of(ACME), ledger.stopped().keySet());
      append(ledger, ZENITH, 1);
    }
  }
}
