package dev.cadastre.formats.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The hot path's writer: what it writes reads back, and is canonical at once. */
class JcsWriterTest {
  private static String text(JcsWriter writer) {
    return new String(writer.toBytes(), UTF_8);
  }

  @Test
  void placesCommasAndColons() {
    JcsWriter writer = new JcsWriter(1);
    writer.beginObject().member("a", 1).member("b", "x").name("c").beginArray();
    writer
        .beginArray()
        .endArray()
        .bool(true)
        .bool(false)
        .nul()
        .beginObject()
        .endObject()
        .number(0.5);
    writer.endArray().name("d").value("[1]".getBytes(UTF_8)).name("e").hex(Hash.ZERO).endObject();
    String expected =
        "{\"a\":1,\"b\":\"x\",\"c\":[[],true,false,null,{},0.5],\"d\":[1],\"e\":\""
            + "0".repeat(64)
            + "\"}";
    assertEquals(expected, text(writer));
    assertEquals(expected.length(), writer.size());
    assertEquals("7", text(writer.reset().number(7)));
    assertEquals("8", text(writer.reset().number(8)));
  }

  @Test
  void writesIntegersUpToTheirLimits() {
    for (long value :
        new long[] {
          0,
          1,
          -1,
          9,
          10,
          99,
          100,
          -100,
          12345,
          999_999_999_999L,
          Json.MAX_INTEGER,
          -Json.MAX_INTEGER
        }) {
      assertEquals(Long.toString(value), text(new JcsWriter(1).number(value)));
    }
    for (long value :
        new long[] {Json.MAX_INTEGER + 1, -Json.MAX_INTEGER - 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> new JcsWriter().number(value));
    }
    assertThrows(IllegalArgumentException.class, () -> new JcsWriter().number(Double.NaN));
  }

  @Test
  void refusesLoneSurrogatesWhereverTheyStand() {
    for (String lone :
        new String[] {
          "\ud800", "\udc00", "a\ud800b", "\udc00\ud800", "\ud800\ud800\udc00", "x\udbff"
        }) {
      assertThrows(IllegalArgumentException.class, () -> new JcsWriter().string(lone));
    }
  }

  @Test
  void randomStringsReadBackAndAreCanonical() throws Refused {
    Random random = new Random(8785);
    JcsWriter writer = new JcsWriter(1);
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        int c = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(0x100);
        text.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 'x' : c);
      }
      byte[] json = writer.reset().string(text.toString()).toBytes();
      assertEquals(new Json.Str(text.toString()), Json.parseCanonical(json), "round " + round);
      assertArrayEquals(json, new Json.Str(text.toString()).jcs());
    }
  }
}
