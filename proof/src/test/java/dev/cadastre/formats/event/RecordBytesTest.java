package dev.cadastre.formats.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Judged by the decoder. */
class RecordBytesTest {
  private static final int EVENTS = 300;

  private static List<RecordEvent> events(long seed) {
    RandomEvents random = new RandomEvents(new Random(seed));
    List<RecordEvent> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(random.record());
    }
    return events;
  }

  @Test
  void findTheIdThatTheDecoderFinds() throws Refused {
    for (RecordEvent event : events(1)) {
      byte[] bytes = EventCodec.encode(event);
      byte[] entry = EntryFrame.seal(bytes, 5, Hash.ZERO, 7);
      String found =
          RecordBytes.id(bytes, 0).map(id -> new String(id, StandardCharsets.UTF_8)).orElse("");
      assertEquals(event.id(), found);
      byte[] inEntry = RecordBytes.id(entry, EntryFrame.EVENT_START).orElse(new byte[0]);
      assertArrayEquals(event.id().getBytes(StandardCharsets.UTF_8), inEntry);
    }
  }

  @Test
  void whatTheServerSaysDoesNotCount() throws Refused {
    Map<Hop, Location> elsewhere =
        Map.of(Hop.STORAGE, new Location("aws:eu-central-1", Assurance.CLAIMED));
    for (RecordEvent event : events(2)) {
      byte[] bytes = EventCodec.encode(event);
      RecordEvent moved = event.toBuilder().locations(elsewhere).build();
      assertTrue(RecordBytes.samePayload(bytes, EventCodec.encode(moved)));
      assertTrue(RecordBytes.samePayload(EventCodec.encode(moved), bytes));
    }
  }

  @Test
  void everythingElseCounts() throws Refused {
    for (RecordEvent event : events(3)) {
      byte[] bytes = EventCodec.encode(event);
      List<RecordEvent> others =
          List.of(
              event.toBuilder().id(event.id() + "x").build(),
              event.toBuilder().name(event.name() + "x").build(),
              event.toBuilder().time(event.time() + 1).build(),
              event.toBuilder().observed(event.observed() + 1).build(),
              event.toBuilder().problem(event.problem() + "x").build(),
              event.toBuilder().flags(event.flags() + 1).build());
      for (RecordEvent other : others) {
        assertFalse(RecordBytes.samePayload(bytes, EventCodec.encode(other)), other::toString);
        assertFalse(RecordBytes.samePayload(EventCodec.encode(other), bytes), other::toString);
      }
    }
  }

  @Test
  void agreesWithAComparisonOfDecodedMembers() throws Refused {
    List<RecordEvent> events = events(4);
    for (int i = 1; i < EVENTS; i++) {
      byte[] one = EventCodec.encode(events.get(i - 1));
      byte[] other = EventCodec.encode(events.get(i));
      assertEquals(
          payload(one).equals(payload(other)), RecordBytes.samePayload(one, other), "event " + i);
    }
  }

  private static Map<String, Json> payload(byte[] event) throws Refused {
    Map<String, Json> members = new TreeMap<>(Json.parseObject(event).members());
    members.keySet().removeAll(List.of("integrity", "locations", "sender", "verdict"));
    return members;
  }

  @Test
  void refusesBytesThatEndInside() {
    byte[] bytes = EventCodec.encode(RecordEvent.builder(Kind.OTHER, "cli").id("a").build());
    for (int length = 0; length < bytes.length - 1; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(Refused.class, () -> RecordBytes.samePayload(cut, bytes), "length " + length);
    }
    assertThrows(
        Refused.class, () -> RecordBytes.id("{\"a\":".getBytes(StandardCharsets.UTF_8), 0));
  }
}
