package dev.cadastre.formats.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.JcsWriter;
import dev.cadastre.formats.json.Json;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventCodecTest {
  @Test
  void everyRandomRecordComesBackTheSame() throws Refused {
    for (long seed = 0; seed < 3_000; seed++) {
      RecordEvent event = new RandomEvents(new Random(seed)).record();
      byte[] bytes = EventCodec.encode(event);
      String shown = "seed " + seed + ": " + new String(bytes, StandardCharsets.UTF_8);
      assertEquals(event, EventCodec.decode(bytes), shown);
      assertArrayEquals(Json.parse(bytes).jcs(), bytes, shown);
    }
  }

  @Test
  void whatIsReadIsAlwaysInItsOneForm() {
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      byte[] bytes = EventCodec.encode(new RandomEvents(random).record());
      byte[] altered = bytes.clone();
      int at = random.nextInt(bytes.length);
      altered[at] ^= (byte) (1 << random.nextInt(8));
      try {
        assertArrayEquals(altered, EventCodec.encode(EventCodec.decode(altered)));
      } catch (Refused e) {
        continue;
      }
    }
  }

  @Test
  void aReusedBufferLeavesNothingBehind() {
    JcsWriter buffer = new JcsWriter();
    RandomEvents random = new RandomEvents(new Random(1));
    for (int i = 0; i < 50; i++) {
      RecordEvent event = random.record();
      assertArrayEquals(EventCodec.encode(event), EventCodec.encode(event, buffer));
    }
  }

  @Test
  void theLogsOwnEventsComeBackTheSame() throws Refused {
    Json.Obj policy = Json.parseObject("{\"b\":[1,2],\"a\":null}".getBytes(StandardCharsets.UTF_8));
    List<Event> events =
        List.of(
            new Birth("eu-de", List.of("v+k"), "example.com/eu-de/bank"),
            new PolicyAdoption("cli", 1, policy, OptionalLong.empty(), Hash.ZERO, "a: b\n"),
            new PolicyAdoption("cli", 1, policy, OptionalLong.of(3), Hash.ZERO, ""),
            new AnchorEvent("1970-01-01", 16, OptionalLong.of(0), Hash.ZERO, 5));
    for (Event event : events) {
      assertEquals(event, EventCodec.decode(EventCodec.encode(event)));
    }
  }

  @Test
  void valuesNestedTooDeepAreNeverWritten() {
    Value value = Value.of(1);
    for (int i = 0; i <= Value.MAX_DEPTH; i++) {
      value = Value.of(List.of(value));
    }
    RecordEvent event =
        RecordEvent.builder(Kind.OTHER, "cli")
            .attributes(Attributes.of(Map.of("v", value)))
            .build();
    assertThrows(IllegalArgumentException.class, () -> EventCodec.encode(event));
  }

  @Test
  void reservedAndRepeatedNamesAreRefused() {
    for (String name : List.of(Attributes.SD, Attributes.SD_ELEMENT)) {
      assertThrows(Refused.class, () -> Attributes.builder().put(name, "x").build());
    }
    assertThrows(Refused.class, () -> Attributes.builder().put("a", 1).put("a", 2).build());
  }
}
