package dev.cadastre.ledger;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.AnchorEvent;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.model.AnchorLeaf;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.CheckpointSigner;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.SignedCheckpoint;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import dev.cadastre.proof.anchor.AnchorTree;
import dev.cadastre.proof.anchor.BlindedLeaf;
import dev.cadastre.proof.detect.DetectorsState;
import dev.cadastre.proof.tlog.InclusionProof;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A cell with something in every table: two tenants, policies, disclosures, checkpoints, three
 * anchors.
 */
public final class SampleCell {
  public static final LogName ACME = new LogName("acme");
  public static final LogName ZENITH = new LogName("zenith");
  public static final int ACME_ENTRIES = 828;

  /** Told how many steps were made, after each. */
  public interface Steps {
    void done(int step) throws Refused;
  }

  private final TestClock clock;
  private final Steps steps;
  private int step;
  private final Random random = new Random(7);
  private final Ledger ledger;

  private SampleCell(Ledger ledger, TestClock clock, Steps steps) {
    this.ledger = ledger;
    this.clock = clock;
    this.steps = steps;
  }

  public static CheckpointSigner signer() {
    return new TestKeys();
  }

  /** Writes the cell and closes it. */
  public static void write(Path directory) throws Refused {
    write(directory, 40, step -> {});
  }

  /** As {@link #write(Path)}, with more or fewer entries. */
  public static void write(Path directory, int rounds, Steps steps) throws Refused {
    TestKeys keys = new TestKeys();
    LedgerSettings settings = new LedgerSettings("test.example", "eu-de");
    TestClock clock = new TestClock();
    try (Ledger ledger =
        Ledger.open(
            SqliteStores.in(directory),
            SignedHeadsFile.in(directory),
            settings,
            clock,
            keys,
            keys)) {
      new SampleCell(ledger, clock, steps).fill(rounds);
    }
  }

  /** Appends an event to a log of a cell that was written before. */
  public static void append(Path directory, String log, RecordEvent event) throws Refused {
    TestKeys keys = new TestKeys();
    TestClock clock = new TestClock();
    clock.move(Duration.ofDays(9));
    LedgerSettings settings = new LedgerSettings("test.example", "eu-de");
    try (Ledger ledger =
        Ledger.open(
            SqliteStores.in(directory),
            SignedHeadsFile.in(directory),
            settings,
            clock,
            keys,
            keys)) {
      Draft draft = Draft.record(new LogName(log), event, List.of());
      assertInstanceOf(AppendResult.Appended.class, ledger.append(List.of(draft)).join());
    }
  }

  /** Makes another anchor under a clock that is an hour behind the newest one. */
  public static void anchorTooEarly(Path directory) throws Refused {
    TestKeys keys = new TestKeys();
    TestClock clock = new TestClock();
    LedgerSettings settings = new LedgerSettings("test.example", "eu-de");
    try (Ledger ledger =
        Ledger.open(
            SqliteStores.in(directory),
            SignedHeadsFile.in(directory),
            settings,
            clock,
            keys,
            keys)) {
      new SampleCell(ledger, clock, step -> {}).anchor();
    }
  }

  /**
   * The state of a log in which no key was ever disabled or fetched, and that has no other state.
   */
  public static RecordEvent emptyState() {
    return new DetectorsState(
            OptionalLong.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            0)
        .event(1_800_000_000_000_000_000L);
  }

  private void fill(int rounds) throws Refused {
    for (LogName log : List.of(LogName.ANCHORS, ACME, ZENITH)) {
      ledger.create(log);
    }
    Policies.adopt(ledger, ACME, TestPolicies.allowing("DE"), "source", "test");
    anchor();
    for (int i = 0; i < rounds; i++) {
      append(Drafts.plain(ACME, "p" + i + "-", 19));
      append(
          List.of(
              Drafts.judged(ACME, "j" + i, ledger.policy(ACME)), Drafts.plain(ZENITH, "z" + i)));
      if (i % 13 == 0) {
        ledger.reader(ACME).checkpoint();
        ledger.reader(ZENITH).checkpoint();
      }
      if (i == rounds / 2) {
        anchor();
      }
    }
    Disclosure disclosure = Disclosure.of(new byte[16], "enduser.id", Value.of("alice"));
    append(List.of(Drafts.disclosing(ACME, "private", disclosure)));
    Policies.adopt(ledger, ACME, TestPolicies.allowing("FR"), "source", "test");
    append(
        List.of(
            Drafts.judged(ACME, "after", ledger.policy(ACME)),
            Drafts.judged(ZENITH, "free", Optional.empty())));
    append(Drafts.plain(ACME, "end", 23));
    anchor();
    ledger.reader(LogName.ANCHORS).checkpoint();
  }

  private void append(List<Draft> drafts) throws Refused {
    assertInstanceOf(AppendResult.Appended.class, ledger.append(drafts).join());
    clock.move(Duration.ofSeconds(1));
    steps.done(++step);
  }

  /** An anchor of the two tenants. */
  private void anchor() throws Refused {
    clock.move(Duration.ofHours(1));
    long time = clock.instant().getEpochSecond() * 1_000_000_000L;
    List<SignedCheckpoint> checkpoints = new ArrayList<>();
    List<BlindedLeaf> leaves = new ArrayList<>();
    List<LogName> logs = List.of(ACME, ZENITH);
    for (LogName log : logs) {
      byte[] salt = new byte[32];
      random.nextBytes(salt);
      checkpoints.add(ledger.reader(log).checkpoint());
      leaves.add(
          new BlindedLeaf(Hash.of(salt), checkpoints.get(checkpoints.size() - 1).note().text()));
    }
    AnchorTree tree = AnchorTree.build(leaves, random);
    List<AnchorLeaf> kept = new ArrayList<>();
    for (int i = 0; i < logs.size(); i++) {
      InclusionProof way = tree.proof(i);
      kept.add(
          new AnchorLeaf(
              logs.get(i), way.index(), leaves.get(i).salt(), way.path(), checkpoints.get(i)));
    }
    long size = ledger.reader(LogName.ANCHORS).size();
    OptionalLong previous = size > 1 ? OptionalLong.of(size - 1) : OptionalLong.empty();
    String date = AnchorEvent.day(time).toString();
    append(
        List.of(
            Draft.anchor(new AnchorEvent(date, tree.size(), previous, tree.root(), time), kept)));
  }
}
