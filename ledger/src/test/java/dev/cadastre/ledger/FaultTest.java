package dev.cadastre.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.fsck.Fsck;
import dev.cadastre.ledger.fsck.FsckReport;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The store fails at each of its writes in turn. What was acknowledged is there; nothing is half
 * there; nothing goes on as if all were well.
 */
class FaultTest {
  private static final LogName LOG = new LogName("acme");
  private static final LedgerSettings SETTINGS = new LedgerSettings("test.example", "eu-de");

  @TempDir Path temporary;

  private final TestKeys keys = new TestKeys();
  private final TestClock clock = new TestClock();

  private Ledger open(Path directory, Database ledger, Database vault) throws Refused {
    return Ledger.open(ledger, vault, SETTINGS, clock, keys, keys, SignedHeadsFile.in(directory));
  }

  private Path directory(String name) throws Refused {
    Path directory = temporary.resolve(name);
    try (Ledger ledger =
        Ledger.open(
            SqliteStores.in(directory),
            SignedHeadsFile.in(directory),
            SETTINGS,
            clock,
            keys,
            keys)) {
      ledger.create(LOG);
    }
    return directory;
  }

  private record Step(List<Draft> drafts, AppendResult result) {
    boolean acknowledged() {
      return result instanceof AppendResult.Appended;
    }
  }

  /** Appends with and without disclosures, over a tile's edge, and a checkpoint in between. */
  private List<Step> work(Ledger ledger) throws Refused {
    Disclosure disclosure = Disclosure.of(new byte[16], "enduser.id", Value.of("alice"));
    List<List<Draft>> appends =
        List.of(
            Drafts.plain(LOG, "a", 3),
            List.of(Drafts.disclosing(LOG, "b", disclosure)),
            Drafts.plain(LOG, "c", 300),
            Drafts.plain(LOG, "d", 2));
    List<Step> steps = new ArrayList<>();
    for (List<Draft> drafts : appends) {
      steps.add(new Step(drafts, ledger.append(drafts).join()));
      try {
        ledger.reader(LOG).checkpoint();
      } catch (StorageFailure expected) {
        assertTrue(!ledger.health().accepting(), expected::toString);
      }
    }
    return steps;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anyOneStatementMayFail(boolean persisted) throws Exception {
    AtomicInteger counted = new AtomicInteger(Integer.MAX_VALUE);
    int statements = Integer.MAX_VALUE;
    for (int failing = 1; failing <= statements; failing++) {
      FaultyDatabase.Plan plan =
          failing == 1
              ? new FaultyDatabase.Plan(counted, persisted)
              : FaultyDatabase.Plan.at(failing - 1, persisted);
      Path directory = directory("cell" + failing);
      String story =
          "statement "
              + (failing - 1)
              + " of "
              + statements
              + (persisted ? " fails after" : " fails before");
      List<Step> steps = run(directory, plan, story, failing > 1);
      statements = Integer.MAX_VALUE - counted.get() + 1;
      verify(directory, steps, story);
    }
    assertTrue(statements > 25, "statements: " + statements);
  }

  private List<Step> run(Path directory, FaultyDatabase.Plan plan, String story, boolean fails)
      throws Refused {
    Database database = new FaultyDatabase(SqliteDatabase.open(directory, Schema.LEDGER), plan);
    Database vault = new FaultyDatabase(SqliteDatabase.open(directory, Schema.VAULT), plan);
    try (Ledger ledger = open(directory, database, vault)) {
      List<Step> steps = work(ledger);
      assertEquals(!fails, ledger.health().accepting(), story);
      assertEquals(fails, ledger.health().reason().isPresent(), story);
      return steps;
    }
  }

  private void verify(Path directory, List<Step> steps, String story) throws Refused {
    boolean failed = false;
    try (Ledger ledger =
        Ledger.open(
            SqliteStores.in(directory),
            SignedHeadsFile.in(directory),
            SETTINGS,
            clock,
            keys,
            keys)) {
      List<String> ids = new ArrayList<>();
      LogReader log = ledger.reader(LOG);
      log.entries(1, log.size(), entry -> ids.add(id(entry.eventBytes())));
      for (Step step : steps) {
        List<String> sent =
            step.drafts.stream().map(draft -> draft.recordId().orElseThrow()).toList();
        boolean present = ids.size() >= sent.size() && ids.subList(0, sent.size()).equals(sent);
        assertTrue(
            present || !step.acknowledged(), () -> story + ": acknowledged and not there: " + sent);
        assertTrue(!failed || !step.acknowledged(), () -> story + ": went on after a failure");
        failed |= !step.acknowledged();
        if (present) {
          ids.subList(0, sent.size()).clear();
        }
      }
      assertEquals(List.of(), ids, story + ": half an append");
      sendAgain(ledger, steps, story);
      assertInstanceOf(
          AppendResult.Appended.class, ledger.append(Drafts.plain(LOG, "again", 1)).join(), story);
      CheckLog.check(ledger, LOG);
    }
    FsckReport report = Fsck.run(directory, SqliteStores.in(directory), Fsck.Against.NOTHING);
    assertTrue(report.clean(), () -> story + "\n" + String.join("\n", report.lines()));
  }

  /** What a sender does that does not know: then everything is there, and nothing twice. */
  private static void sendAgain(Ledger ledger, List<Step> steps, String story) throws Refused {
    List<String> sent = new ArrayList<>();
    for (Step step : steps) {
      assertInstanceOf(AppendResult.Appended.class, ledger.append(step.drafts).join(), story);
      step.drafts.forEach(draft -> sent.add(draft.recordId().orElseThrow()));
    }
    List<String> found = new ArrayList<>();
    LogReader log = ledger.reader(LOG);
    log.entries(1, log.size(), entry -> found.add(id(entry.eventBytes())));
    assertEquals(sent.stream().sorted().toList(), found.stream().sorted().toList(), story);
  }

  private static String id(byte[] event) {
    try {
      return ((RecordEvent) EventCodec.decode(event)).id();
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  /** A database on whose write connections a pragma was run. */
  private Database withPragma(Path directory, Schema schema, String pragma) {
    SqliteDatabase real = SqliteDatabase.open(directory, schema);
    return new ForwardingDatabase(real) {
      @Override
      public Connection writer() throws SQLException {
        Connection connection = super.writer();
        try (Statement statement = connection.createStatement()) {
          statement.execute(pragma);
        }
        return connection;
      }
    };
  }

  @Test
  void aReadOnlyDiskStopsAppendsAndLosesNothing() throws Exception {
    stopsAppendsAndLosesNothing("pragma query_only = true");
  }

  @Test
  void aVaultThatCannotBeWrittenStopsWhatNeedsIt() throws Exception {
    String pragma = "pragma query_only = true";
    Path directory = directory("cell");
    List<Step> steps = new ArrayList<>();
    try (Ledger ledger =
        open(
            directory,
            SqliteDatabase.open(directory, Schema.LEDGER),
            withPragma(directory, Schema.VAULT, pragma))) {
      for (int i = 0; i < 200 && ledger.health().accepting(); i++) {
        Disclosure disclosure =
            Disclosure.of(new byte[16], "enduser.id", Value.of("alice".repeat(40) + i));
        List<Draft> drafts = List.of(Drafts.disclosing(LOG, "v" + i, disclosure));
        steps.add(new Step(drafts, ledger.append(drafts).join()));
      }
      assertTrue(ledger.health().reason().isPresent(), ledger.health()::toString);
    }
    verify(directory, steps, pragma);
  }

  private void stopsAppendsAndLosesNothing(String pragma) throws Exception {
    Path directory = directory("cell");
    List<Step> steps = new ArrayList<>();
    try (Ledger ledger =
        open(
            directory,
            withPragma(directory, Schema.LEDGER, pragma),
            SqliteDatabase.open(directory, Schema.VAULT))) {
      for (int i = 0; i < 200; i++) {
        List<Draft> drafts = Drafts.plain(LOG, "f" + i + "-", 50);
        steps.add(new Step(drafts, ledger.append(drafts).join()));
      }
      assertInstanceOf(AppendResult.Unavailable.class, steps.get(199).result);
      assertTrue(
          ledger.health().reason().orElseThrow().contains("cannot write the store"),
          ledger.health()::toString);
      assertEquals(
          steps.stream().filter(Step::acknowledged).count() * 50 + 1, ledger.reader(LOG).size());
      assertThrows(StorageFailure.class, () -> ledger.create(new LogName("other")));
    }
    verify(directory, steps, pragma);
  }

  @Test
  void whatWaitsWhenTheStoreFailsIsAnsweredToo() throws Exception {
    Path directory = directory("cell");
    FaultyDatabase.Plan plan = FaultyDatabase.Plan.at(1, false);
    Database database = new FaultyDatabase(SqliteDatabase.open(directory, Schema.LEDGER), plan);
    List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
    try (Ledger ledger = open(directory, database, SqliteDatabase.open(directory, Schema.VAULT))) {
      clock.hold();
      answers.add(ledger.append(Drafts.plain(LOG, "a", 1)));
      clock.awaitReader();
      for (int i = 0; i < 20; i++) {
        answers.add(ledger.append(Drafts.plain(LOG, "b" + i, 1)));
      }
      clock.release();
      for (CompletableFuture<AppendResult> answer : answers) {
        assertInstanceOf(AppendResult.Unavailable.class, answer.join());
      }
    }
  }

  @Test
  void aStoreThatIsLockedForTooLongIsTriedAgainLater() throws Exception {
    Path directory = directory("cell");
    Database impatient = withPragma(directory, Schema.LEDGER, "pragma busy_timeout = 1");
    SqliteDatabase other = SqliteDatabase.open(directory, Schema.LEDGER);
    try (Ledger ledger = open(directory, impatient, SqliteDatabase.open(directory, Schema.VAULT));
        Connection connection = other.writer();
        Statement statement = connection.createStatement()) {
      statement.execute("begin immediate");
      AppendResult refused = ledger.append(Drafts.plain(LOG, "a", 1)).join();
      assertInstanceOf(AppendResult.Unavailable.class, refused);
      assertTrue(ledger.health().accepting());
      statement.execute("rollback");
      assertInstanceOf(
          AppendResult.Appended.class, ledger.append(Drafts.plain(LOG, "a", 1)).join());
      assertEquals(2, CheckLog.check(ledger, LOG));
    }
  }
}
