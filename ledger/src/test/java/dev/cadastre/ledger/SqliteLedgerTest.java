package dev.cadastre.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.fsck.Fsck;
import dev.cadastre.ledger.fsck.FsckReport;
import dev.cadastre.ledger.model.AnchorLeaf;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.Receipt;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.signed.SignedHeads;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite, and what is particular to its files. */
class SqliteLedgerTest extends LedgerContract {
  @TempDir Path temporary;

  private Path directory() {
    return temporary.resolve("cell");
  }

  @Override
  Database ledgerDatabase() {
    return SqliteDatabase.open(directory(), Schema.LEDGER);
  }

  @Override
  Database vaultDatabase() {
    return SqliteDatabase.open(directory(), Schema.VAULT);
  }

  @Override
  SignedHeads signedHeads() {
    return SignedHeadsFile.in(directory());
  }

  @Test
  void keepsItsFilesToTheirOwner() throws IOException {
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())));
    try (Stream<Path> files = Files.list(directory())) {
      List<Path> all = files.toList();
      assertTrue(all.size() >= 5, all::toString);
      for (Path file : all) {
        assertEquals(
            "rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
            file::toString);
      }
    }
  }

  @Test
  void refusesToChangeWhatWasInserted() throws Exception {
    append(Drafts.plain(ACME, "a", 300));
    Policies.adopt(ledger, ACME, TestPolicies.allowing("DE"), "source", "test");
    ledger.reader(ACME).checkpoint();
    ledger.create(LogName.ANCHORS);
    AnchorLeaf leaf =
        new AnchorLeaf(ACME, 0, Hash.ZERO, List.of(), ledger.reader(ACME).checkpoint());
    append(
        List.of(
            Draft.anchor(
                new dev.cadastre.formats.event.AnchorEvent(
                    "1970-01-01", 16, OptionalLong.empty(), Hash.ZERO, 1),
                List.of(leaf))));
    try (Connection connection = ledgerDatabase().writer();
        Statement statement = connection.createStatement()) {
      for (String table :
          List.of("log", "segment", "tile", "checkpoint", "policy", "anchor", "anchor_leaf")) {
        for (String change :
            List.of(
                "update " + table + " set rowid = rowid + 1000",
                "delete from " + table,
                "replace into " + table + " select * from " + table)) {
          SQLException refusal =
              assertThrows(SQLException.class, () -> statement.execute(change), change);
          assertTrue(refusal.toString().contains(table + " is insert only"), refusal::toString);
        }
      }
    }
  }

  @Test
  void refusesAFileOfSomethingElse() throws Exception {
    Path elsewhere = temporary.resolve("elsewhere");
    Files.createDirectories(elsewhere);
    Path file = elsewhere.resolve("ledger.db");
    try (Connection connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("create table recipes (name text)");
    }
    assertThrows(StorageFailure.class, () -> SqliteDatabase.open(elsewhere, Schema.LEDGER));
    Files.writeString(
        file, "not a database at all, but long enough to be looked at as one".repeat(40));
    assertThrows(StorageFailure.class, () -> SqliteDatabase.open(elsewhere, Schema.LEDGER));
  }

  @Test
  void judgesEachEventByTheNewestPolicyHoweverAdoptionsRace() throws Exception {
    Ledger second = open();
    CompletableFuture<Void> adoptions = CompletableFuture.runAsync(() -> adopt(second, 30));
    int stale = 0;
    int appended = 0;
    while (!adoptions.isDone() || appended < 50) {
      List<Draft> drafts = List.of(Drafts.judged(ACME, "r" + appended, ledger.policy(ACME)));
      AppendResult result = ledger.append(drafts).join();
      if (result instanceof AppendResult.Appended) {
        appended++;
      } else {
        assertInstanceOf(AppendResult.StalePolicy.class, result);
        stale++;
      }
    }
    adoptions.join();
    assertEquals(1 + 30 + appended, CheckLog.check(ledger, ACME), "stale " + stale);
    FsckReport report = Fsck.run(directory(), SqliteStores.in(directory()), Fsck.Against.NOTHING);
    assertTrue(report.clean(), () -> String.join("\n", report.lines()));
  }

  @Test
  void holdsThousandsOfLogsOfWhichMostAreIdle() throws Exception {
    int count = 3_000;
    // At once, so that births share their syncs.
    IntStream.range(0, count).parallel().forEach(i -> create(new LogName("tenant-" + i)));
    long threads = Thread.getAllStackTraces().keySet().size();
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drafts.add(Drafts.plain(new LogName("tenant-" + i), "r"));
    }
    List<Receipt> first = append(drafts);
    assertEquals(count, first.size());
    assertEquals(first.stream().map(Receipt::again).toList(), append(drafts));
    ledger.close();
    ledger = open();
    assertEquals(first.stream().map(Receipt::again).toList(), append(drafts));
    assertTrue(
        Thread.getAllStackTraces().keySet().size() <= threads + 8, "no thread belongs to a log");
    for (int i = 0; i < count; i += 500) {
      assertEquals(2, CheckLog.check(ledger, new LogName("tenant-" + i)));
    }
    assertEquals(count + 1, ledger.logs().size());
  }

  private void create(LogName log) {
    try {
      ledger.create(log);
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  private static void adopt(Ledger ledger, int times) {
    try {
      for (int i = 0; i < times; i++) {
        String place = i % 2 == 0 ? "DE" : "FR";
        Policies.adopt(ledger, ACME, TestPolicies.allowing(place), "source " + i, "test");
      }
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void leavesNoTraceOfADestroyedKey() throws Exception {
    Disclosure alice = Disclosure.of(new byte[16], "enduser.id", Value.of("alice"));
    append(List.of(Drafts.disclosing(ACME, "a", alice)));
    byte[] wrapped = wrappedKey();
    assertTrue(anyFileHolds(wrapped), "the key is in a file before");
    ledger.destroyKey(ACME);
    assertTrue(!anyFileHolds(wrapped), "and in none afterwards");
  }

  private byte[] wrappedKey() throws SQLException {
    try (Connection connection = vaultDatabase().reader();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("select wrapped from disclosure_key where log = 'acme'")) {
      return row.getBytes(1);
    }
  }

  private boolean anyFileHolds(byte[] needle) throws IOException {
    String sought = new String(needle, StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.list(directory())) {
      for (Path file : files.toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(sought)) {
          return true;
        }
      }
    }
    return false;
  }
}
