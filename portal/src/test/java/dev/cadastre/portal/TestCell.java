package dev.cadastre.portal;

import dev.cadastre.anchors.Anchorer;
import dev.cadastre.anchors.Anchors;
import dev.cadastre.anchors.keys.CellKeys;
import dev.cadastre.evidence.Attester;
import dev.cadastre.evidence.pack.PackBuilder;
import dev.cadastre.evidence.pack.PackJobs;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.Policies;
import dev.cadastre.ledger.access.Role;
import dev.cadastre.ledger.access.Sessions;
import dev.cadastre.ledger.access.Tokens;
import dev.cadastre.ledger.feed.LedgerEntries;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.EventQuery;
import dev.cadastre.ledger.search.Field;
import dev.cadastre.ledger.search.Search;
import dev.cadastre.ledger.search.index.Indexer;
import dev.cadastre.ledger.signed.SignedHeadsFile;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import dev.cadastre.ledger.store.sqlite.SqliteStores;
import dev.cadastre.portal.front.FrontLimits;
import dev.cadastre.portal.metrics.Figures;
import dev.cadastre.portal.services.PortalServices;
import dev.cadastre.proof.note.NoteSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A whole cell in a temporary directory, with a clock that the test moves, served by the real
 * portal.
 */
final class TestCell implements AutoCloseable {
  static final LogName BANK = new LogName("rheinbank");
  static final LogName SCHOOL = new LogName("colegio-atlantico");
  static final String POLICY =
      """
      {"version":1,"tenant":"rheinbank","title":"Rheinbank AG, annex C",
       "categories":{
         "customer-data":{"default":{"allow":["DE"]},"edge":{"allow":["EU"]}},
         "payment-data":{"default":{"allow":["DE"]}},
         "*":{"default":{"allow":["EU"]}}},
       "keys":{"allow":["EU"],"custody":["customer-held"],"max-cache":"5m"},
       "operators":{"countries":["DE","AT"]},
       "exceptions":[{"id":"sanctions-screening","category":"payment-data","hop":"gateway","place":"CH",
         "basis":"GDPR Art. 45","until":"2028-06-30"}]}
      """;

  private final Path directory = Files.createTempDirectory("cadastre-portal-test");
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private Instant now = Instant.parse("2026-11-14T09:00:00Z");
  volatile CountDownLatch attesting = new CountDownLatch(0);
  private final CellKeys keys;
  final Ledger ledger;
  final Tokens tokens;
  final Sessions sessions;
  final PortalServices rooms;
  final PortalServer server;
  private final Indexer indexer;
  private final Anchorer anchorer;

  TestCell() throws Exception {
    this(FrontLimits.DEFAULT);
  }

  TestCell(FrontLimits limits) throws Exception {
    InstantSource clock = this::now;
    SecureRandom random = new SecureRandom();
    keys = CellKeys.open(directory.resolve("keys"));
    ledger =
        keep(
            Ledger.open(
                SqliteStores.in(directory),
                SignedHeadsFile.in(directory),
                new LedgerSettings("ledger.example", "eu-de"),
                clock,
                keys,
                keys));
    for (LogName log : List.of(LogName.CELL, LogName.ANCHORS, BANK, SCHOOL)) {
      ledger.create(log);
    }
    tokens = keep(new Tokens(SqliteDatabase.open(directory, Schema.VAULT), clock, random, keys));
    sessions =
        keep(new Sessions(SqliteDatabase.open(directory, Schema.VAULT), clock, random, keys));
    LedgerEntries entries = new LedgerEntries(ledger);
    indexer = new Indexer(directory, SqliteDatabase.open(directory, Schema.INDEX), entries);
    Search search = keep(new Search(SqliteDatabase.open(directory, Schema.INDEX), entries));
    Attester attester = keep(new Attester(ledger, this::heldSigner));
    PackJobs packs =
        keep(
            new PackJobs(
                new PackBuilder(ledger, attester, keys), directory.resolve("packs"), clock));
    anchorer = new Anchorer(ledger, clock);
    rooms =
        new PortalServices(
            ledger,
            search,
            tokens,
            sessions,
            new Anchors(ledger),
            attester,
            packs,
            clock,
            keep(new Figures()));
    PortalSettings settings = new PortalSettings("127.0.0.1", 0, "ledger.example", "eu-de", false);
    server = keep(PortalServer.start(settings, rooms, limits));
  }

  /** An attestation is signed when the test lets it be. */
  private NoteSigner heldSigner(String origin) {
    try {
      attesting.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return keys.signerFor(origin);
  }

  private <T extends AutoCloseable> T keep(T room) {
    opened.push(room);
    return room;
  }

  private synchronized Instant now() {
    return now;
  }

  synchronized void move(Duration by) {
    now = now.plus(by);
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  String token(Role role, LogName log) {
    return tokens.issue(role, Optional.of(log), "test", Optional.empty());
  }

  String tokenForAll(Role role) {
    return tokens.issue(role, Optional.empty(), "test", Optional.empty());
  }

  void adopt() throws Refused {
    Policy policy = Policy.fromJson(Json.parseObject(POLICY.getBytes(StandardCharsets.UTF_8)));
    Policies.adopt(ledger, BANK, policy, POLICY, "test");
  }

  /** The bank's newest entry of which the index says that. */
  long newest(Field field, String value) throws Refused {
    EventQuery query = EventQuery.of(BANK).with(field, value).limit(1);
    return rooms.search().events(query).events().get(0).index();
  }

  /** Judges and appends, as ingest does. */
  void append(LogName log, RecordEvent event, List<Disclosure> disclosures) throws Refused {
    RecordEvent judged = event;
    var policy = ledger.policy(log);
    if (policy.isPresent() && event.kind().judged()) {
      judged =
          event.withVerdict(
              Judge.judge(
                  event,
                  policy.get().policy(),
                  policy.get().registry(),
                  policy.get().index(),
                  ledger.nowNs()));
    }
    AppendResult result = ledger.append(List.of(Draft.record(log, judged, disclosures))).join();
    if (!(result instanceof AppendResult.Appended)) {
      throw new IllegalStateException("not appended: " + result);
    }
  }

  long nanos() {
    Instant time = now();
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  void index() {
    if (!indexer.catchUp()) {
      throw new IllegalStateException("somebody else indexes " + directory);
    }
  }

  void anchor() {
    anchorer.anchorNow();
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
    delete(directory);
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all = new ArrayList<>();
    try (var walk = Files.walk(directory)) {
      walk.forEach(path -> all.add(0, path));
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
