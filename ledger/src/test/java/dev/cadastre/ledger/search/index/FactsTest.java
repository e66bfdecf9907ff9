package dev.cadastre.ledger.search.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.Finding;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Integrity;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Resource;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.search.stored.Statements;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import dev.cadastre.proof.detect.Alert;
import dev.cadastre.proof.detect.Detectors;
import dev.cadastre.proof.detect.Memory;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scanning an event's bytes gives the facts that decoding it gives. */
final class FactsTest {
  private static final List<String> NAMES =
      List.of(
          "audit.action",
          "audit.actor.id",
          "audit.outcome",
          "audit.target.id",
          "ledger.data.category",
          "ledger.data.object.id",
          "ledger.data.operation",
          "ledger.data.purpose",
          "ledger.key.custody",
          "ledger.key.id",
          "ledger.key.operation",
          "ledger.keys",
          "audit.prev.hash",
          "audit.sequence.number",
          "audit.sequence.stream_id",
          "ledger.location.evidence.type",
          "server.address",
          "a",
          "z\"\\");
  private static final List<Value> VALUES =
      List.of(
          Value.of("read"),
          Value.of("geoip"),
          Value.of("api.segment.io"),
          Value.of("disable"),
          Value.of("account/1"),
          Value.of(""),
          Value.of(" "),
          Value.of("\u2003"),
          Value.of("ä"),
          Value.of("with \"quotes\" and \\"),
          Value.of("x".repeat(700)),
          Value.of(7),
          Value.UNSET,
          Value.of(List.of(Value.of("one"), Value.of("two"))),
          Value.of(Attributes.of(Map.of("audit.action", Value.of("inner")))));

  @TempDir Path directory;
  private final Random random = new Random(5);

  @Test
  void bytesAndDecodedEventsGiveTheSameFacts() throws Exception {
    try (Connection connection = SqliteDatabase.open(directory, Schema.INDEX).writer();
        Statements statements = new Statements(connection)) {
      Terms terms = new Terms(statements, 1);
      Memory memory = Memory.inHeap();
      Detectors detectors = new Detectors(Registry.standard(), memory);
      int scanned = 0;
      int noticed = 0;
      for (int i = 0; i < 20_000; i++) {
        RecordEvent event = event(i);
        EntryFrame.Parts entry =
            EntryFrame.read(EntryFrame.seal(EventCodec.encode(event), i, Hash.ZERO, 77 + i));
        List<String> before = items(memory);
        List<Alert> alerts = detectors.add(i, 77 + i, event);
        Facts.Watch watch = (parts, seen) -> alerts;
        Facts decoded = Facts.decoded(entry, terms, watch);
        Facts given = Facts.of(entry, terms, watch);
        assertEquals(facts(decoded), facts(given), event::toString);
        assertArrayEquals(decoded.recordId, given.recordId, event::toString);
        noticed += alerts.size();
        if (Facts.scanned(entry, terms, ReadNames.NONE).isPresent()) {
          assertEquals(List.of(), alerts, event::toString);
          assertEquals(before, items(memory), event::toString);
          scanned++;
        }
      }
      assertEquals(true, noticed > 500, "noticed " + noticed);
      assertEquals(true, scanned > 500 && scanned < 15_000, "scanned " + scanned);
    }
  }

  private static List<String> items(Memory memory) {
    return Arrays.stream(Memory.Part.values()).map(part -> part + " " + memory.all(part)).toList();
  }

  static String facts(Facts facts) {
    int[] terms = Arrays.stream(facts.terms()).sorted().distinct().toArray();
    return Arrays.toString(facts.row)
        + facts.noticed
        + Arrays.toString(terms)
        + facts.foundByHop
        + facts.keyStep
        + facts.custody
        + "/"
        + facts.provider;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private RecordEvent event(int i) throws Exception {
    Kind kind = any(List.of(Kind.values()));
    RecordEvent.Builder event =
        RecordEvent.builder(kind, "token/01020304").attributes(attributes(random.nextInt(7)));
    if (random.nextBoolean()) {
      event.id(random.nextInt(9) == 0 ? "id \"" + i : "id-" + i);
    }
    if (random.nextBoolean()) {
      event.name(any(List.of("data.read", " ", "ein\tname", "日本")));
    }
    event.time(any(List.of(0L, 5L, 1_780_000_000_000_000_000L, -1L, Long.MIN_VALUE)));
    event.observed(any(List.of(0L, 9L)));
    if (random.nextBoolean()) {
      event.resource(new Resource(resource()));
    }
    event.locations(locations());
    if (random.nextInt(9) == 0) {
      event.integrity(Integrity.failed(Integrity.Status.INVALID, "EdDSA", "", "it does not hold"));
    }
    if (kind.judged() && random.nextBoolean()) {
      event.verdict(verdict());
    }
    return event.build();
  }

  private Attributes attributes(int count) throws Exception {
    List<String> names = new ArrayList<>(NAMES);
    Attributes.Builder attributes = Attributes.builder();
    for (int i = 0; i < count; i++) {
      attributes.put(names.remove(random.nextInt(names.size())), any(VALUES));
    }
    return attributes.build();
  }

  private Attributes resource() throws Exception {
    Attributes.Builder attributes = Attributes.builder().put("service.name", any(VALUES));
    if (random.nextInt(4) == 0) {
      attributes.put("ledger.data.category", any(VALUES));
    }
    return attributes.build();
  }

  private Map<Hop, Location> locations() {
    Map<Hop, Location> locations = new EnumMap<>(Hop.class);
    for (int i = random.nextInt(3); i > 0; i--) {
      String place = any(List.of("aws:eu-central-1", "DE", "US", "\"odd\""));
      locations.put(
          any(List.of(Hop.values())), new Location(place, any(List.of(Assurance.values()))));
    }
    return locations;
  }

  private Verdict verdict() {
    List<Finding> findings = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      findings.add(
          new Finding(
              any(List.of(Hop.values())),
              any(List.of(Outcome.values())),
              any(List.of("customer-data.processing", "keys.place"))));
    }
    return Verdict.of(findings, 3);
  }
}
