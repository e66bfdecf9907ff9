package dev.cadastre.ledger.search.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.fuzz.FuzzSuite;
import dev.cadastre.fuzz.FuzzTarget;
import dev.cadastre.ledger.search.Cursor;
import dev.cadastre.ledger.search.stored.Statements;
import dev.cadastre.ledger.store.Schema;
import dev.cadastre.ledger.store.sqlite.SqliteDatabase;
import dev.cadastre.proof.detect.Alert;
import dev.cadastre.proof.detect.Detectors;
import dev.cadastre.proof.detect.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What {@code ledger} reads of strangers: events that wait to be indexed, and cursors. */
public final class LedgerTargets implements FuzzSuite {
  @Override
  public List<FuzzTarget> targets() {
    return List.of(
        FuzzTarget.of("facts", () -> new IndexedFacts()::decode)
            .seeds(LedgerTargets::events)
            .allows(Refused.class)
            .json(),
        FuzzTarget.of("cursor", () -> LedgerTargets::cursor)
            .seeds(LedgerTargets::cursors)
            .allows(Refused.class));
  }

  /** The facts gathered from an event's bytes are those gathered from what they decode to. */
  private static final class IndexedFacts {
    private final Terms terms;

    IndexedFacts() throws IOException, SQLException {
      Path directory = Files.createTempDirectory("facts");
      Connection connection = SqliteDatabase.open(directory, Schema.INDEX).writer();
      terms = new Terms(new Statements(connection), 1);
    }

    void decode(byte[] input) throws Refused {
      byte[] event = Json.parse(input).jcs();
      List<Alert> alerts =
          new Detectors(Registry.standard(), Memory.inHeap()).add(5, 77, EventCodec.decode(event));
      EntryFrame.Parts entry = EntryFrame.read(EntryFrame.seal(event, 5, Hash.ZERO, 77));
      Facts.Watch watch = (parts, seen) -> alerts;
      Facts decoded = Facts.decoded(entry, terms, watch);
      Facts given = Facts.of(entry, terms, watch);
      assertEquals(FactsTest.facts(decoded), FactsTest.facts(given));
      assertArrayEquals(decoded.recordId, given.recordId);
      assertTrue(
          alerts.isEmpty() || Facts.scanned(entry, terms, ReadNames.NONE).isEmpty(),
          "an alert is missed");
    }
  }

  private static List<byte[]> events() throws IOException, Refused {
    Path vectors = Path.of(System.getProperty("cadastre.root", ".."), "vectors", "events.json");
    List<byte[]> seeds = new ArrayList<>();
    for (Json.Obj vector : Json.parseObject(Files.readAllBytes(vectors)).objects("tests")) {
      if (vector.str("result").equals("valid")) {
        seeds.add(vector.str("event").getBytes(StandardCharsets.UTF_8));
      }
    }
    return seeds;
  }

  private static void cursor(byte[] input) throws Refused {
    String text = Encodings.utf8(input);
    assertEquals(text, Cursor.parse(text, Hash.ZERO).format(Hash.ZERO));
  }

  private static List<byte[]> cursors() {
    List<byte[]> seeds = new ArrayList<>();
    for (long index : new long[] {0, 1, Long.MAX_VALUE}) {
      seeds.add(new Cursor(index).format(Hash.ZERO).getBytes(StandardCharsets.US_ASCII));
    }
    return seeds;
  }
}
