package dev.cadastre.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.anchors.Anchorer;
import dev.cadastre.anchors.Anchors;
import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.AppendResult.Appended;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import dev.cadastre.proof.attestation.Carried;
import dev.cadastre.proof.attestation.FindingGroup;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.detect.DetectorsState;
import dev.cadastre.proof.detect.StateFold;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of keys stands right before every size that is anchored. */
class StateCarrierTest {
  private static final LogName BANK = new LogName("bank");
  private static final long POLICY = 1;

  @TempDir Path dir;
  private CellKeys keys;
  private final AtomicLong ticks = new AtomicLong();
  private Ledger ledger;
  private Anchorer anchorer;
  private Anchors anchors;

  /** A clock of which no two looks are the same. */
  private Instant tick() {
    return Instant.parse("2026-03-01T10:00:00Z").plusSeconds(ticks.getAndIncrement());
  }

  @BeforeEach
  void open() throws Exception {
    keys = CellKeys.open(dir.resolve("keys"));
    ledger =
        Ledger.open(
            SqliteStores.in(dir),
            SignedHeadsFile.in(dir),
            new LedgerSettings("test", "eu"),
            this::tick,
            keys,
            keys);
    for (LogName log : List.of(LogName.ANCHORS, LogName.CELL, BANK)) {
      ledger.create(log);
    }
    anchorer = new Anchorer(ledger, this::tick);
    anchors = new Anchors(ledger);
    adopt();
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void adopt() throws Exception {
    String policy =
        "{\"categories\":{\"*\":{\"default\":{\"allow\":[\"EU\"]}}},\"keys\":{\"allow\":[\"EU\"],"
            + "\"max-cache\":\"60s\"},\"tenant\":\"bank\",\"title\":\"t\",\"version\":1}";
    PolicyAdoption adoption =
        new PolicyAdoption(
            "test",
            Judge.VERSION,
            Json.parseObject(policy.getBytes(StandardCharsets.UTF_8)),
            OptionalLong.empty(),
            Registry.standard().sha256(),
            "");
    append(Draft.adoption(BANK, adoption));
  }

  private void append(Draft draft) {
    assertInstanceOf(Appended.class, ledger.append(List.of(draft)).join());
  }

  private void key(Kind kind, String key, String operation, long second) throws Refused {
    Verdict verdict =
        Verdict.of(List.of(new Finding(Hop.KEY, Outcome.COMPLIANT, "keys.place")), POLICY);
    RecordEvent event =
        RecordEvent.builder(kind, "cli")
            .time(second * 1_000_000_000L)
            .attributes(
                Attributes.builder()
                    .put("ledger.key.id", key)
                    .put("ledger.key.operation", operation)
                    .build())
            .verdict(verdict)
            .build();
    append(Draft.record(BANK, event, List.of()));
  }

  private ResidencyAttestation attest(OptionalLong before, long after) throws Refused {
    Period period = new Periods(anchors).between(BANK, before, after);
    return new Attester(ledger, keys).attest(period).attestation();
  }

  private static Stream<String> entries(FindingGroup group) {
    return group.entries().runs().stream()
        .flatMap(run -> LongStream.rangeClosed(run.first(), run.last()).boxed())
        .map(index -> String.format(Locale.ROOT, "%04d %s", index, group.what().rule()));
  }

  private static List<String> rules(ResidencyAttestation said) {
    return said.violations().stream().flatMap(StateCarrierTest::entries).sorted().toList();
  }

  @Test
  void whatWasDisabledOrFetchedInOnePeriodIsKnownInTheNextAndTheOneAfterIt() throws Exception {
    key(Kind.KEY_LIFECYCLE, "disabled", "disable", 10);
    key(Kind.KEY_USE, "held", "unwrap", 11);
    long first = anchorer.anchorNow().index();
    key(Kind.DATA_ACCESS, "disabled", "read", 20);
    long second = anchorer.anchorNow().index();
    key(Kind.DATA_ACCESS, "held", "read", 80);
    key(Kind.KEY_USE, "disabled", "decrypt", 81);
    long third = anchorer.anchorNow().index();

    List<String> whole = rules(attest(OptionalLong.empty(), third));
    List<String> parts = new ArrayList<>(rules(attest(OptionalLong.empty(), first)));
    parts.addAll(rules(attest(OptionalLong.of(first), second)));
    parts.addAll(rules(attest(OptionalLong.of(second), third)));
    assertEquals(3, whole.size(), whole::toString);
    assertEquals(whole, parts);
    assertEquals(
        Optional.of(new Carried(4, 1, 0, 0, 0, 1, 0, 0)),
        attest(OptionalLong.of(first), second).carried());
  }

  @Test
  void theStateIsReceivedWithinThePeriodThatItCloses() throws Exception {
    long first = anchorer.anchorNow().index();
    key(Kind.KEY_LIFECYCLE, "k", "disable", 10);
    long second = anchorer.anchorNow().index();
    ResidencyAttestation said = attest(OptionalLong.of(first), second);
    assertEquals(0, said.timing().early());
    Entry state = ledger.reader(BANK).entry(said.scope().to() - 1);
    assertTrue(state.received() <= said.scope().toNs());
  }

  @Test
  void aKeyThatWasEnabledAgainIsNotCarried() throws Exception {
    key(Kind.KEY_LIFECYCLE, "k", "disable", 10);
    anchorer.anchorNow();
    key(Kind.KEY_LIFECYCLE, "k", "enable", 20);
    long second = anchorer.anchorNow().index();
    key(Kind.DATA_ACCESS, "k", "read", 30);
    long third = anchorer.anchorNow().index();
    assertEquals(List.of(), rules(attest(OptionalLong.of(second), third)));
  }

  @Test
  void aLogThatStoodStillGetsNoEntry() throws Exception {
    key(Kind.KEY_LIFECYCLE, "k", "disable", 10);
    anchorer.anchorNow();
    long size = ledger.reader(BANK).size();
    anchorer.anchorNow();
    assertEquals(size, ledger.reader(BANK).size());
    assertEquals(size, anchors.of(BANK, 1).get(0).size());
  }

  @Test
  void theStatesOfManyLogsShareFewCommits() throws Exception {
    List<LogName> shops = IntStream.range(0, 60).mapToObj(i -> new LogName("shop-" + i)).toList();
    for (LogName shop : shops) {
      ledger.create(shop);
    }
    Set<Long> commits = new TreeSet<>();
    anchorer.anchorNow();
    for (LogName shop : shops) {
      Entry last = ledger.reader(shop).entry(ledger.reader(shop).size() - 1);
      assertEquals(1, last.index(), "each was closed with one state");
      commits.add(last.received());
    }
    assertTrue(commits.size() <= 20, "the clock is read once a commit: " + commits.size());
  }

  @Test
  void whileSendersPressOnEveryAnchoredSizeEndsWithItsState() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService senders = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> sending = new ArrayList<>();
      for (int sender = 0; sender < 2; sender++) {
        sending.add(senders.submit(() -> press(stop)));
      }
      for (int i = 0; i < 5; i++) {
        anchorer.anchorNow();
      }
      stop.set(true);
      for (Future<?> one : sending) {
        one.get();
      }
    } finally {
      stop.set(true);
      senders.shutdown();
    }
    LogReader log = ledger.reader(BANK);
    for (Anchors.Anchored one : anchors.of(BANK, 9)) {
      Entry last = log.entry(one.size() - 1);
      assertTrue(
          DetectorsState.in(EventCodec.decode(last.eventBytes())).isPresent(),
          () -> "entry " + last.index());
    }
    StateFold fold = new StateFold();
    List<Entry> entries = new ArrayList<>();
    log.entries(0, log.size(), entries::add);
    for (Entry entry : entries) {
      fold.add(entry.index(), entry.received(), EventCodec.decode(entry.eventBytes()));
    }
  }

  private Void press(AtomicBoolean stop) throws Refused {
    for (int i = 0; !stop.get() || i < 10; i++) {
      List<Draft> drafts = new ArrayList<>();
      for (int j = 0; j < 100; j++) {
        RecordEvent event =
            RecordEvent.builder(Kind.KEY_LIFECYCLE, "cli")
                .attributes(
                    Attributes.builder()
                        .put("ledger.key.id", "k" + (i * 31 + j) % 50)
                        .put("ledger.key.operation", j % 3 == 0 ? "enable" : "disable")
                        .build())
                .verdict(
                    Verdict.of(
                        List.of(new Finding(Hop.KEY, Outcome.COMPLIANT, "keys.place")), POLICY))
                .build();
        drafts.add(Draft.record(BANK, event, List.of()));
      }
      AppendResult result = ledger.append(drafts).join();
      assertInstanceOf(Appended.class, result);
    }
    return null;
  }
}
