package dev.cadastre.ledger.search.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.AlertSeen;
import dev.cadastre.ledger.search.EventPage;
import dev.cadastre.ledger.search.EventQuery;
import dev.cadastre.ledger.search.EventRow;
import dev.cadastre.ledger.search.Field;
import dev.cadastre.ledger.search.MemoryLogs;
import dev.cadastre.ledger.search.SampleEvents;
import dev.cadastre.ledger.search.Search;
import dev.cadastre.ledger.search.TimeRange;
import dev.cadastre.ledger.search.stored.TermText;
import dev.cadastre.ledger.store.Database;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import dev.cadastre.proof.attestation.AttestationFold;
import dev.cadastre.proof.attestation.AttestationScope;
import dev.cadastre.proof.attestation.FindingGroup;
import dev.cadastre.proof.attestation.ResidencyAttestation;
import dev.cadastre.proof.detect.Alert;
import dev.cadastre.proof.detect.Detectors;
import dev.cadastre.proof.detect.StateFold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a log is cut into batches, the index says what a fold over all of it says. */
final class AlertsTest {
  private static final LogName BANK = new LogName("bank");
  private static final int EVENTS = 1_500;

  /** Too long a name to be carried over: known up to the next state only. */
  private static final String FORGOTTEN = "k".repeat(1_100);

  @TempDir Path directory;
  private final MemoryLogs logs = new MemoryLogs();
  private final Random random = new Random(11);
  private Database index;
  private long made;

  @BeforeEach
  void indexInManyRuns() throws Refused {
    index = SqliteDatabase.open(directory, Schema.INDEX);
    StateFold state = new StateFold();
    for (int i = 0; i < EVENTS; i++) {
      RecordEvent event = i % 300 == 299 ? state.state(0).event(0) : event();
      state.add(i, SampleEvents.START_NS + i, event);
      logs.append(BANK, event, SampleEvents.START_NS + i);
      if (random.nextInt(40) == 0) {
        new Indexer(directory, index, logs).catchUp();
      }
    }
    new Indexer(directory, index, logs).catchUp();
  }

  @Test
  void violationsThatOrderShowsAreCountedAndListedAsTheAttestationDoes() throws Refused {
    ResidencyAttestation said = attestation();
    try (Search search = new Search(index, logs)) {
      Map<String, Long> judged = new TreeMap<>();
      search
          .summary(BANK, TimeRange.ALL)
          .judged()
          .forEach((outcome, count) -> judged.put(outcome.wire(), count));
      assertEquals(said.outcomes().counts(), judged);
      for (Outcome outcome : Outcome.values()) {
        long listed = list(search, Field.OUTCOME, outcome.wire()).size();
        assertEquals(said.outcomes().of(outcome.wire()), listed, outcome.wire());
      }
      List<EventRow> violations = list(search, Field.OUTCOME, "violation");
      assertEquals(
          said.violations().stream().flatMap(AlertsTest::entries).distinct().sorted().toList(),
          violations.stream().map(EventRow::index).sorted().toList());
      assertTrue(violations.stream().allMatch(row -> row.rule().isPresent()));
      assertTrue(list(search, Field.RULE, "keys.disabled").size() > 10);
      assertTrue(list(search, Field.RULE, "keys.cache-expired").size() > 10);
    }
  }

  private static Stream<Long> entries(FindingGroup group) {
    return group.entries().runs().stream()
        .flatMap(run -> LongStream.rangeClosed(run.first(), run.last()).boxed());
  }

  @Test
  void everyAlertIsKeptWithItsEntryAndCounted() throws Refused {
    List<Alert> expected = alerts();
    try (Search search = new Search(index, logs)) {
      List<Alert> kept = new ArrayList<>();
      for (long i = 0; i < EVENTS; i++) {
        kept.addAll(search.alerts(BANK, i));
      }
      assertEquals(expected, kept);
      Map<Alert.Kind, Long> counts = new EnumMap<>(Alert.Kind.class);
      expected.forEach(alert -> counts.merge(alert.kind(), 1L, Long::sum));
      assertEquals(counts, counts(search.summary(BANK, TimeRange.ALL).alerts()));
      assertEquals(counts, counts(search.alerts(BANK, 0, EVENTS)));
      assertEquals(counts, search.alertTotals());
      for (Alert.Kind kind : counts.keySet()) {
        assertEquals(
            expected.stream()
                .filter(one -> one.kind() == kind)
                .map(Alert::index)
                .distinct()
                .toList(),
            list(search, Field.ALERT, kind.wire()).stream().map(EventRow::index).sorted().toList());
      }
    }
  }

  @Test
  void aRunOfEntriesHasItsOwnAlertsAndTheNewestOfEachSubjectIsTold() throws Refused {
    try (Search search = new Search(index, logs)) {
      List<Alert> some =
          alerts().stream().filter(one -> one.index() >= 200 && one.index() < 900).toList();
      List<AlertSeen> seen = search.alerts(BANK, 200, 900);
      assertEquals(some.size(), seen.stream().mapToLong(AlertSeen::events).sum());
      for (AlertSeen one : seen) {
        for (AlertSeen.About about : one.about()) {
          Alert newest =
              some.stream()
                  .filter(a -> a.kind() == one.kind() && a.subject().equals(about.subject()))
                  .max(Comparator.comparing(Alert::index))
                  .orElseThrow();
          assertEquals(newest.index(), about.lastIndex());
          assertEquals(newest.detail(), about.detail());
        }
      }
    }
  }

  @Test
  void aRecordSentAgainIsNotCountedAgain() throws Refused {
    long before;
    RecordEvent alone =
        RecordEvent.builder(Kind.OTHER, "token/0a1b2c3d")
            .id("once")
            .attributes(Attributes.builder().put("server.address", "api.segment.io").build())
            .build();
    try (Search search = new Search(index, logs)) {
      before = search.alertTotals().getOrDefault(Alert.Kind.ANALYTICS_EGRESS, 0L);
    }
    logs.append(BANK, alone, SampleEvents.START_NS + EVENTS);
    logs.append(BANK, alone, SampleEvents.START_NS + EVENTS + 1);
    new Indexer(directory, index, logs).catchUp();
    try (Search search = new Search(index, logs)) {
      assertEquals(before + 1, search.alertTotals().get(Alert.Kind.ANALYTICS_EGRESS));
      assertEquals(1, search.alerts(BANK, EVENTS + 1).size());
    }
  }

  private static Map<Alert.Kind, Long> counts(List<AlertSeen> seen) {
    Map<Alert.Kind, Long> counts = new EnumMap<>(Alert.Kind.class);
    seen.forEach(one -> counts.put(one.kind(), one.events()));
    return counts;
  }

  private List<EventRow> list(Search search, Field field, String value) throws Refused {
    List<EventRow> rows = new ArrayList<>();
    EventQuery query = EventQuery.of(BANK).with(field, value).limit(EventQuery.MAX_LIMIT);
    Optional<String> next = Optional.of("");
    while (next.isPresent()) {
      EventPage page = search.events(next.get().isEmpty() ? query : query.after(next.get()));
      rows.addAll(page.events());
      next = page.next();
    }
    return rows;
  }

  private List<Alert> alerts() throws Refused {
    Detectors detectors = new Detectors(Registry.standard());
    List<Alert> alerts = new ArrayList<>();
    for (Entry entry : logs.entries(BANK, 0, EVENTS)) {
      alerts.addAll(
          detectors.add(entry.index(), entry.received(), EventCodec.decode(entry.eventBytes())));
    }
    return alerts.stream().map(AlertsTest::asIndexed).toList();
  }

  /** Long texts are cut. */
  private static Alert asIndexed(Alert alert) {
    return new Alert(alert.index(), alert.kind(), TermText.cut(alert.subject()), alert.detail());
  }

  private ResidencyAttestation attestation() throws Refused {
    AttestationScope scope =
        new AttestationScope(
            "origin",
            0,
            EVENTS,
            Hash.ZERO,
            Hash.ZERO,
            0,
            Long.MAX_VALUE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    AttestationFold fold = new AttestationFold(scope, Optional.empty());
    for (Entry entry : logs.entries(BANK, 0, EVENTS)) {
      fold.add(entry);
    }
    return fold.result();
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private RecordEvent event() throws Refused {
    Kind kind = any(List.of(Kind.DATA_ACCESS, Kind.KEY_USE, Kind.KEY_LIFECYCLE, Kind.INFERENCE));
    List<String> operations =
        kind == Kind.KEY_LIFECYCLE
            ? List.of("disable", "enable", "rotate")
            : List.of("unwrap", "decrypt");
    Attributes.Builder attributes =
        Attributes.builder()
            .put("ledger.data.category", any(List.of("customer-data", "logs", "ci-artifact")))
            .put("audit.outcome", any(List.of("success", "success", "denied")))
            .put("ledger.key.operation", any(operations));
    if (random.nextInt(3) > 0) {
      attributes.put("ledger.key.id", any(List.of("k1", "k2", "k3", FORGOTTEN)));
      attributes.put("ledger.key.ttl_s", random.nextInt(50));
    }
    if (random.nextInt(3) == 0) {
      attributes.put("audit.sequence.stream_id", any(List.of("s", "t")));
      attributes.put("audit.sequence.number", random.nextInt(30));
    }
    RecordEvent.Builder event =
        RecordEvent.builder(kind, any(List.of("token/0a1b2c3d", "token/0a1b2c3e")))
            .time(SampleEvents.START_NS + (made++ + random.nextInt(99)) * SampleEvents.SECOND_NS)
            .attributes(attributes.build())
            .locations(locations());
    return random.nextInt(9) == 0 ? event.build() : event.verdict(verdict()).build();
  }

  private Map<Hop, Location> locations() {
    Map<Hop, Location> locations = new EnumMap<>(Hop.class);
    for (Hop hop : List.of(Hop.PROCESSING, Hop.STORAGE, Hop.BACKUP, Hop.KEY)) {
      if (random.nextBoolean()) {
        String place = any(List.of("aws:eu-central-1", "aws:eu-west-1", "DE"));
        locations.put(hop, new Location(place, Assurance.CLAIMED));
      }
    }
    return locations;
  }

  private Verdict verdict() {
    Outcome outcome = any(List.of(Outcome.COMPLIANT, Outcome.COMPLIANT, Outcome.VIOLATION));
    return Verdict.of(List.of(new Finding(Hop.KEY, outcome, "keys.place")), 1);
  }
}
