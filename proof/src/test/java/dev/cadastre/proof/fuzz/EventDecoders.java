package dev.cadastre.proof.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.Vectors;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.EventEncoder;
import dev.cadastre.formats.event.RecordBytes;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.policy.Policy;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.residency.Locator;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.proof.pack.format.EventsCsv;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** JSON, entries, the events in them, and disclosures: one form each, and none else accepted. */
final class EventDecoders {
  private static final byte[] OTHER = "{\"a\":1,\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8);

  private EventDecoders() {}

  static void json(byte[] input) throws Refused {
    Json json = Json.parse(input);
    byte[] canonical = json.jcs();
    assertEquals(json, Json.parseCanonical(canonical));
    if (Arrays.equals(input, canonical)) {
      assertEquals(json, Json.parseCanonical(input));
    } else {
      assertThrows(Refused.class, () -> Json.parseCanonical(input));
    }
  }

  static void entry(byte[] input) throws Refused {
    Entry entry = Entry.parse(input);
    byte[] event = entry.eventBytes();
    assertArrayEquals(input, EntryFrame.seal(event, entry.index(), entry.prev(), entry.received()));
    EntryFrame.Parts parts = EntryFrame.read(input);
    assertArrayEquals(event, parts.eventBytes());
    assertEquals(entry.index(), parts.index());
    assertEquals(entry.received(), parts.received());
    assertEquals(Hash.sha256(new byte[] {0}, input), entry.leafHash());
  }

  static void disclosure(byte[] input) throws Refused {
    String text = Encodings.utf8(input);
    Disclosure disclosure = Disclosure.parse(text);
    assertEquals(text, disclosure.encoded());
    assertEquals(43, disclosure.digest().length());
    Disclosure own = Disclosure.of(new byte[16], disclosure.name(), disclosure.value());
    assertEquals(disclosure.value(), Disclosure.parse(own.encoded()).value());
  }

  /** Decodes an event and does with it whatever is done with one that a log holds. */
  static final class Events {
    private final Registry registry = Registry.standard();
    private final Policy policy;

    Events() throws Refused {
      policy =
          Policy.fromJson(
              Json.parseObject(Seeds.utf8(Vectors.all("verdicts").get(0).str("policy"))));
    }

    /** An input in another spelling is refused, and tried again in the canonical one. */
    void decode(byte[] input) throws Refused {
      bytes(input);
      byte[] canonical = Json.parse(input).jcs();
      if (!Arrays.equals(input, canonical)) {
        assertThrows(Refused.class, () -> EventCodec.decode(input));
      }
      event(canonical);
    }

    private void event(byte[] input) throws Refused {
      Event event = EventCodec.decode(input);
      assertArrayEquals(input, EventCodec.encode(event));
      assertEquals(event, EventCodec.decode(input));
      assertEquals(event.hashCode(), EventCodec.decode(input).hashCode());
      if (event instanceof RecordEvent one) {
        one(one, input);
      }
    }

    /** What is told from the bytes alone must not fail on any bytes. */
    private static void bytes(byte[] input) {
      try {
        RecordBytes.id(input, 0);
        RecordBytes.samePayload(input, OTHER);
        RecordBytes.samePayload(OTHER, input);
      } catch (Refused noObject) {
        // Most bytes are none.
      }
    }

    private void one(RecordEvent event, byte[] input) throws Refused {
      assertArrayEquals(input, new EventEncoder().encode(event));
      assertEquals(
          event.id(),
          new String(RecordBytes.id(input, 0).orElse(new byte[0]), StandardCharsets.UTF_8));
      assertTrue(RecordBytes.samePayload(input, input));
      RecordEvent placed = event.toBuilder().locations(Locator.locate(event, registry)).build();
      for (RecordEvent any : new RecordEvent[] {event, placed}) {
        if (any.kind().judged()) {
          RecordEvent judged = any.withVerdict(Judge.judge(any, policy, registry, 1, 1));
          byte[] bytes = EventCodec.encode(judged);
          assertEquals(judged, EventCodec.decode(bytes));
          assertTrue(RecordBytes.samePayload(input, bytes));
          assertEquals(judged.verdict().orElseThrow(), Judge.judge(judged, policy, registry, 1, 1));
        }
      }
      table(event, input);
    }

    /** One row of 17 cells, of which a spreadsheet runs none as a formula. */
    private static void table(RecordEvent event, byte[] input) throws Refused {
      if (input.length > EntryFrame.MAX_EVENT_BYTES) {
        return;
      }
      byte[] row = EventsCsv.row(Entry.parse(EntryFrame.seal(input, 7, Hash.ZERO, 8)), event);
      List<String> cells = cells(Encodings.utf8(row));
      assertEquals(17, cells.size());
      for (String cell : cells) {
        assertTrue(cell.isEmpty() || "=+-@\t\r\n".indexOf(cell.charAt(0)) < 0, cell);
      }
    }

    /** RFC 4180. */
    private static List<String> cells(String row) {
      List<String> cells = new ArrayList<>();
      StringBuilder cell = new StringBuilder();
      boolean quoted = false;
      for (int i = 0; i < row.length(); i++) {
        char c = row.charAt(i);
        if (c == '"') {
          quoted = !quoted;
          cell.append(quoted && i > 0 && row.charAt(i - 1) == '"' ? "\"" : "");
        } else if (!quoted && (c == ',' || row.startsWith("\r\n", i))) {
          cells.add(cell.toString());
          cell.setLength(0);
          i += c == ',' ? 0 : 1;
        } else {
          cell.append(c);
        }
      }
      assertEquals(0, cell.length(), "a row ends in a line break");
      return cells;
    }
  }
}
