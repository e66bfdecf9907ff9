package dev.cadastre.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.anchors.Anchorer;
import dev.cadastre.anchors.Anchors;
import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.fsck.Fsck;
import dev.cadastre.ledger.fsck.FsckFinding;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.AppendResult.Appended;
import dev.cadastre.ledger.model.AppendResult.Unavailable;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import dev.cadastre.proof.note.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored of one tenant's log is damaged; every other log goes on as if it were not. */
class DamagedLogTest {
  private static final LogName BANK = new LogName("bank");
  private static final LogName SHOP = new LogName("shop");
  private static final LedgerSettings SETTINGS = new LedgerSettings("test", "eu");

  private static final String LAST =
      " where log = 'bank' and first_index = (select max(first_index) from segment where log ="
          + " 'bank')";
  private static final String FIRST = " where log = 'bank' and first_index = 0";

  @TempDir Path dir;
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private CellKeys keys;
  private Ledger ledger;

  @BeforeEach
  void fill() throws Exception {
    keys = CellKeys.open(dir.resolve("keys"));
    ledger = open();
    for (LogName log : List.of(LogName.ANCHORS, LogName.CELL, BANK, SHOP)) {
      ledger.create(log);
    }
    append(BANK, 300);
    append(SHOP, 5);
    new Anchorer(ledger, () -> now).anchorNow();
    append(BANK, 300);
    append(SHOP, 5);
    ledger.close();
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private Ledger open() throws Exception {
    Ledger ledger =
        Ledger.open(SqliteStores.in(dir), SignedHeadsFile.in(dir), SETTINGS, () -> now, keys, keys);
    ledger.checkAll();
    return ledger;
  }

  private AppendResult append(LogName log, int count) throws Exception {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RecordEvent event =
          RecordEvent.builder(Kind.OTHER, "cli").id(ledger.reader(log).size() + "-" + i).build();
      drafts.add(Draft.record(log, event, List.of()));
    }
    return ledger.append(drafts).join();
  }

  private void damage(String statement) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("ledger.db"));
        Statement sql = connection.createStatement()) {
      sql.execute("pragma ignore_check_constraints = true");
      for (String table : List.of("segment", "tile", "checkpoint", "policy", "anchor_leaf")) {
        sql.execute("drop trigger " + table + "_update");
        sql.execute("drop trigger " + table + "_delete");
      }
      assertTrue(sql.executeUpdate(statement) > 0, statement);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update segment set bytes = x'00'" + LAST,
        "update segment set bytes = zeroblob(length(bytes))" + LAST,
        "update segment set bytes = substr(bytes, 1, length(bytes) / 2)" + LAST,
        "update segment set bytes = 'words'" + LAST,
        "update segment set count = count + 1" + LAST,
        "update segment set count = count - 1" + LAST,
        "update segment set bytes = x'00'" + FIRST,
        "delete from segment" + FIRST,
        "delete from segment where log = 'bank' and first_index = 1",
        "delete from segment where log = 'bank'",
        "delete from tile where log = 'bank' and tile_index = 0",
        "update tile set hashes = zeroblob(8192) where log = 'bank'",
        "update tile set hashes = zeroblob(8191) where log = 'bank' and tile_index = 1",
        "update tile set hashes = 'words' where log = 'bank'",
        "update checkpoint set note = x'00' where log = 'bank'",
        "update checkpoint set note = 'words' where log = 'bank'",
        "update anchor_leaf set note = x'00' where log = 'bank'",
        "update anchor_leaf set salt = x'00' where log = 'bank'",
        "insert into policy values ('bank', 100, 'no such')",
        "insert into policy values ('bank', 100000, 'no such')"
      })
  void aDamagedRowOfOneTenantIsItsOwnCaseOnceItIsMet(String statement) throws Exception {
    damage(statement);
    ledger = open();
    ledger.learnRecords();
    assertInstanceOf(Appended.class, append(SHOP, 1));
    try {
      ledger.policy(BANK);
      if (ledger.reader(BANK).size() > 50) {
        ledger.reader(BANK).entry(0);
        ledger.reader(BANK).entry(50);
      }
      AppendResult result = append(BANK, 1);
      if (result instanceof Unavailable unavailable) {
        assertEquals(Optional.of(BANK), unavailable.stopped(), unavailable::why);
      }
    } catch (LogStopped told) {
      assertEquals(BANK, told.log());
    }
    Anchorer.Made made = new Anchorer(ledger, () -> now).anchorNow();
    assertEquals(Set.of(BANK), ledger.stopped().keySet());
    assertEquals(2, made.logs());
    assertTrue(made.event().incomplete());
    assertEquals(Set.of(BANK), made.leftOut().keySet());
    assertTrue(ledger.health().accepting());
    assertInstanceOf(Appended.class, append(SHOP, 1));
    assertInstanceOf(Unavailable.class, ledger.append(drafts(BANK)).join());
    VerifierKey key = keys.signerFor(SETTINGS.origin(SHOP)).key();
    new Anchors(ledger).receipt(SHOP, made.index()).orElseThrow().verify(List.of(key));
  }

  private static List<Draft> drafts(LogName log) throws Exception {
    return List.of(Draft.record(log, RecordEvent.builder(Kind.OTHER, "cli").build(), List.of()));
  }

  @Test
  void oneAppendToADamagedLogAndASoundOneIsRefusedAsAWhole() throws Exception {
    damage("update segment set bytes = x'00'" + LAST);
    ledger = open();
    long size = ledger.reader(SHOP).size();
    List<Draft> both = new ArrayList<>(drafts(SHOP));
    both.addAll(drafts(BANK));
    assertInstanceOf(Unavailable.class, ledger.append(both).join());
    assertEquals(size, ledger.reader(SHOP).size());
    assertInstanceOf(Appended.class, ledger.append(drafts(SHOP)).join());
    assertEquals(size + 1, ledger.reader(SHOP).size());
  }

  @Test
  void anAnchorThatFailsAddsNothingToLogsHoweverOftenItIsTriedAgain() throws Exception {
    damage("delete from segment where log = 'anchors'");
    ledger = open();
    long size = ledger.reader(SHOP).size();
    Anchorer anchorer = new Anchorer(ledger, () -> now);
    for (int i = 0; i < 5; i++) {
      assertThrows(StorageFailure.class, anchorer::anchorNow);
      append(SHOP, 1);
    }
    assertEquals(size + 5, ledger.reader(SHOP).size());
  }

  @Test
  void theCellsLogSaysWhatAnAnchorLeavesOut() throws Exception {
    damage("update segment set bytes = x'00'" + LAST);
    ledger = open();
    Anchorer.Made made = new Anchorer(ledger, () -> now).anchorNow();
    long last = ledger.reader(LogName.CELL).size() - 1;
    String entry =
        new String(ledger.reader(LogName.CELL).entry(last).bytes(), StandardCharsets.UTF_8);
    assertTrue(entry.contains("\"audit.target.id\":\"bank\""), entry);
    assertTrue(entry.contains("\"ledger.operator.anchor\":\"" + made.index() + "\""), entry);
    String anchor =
        new String(
            ledger.reader(LogName.ANCHORS).entry(made.index()).bytes(), StandardCharsets.UTF_8);
    assertTrue(anchor.contains("\"incomplete\":true") && !anchor.contains("bank"), anchor);
  }

  @Test
  void aLogThatIsLeftOutIsInTheNextAnchorOnceItIsRepaired() throws Exception {
    damage("update checkpoint set note = cast(x'00' || note as blob) where log = 'bank'");
    ledger = open();
    assertTrue(new Anchorer(ledger, () -> now).anchorNow().event().incomplete());
    ledger.close();
    damageAgain("update checkpoint set note = cast(substr(note, 2) as blob) where log = 'bank'");
    ledger = open();
    assertEquals(Map.of(), ledger.stopped());
    now = now.plus(Duration.ofDays(1));
    Anchorer.Made made = new Anchorer(ledger, () -> now).anchorNow();
    assertFalse(made.event().incomplete());
    assertEquals(3, made.logs());
    ledger.close();
    List<FsckFinding> findings =
        Fsck.run(dir, SqliteStores.in(dir), Fsck.Against.NOTHING).findings();
    assertTrue(
        findings.stream().noneMatch(one -> one.table().equals("anchor_leaf")), findings::toString);
    ledger = open();
  }

  @Test
  void anAttestationOfAStoppedLogSaysItsWordsAndNoOtherHoweverOftenItIsAskedFor() throws Exception {
    damage("update segment set bytes = x'00'" + FIRST);
    ledger = open();
    Anchors anchors = new Anchors(ledger);
    Anchors.Anchored anchored = anchors.of(BANK, 1).get(0);
    Period period =
        new Periods(anchors).between(BANK, OptionalLong.empty(), anchored.anchor().index());
    try (Attester attester = new Attester(ledger, keys)) {
      LogStopped first = assertThrows(LogStopped.class, () -> attester.attest(period));
      LogStopped second = assertThrows(LogStopped.class, () -> attester.attest(period));
      assertEquals("log bank is stopped: " + ledger.stopped().get(BANK), first.getMessage());
      assertEquals(first.getMessage(), second.getMessage());
    }
  }

  private void damageAgain(String statement) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("ledger.db"));
        Statement sql = connection.createStatement()) {
      assertTrue(sql.executeUpdate(statement) > 0, statement);
    }
  }
}
