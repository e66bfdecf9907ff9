package dev.cadastre.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.fsck.Fsck;
import dev.cadastre.ledger.fsck.FsckReport;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.signed.SignedHeads;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that is full refuses appends for as long as it is full, and no longer. */
class FullDiskTest {
  private static final LogName LOG = new LogName("acme");
  private static final LedgerSettings SETTINGS = new LedgerSettings("test.example", "eu-de");

  @TempDir Path directory;

  private final TestKeys keys = new TestKeys();
  private final TestClock clock = new TestClock();

  /** A file that may grow to so many pages, on a disk that says what it is told to say. */
  private static final class SmallDisk extends ForwardingDatabase {
    private final List<Connection> writers = new ArrayList<>();
    private int pages;
    private volatile boolean room = true;

    SmallDisk(Path directory, Schema schema, int pages) {
      super(SqliteDatabase.open(directory, schema));
      this.pages = pages;
    }

    @Override
    public Connection writer() throws SQLException {
      Connection connection = super.writer();
      writers.add(connection);
      limit(connection);
      return connection;
    }

    private void limit(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("pragma max_page_count = " + pages);
      }
    }

    void grow() throws SQLException {
      pages = 1 << 20;
      for (Connection writer : writers) {
        limit(writer);
      }
    }

    @Override
    public boolean hasRoom() {
      return room;
    }
  }

  private Ledger open(Database ledger, Database vault) throws Exception {
    SignedHeads heads = SignedHeadsFile.in(directory);
    Ledger opened = Ledger.open(ledger, vault, SETTINGS, clock, keys, keys, heads);
    if (!opened.exists(LOG)) {
      opened.create(LOG);
    }
    return opened;
  }

  private static boolean appended(Ledger ledger, List<Draft> drafts) {
    AppendResult result = ledger.append(drafts).join();
    assertTrue(
        result instanceof AppendResult.Appended || result instanceof AppendResult.Unavailable,
        result::toString);
    return result instanceof AppendResult.Appended;
  }

  private void checkAll(Ledger ledger, long entries) throws Exception {
    assertEquals(entries, CheckLog.check(ledger, LOG));
    FsckReport report = Fsck.run(directory, SqliteStores.in(directory), Fsck.Against.NOTHING);
    assertTrue(report.clean(), () -> String.join("\n", report.lines()));
  }

  /** Wherever in a transaction the room ends: the last page of the segment, a tile, an index. */
  @ParameterizedTest
  @ValueSource(ints = {30, 31, 32, 33, 34, 35, 37, 40, 45, 52, 60, 75})
  void aDiskThatIsFullAtAnyMomentLosesNothingAndGoesOnOnceThereIsRoom(int pages) throws Exception {
    SmallDisk disk = new SmallDisk(directory, Schema.LEDGER, pages);
    try (Ledger ledger = open(disk, SqliteDatabase.open(directory, Schema.VAULT))) {
      long entries = 1;
      boolean refused = false;
      for (int i = 0; i < 200; i++) {
        boolean taken = appended(ledger, Drafts.plain(LOG, "f" + i + "-", 50));
        entries += taken ? 50 : 0;
        refused |= !taken;
      }
      assertTrue(refused, "the disk never was full");
      checkAll(ledger, entries);
      disk.grow();
      assertTrue(appended(ledger, Drafts.plain(LOG, "after", 50)));
      assertTrue(ledger.health().accepting(), ledger.health()::toString);
      checkAll(ledger, entries + 50);
    }
  }

  @Test
  void aVaultThatIsFullRefusesWhatNeedsItUntilThereIsRoom() throws Exception {
    SmallDisk disk = new SmallDisk(directory, Schema.VAULT, 18);
    try (Ledger ledger = open(SqliteDatabase.open(directory, Schema.LEDGER), disk)) {
      long entries = 1;
      boolean taken = true;
      for (int i = 0; i < 200 && taken; i++) {
        taken = appended(ledger, disclosing("v" + i));
        entries += taken ? 1 : 0;
      }
      assertFalse(taken, "the vault never was full");
      disk.grow();
      assertTrue(appended(ledger, disclosing("after")));
      checkAll(ledger, entries + 1);
    }
  }

  private static List<Draft> disclosing(String id) throws Exception {
    Disclosure disclosure =
        Disclosure.of(new byte[16], "enduser.id", Value.of("alice".repeat(40) + id));
    return List.of(Drafts.disclosing(LOG, id, disclosure));
  }

  @Test
  void healthSaysSoForAsLongAsThereIsNoRoomAndNothingIsTriedMeanwhile() throws Exception {
    SmallDisk disk = new SmallDisk(directory, Schema.LEDGER, 40);
    try (Ledger ledger = open(disk, SqliteDatabase.open(directory, Schema.VAULT))) {
      disk.room = false;
      assertTrue(ledger.health().accepting(), "room matters only once a write found none");
      while (appended(ledger, Drafts.plain(LOG, "f" + ledger.reader(LOG).size() + "-", 50))) {
        assertTrue(ledger.reader(LOG).size() < 20_000, "the disk never was full");
      }
      assertFalse(ledger.health().accepting());
      assertTrue(
          ledger.health().reason().orElseThrow().contains("disk is full"),
          ledger.health()::toString);
      disk.grow();
      AppendResult refused = ledger.append(Drafts.plain(LOG, "early", 1)).join();
      assertInstanceOf(AppendResult.Unavailable.class, refused);
      disk.room = true;
      assertTrue(ledger.health().accepting());
      assertTrue(appended(ledger, Drafts.plain(LOG, "late", 1)));
      disk.room = false;
      assertTrue(ledger.health().accepting(), "it was written, so there is room");
    }
  }
}
