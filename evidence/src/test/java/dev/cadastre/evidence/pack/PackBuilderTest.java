package dev.cadastre.evidence.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.cadastre.anchors.Anchorer;
import dev.cadastre.anchors.Anchors;
import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.evidence.Attester;
import dev.cadastre.evidence.Period;
import dev.cadastre.evidence.Periods;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.Policies;
import dev.cadastre.ledger.model.AdoptedPolicy;
import dev.cadastre.ledger.model.AppendResult.Appended;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import dev.cadastre.proof.note.TrustPolicy;
import dev.cadastre.proof.pack.PackReader;
import dev.cadastre.proof.pack.PackSetReport;
import dev.cadastre.proof.pack.PackVerifier;
import dev.cadastre.proof.pack.VerificationReport;
import dev.cadastre.proof.pack.format.PackLayout;
import dev.cadastre.proof.pack.format.PackLimits;
import dev.cadastre.proof.pack.format.PackPart;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackBuilderTest {
  private static final LogName BANK = new LogName("bank");
  private static final String POLICY =
      "{\"version\":1,\"tenant\":\"bank\",\"categories\":{\"*\":{\"default\":{\"allow\":[\"%s\"]}}}}";

  @TempDir Path dir;
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private CellKeys keys;
  private Ledger ledger;
  private Anchorer anchorer;
  private PackBuilder packs;
  private Periods periods;

  @BeforeEach
  void open() throws Exception {
    keys = CellKeys.open(dir.resolve("keys"));
    ledger =
        Ledger.open(
            SqliteStores.in(dir),
            SignedHeadsFile.in(dir),
            new LedgerSettings("test", "eu"),
            () -> now,
            keys,
            keys);
    for (LogName log : List.of(LogName.ANCHORS, LogName.CELL, BANK)) {
      ledger.create(log);
    }
    anchorer = new Anchorer(ledger, () -> now);
    periods = new Periods(new Anchors(ledger));
    packs = new PackBuilder(ledger, new Attester(ledger, keys), keys);
    adopt("EU");
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void aPackFromBirthIsVerified() throws Exception {
    append(300);
    anchorer.anchorNow();

    assertVerified(pack(periods.covering(BANK, Optional.empty(), Optional.empty())));
  }

  @Test
  void aPackBetweenAnchorsIsVerifiedAndHoldsThatPeriodAlone() throws Exception {
    append(300);
    long first = anchorer.anchorNow().index();
    now = now.plus(Duration.ofDays(1));
    append(10);
    adopt("DE");
    append(10);
    long second = anchorer.anchorNow().index();
    append(5);

    byte[] pack = pack(periods.between(BANK, OptionalLong.of(first), second));
    assertVerified(pack);
    try (PackReader reader = PackReader.of(pack, PackLimits.STANDARD)) {
      String entries = new String(reader.bytes(PackLayout.ENTRIES), StandardCharsets.UTF_8);
      assertEquals(22, entries.lines().count(), "20 records, a policy, a state");
      assertTrue(reader.has(PackLayout.ENTRY_BEFORE), "the state in force at the start");
      assertTrue(reader.has(PackLayout.policyEntry(1)), "the policy in force at the start");
      assertFalse(reader.has(PackLayout.policyEntry(313)), "the later one is among the entries");
    }
  }

  @Test
  void aQuietPeriodIsVerifiedToo() throws Exception {
    long first = anchorer.anchorNow().index();
    long second = anchorer.anchorNow().index();

    assertVerified(pack(periods.between(BANK, OptionalLong.of(first), second)));
  }

  @Test
  void theSamePeriodGivesTheSameBytesLaterOn() throws Exception {
    append(20);
    anchorer.anchorNow();
    Period period = periods.covering(BANK, Optional.empty(), Optional.empty());
    byte[] before = pack(period);
    now = now.plus(Duration.ofDays(3));
    append(20);
    anchorer.anchorNow();

    assertArrayEquals(before, pack(period));
  }

  @Test
  void pagesSayWhatTheEntriesSay() throws Exception {
    append(30);
    anchorer.anchorNow();
    byte[] pack = pack(periods.covering(BANK, Optional.empty(), Optional.empty()));

    try (PackReader reader = PackReader.of(pack, PackLimits.STANDARD)) {
      String report = new String(reader.bytes(PackLayout.REPORT), StandardCharsets.UTF_8);
      assertTrue(report.contains("10 of 30 judged events broke the policy."), report);
      assertTrue(report.contains("aws:us-east-1"), report);
      String readme = new String(reader.bytes(PackLayout.README), StandardCharsets.UTF_8);
      assertTrue(readme.contains(keys.signerFor("test/eu/bank").key().format()), readme);
      for (String page : List.of(report, readme)) {
        assertTrue(page.contains("Content-Security-Policy"), page);
        assertFalse(page.contains("<script"), page);
        assertFalse(page.contains("http://") || page.contains("https://"), page);
      }
    }
  }

  /** Room for the entries of two of the periods that the test below makes, and not of three. */
  private PackBuilder small() throws Exception {
    long bytes = ledger.reader(BANK).storedBytes(0, ledger.reader(BANK).size());
    PackLimits limits = new PackLimits(100, bytes, 1 << 30, 1 << 30, 400, 1 << 25);
    return new PackBuilder(ledger, new Attester(ledger, keys), keys, limits);
  }

  @Test
  void aPeriodThatOutgrowsAPackBecomesASetThatIsCutAtAnchors() throws Exception {
    for (int day = 0; day < 6; day++) {
      append(100);
      now = now.plus(Duration.ofDays(1));
      anchorer.anchorNow();
    }
    Period whole = periods.covering(BANK, Optional.empty(), Optional.empty());
    PackBuilder small = small();
    Map<String, ByteArrayOutputStream> files = new TreeMap<>();
    AtomicLong progress = new AtomicLong();
    small.writeAll(
        whole,
        part -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          files.put(part.map(PackPart::describe).orElse("one"), out);
          return out;
        },
        progress::set);
    assertTrue(files.size() > 1 && files.size() < 6, files.keySet().toString());
    assertEquals(whole.to(), progress.get());
    assertTrue(set(files).verified(), set(files).toString());
    assertEquals(whole.to() - 1 + "", set(files).checks().get(2).detail().split(" ")[3]);
    files.remove(files.keySet().iterator().next());
    assertFalse(set(files).verified());
  }

  private static PackSetReport set(Map<String, ByteArrayOutputStream> files) throws Exception {
    List<PackSetReport.Member> members = new ArrayList<>();
    for (Map.Entry<String, ByteArrayOutputStream> file : files.entrySet()) {
      try (PackReader pack = PackReader.of(file.getValue().toByteArray(), PackLimits.STANDARD)) {
        VerificationReport report = PackVerifier.verify(pack, Optional.empty());
        members.add(new PackSetReport.Member(file.getKey(), report));
      }
    }
    return PackSetReport.of(members);
  }

  @Test
  void whatFitsNoPackIsRefusedBeforeAnythingIsWritten() throws Exception {
    append(10);
    anchorer.anchorNow();
    append(600);
    anchorer.anchorNow();
    Period whole = periods.covering(BANK, Optional.empty(), Optional.empty());
    PackBuilder small = small();
    Refused between =
        assertThrows(
            Refused.class,
            () -> small.writeAll(whole, part -> fail("a file was opened"), done -> {}));
    assertTrue(between.getMessage().contains("lie between two anchors"), between.getMessage());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Refused one = assertThrows(Refused.class, () -> small.write(whole, out, done -> {}));
    assertTrue(one.getMessage().contains("do not fit one pack"), one.getMessage());
    assertEquals(0, out.size());
  }

  private void assertVerified(byte[] pack) throws Exception {
    try (PackReader reader = PackReader.of(pack, PackLimits.STANDARD)) {
      TrustPolicy trust = TrustPolicy.parse(reader.bytes(PackLayout.TRUST_POLICY));
      VerificationReport report = PackVerifier.verify(reader, Optional.of(trust));
      assertTrue(report.verified(), report.toString());
    }
  }

  private byte[] pack(Period period) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicLong progress = new AtomicLong();
    packs.write(period, out, progress::set);
    assertEquals(period.to() - period.from(), progress.get());
    return out.toByteArray();
  }

  private void adopt(String place) throws Exception {
    String json = POLICY.replace("%s", place);
    Policy policy = Policy.fromJson(Json.parseObject(json.getBytes(StandardCharsets.UTF_8)));
    Policies.adopt(ledger, BANK, policy, json, "test");
  }

  /** Data accesses, a third of them where the policy does not allow them. */
  private void append(int count) throws Exception {
    AdoptedPolicy adopted = ledger.policy(BANK).orElseThrow();
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RecordEvent event = access(i % 3 == 0 ? "aws:us-east-1" : "aws:eu-central-1");
      var verdict = Judge.judge(event, adopted.policy(), adopted.registry(), adopted.index(), 0);
      drafts.add(Draft.record(BANK, event.withVerdict(verdict), List.of()));
    }
    assertInstanceOf(Appended.class, ledger.append(drafts).join());
  }

  private RecordEvent access(String place) throws Exception {
    return RecordEvent.builder(Kind.DATA_ACCESS, "token/00000000")
        .attributes(
            Attributes.builder().put(Names.DATA_CATEGORY, Value.of("customer-data")).build())
        .locations(Map.of(Hop.PROCESSING, new Location(place, Assurance.CLAIMED)))
        .time(now.getEpochSecond() * 1_000_000_000L)
        .build();
  }
}
