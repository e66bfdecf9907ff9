package dev.cadastre.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One spelling a value. */
class EncodingsTest {
  @Test
  void base64HasOneSpelling() throws Refused {
    assertArrayEquals(new byte[] {0, 1, 2, 3}, Encodings.base64("AAECAw=="));
    assertEquals(0, Encodings.base64("").length);
    for (String text :
        List.of(
            "AAECAw",
            "AAECAw=",
            "AAECAx==",
            "AAEC Aw==",
            "AAECAw==\n",
            "-_==",
            "A",
            "====",
            "AAECA£==")) {
      assertThrows(Refused.class, () -> Encodings.base64(text), text);
    }
  }

  @Test
  void hexHasOneSpelling() throws Refused {
    assertArrayEquals(new byte[] {0, (byte) 0xaf}, Encodings.hex("00af"));
    for (String text : List.of("0", "00A0", "0x", "g0", " 00", "00 ", "٠٠")) {
      assertThrows(Refused.class, () -> Encodings.hex(text), text);
    }
  }

  @Test
  void decimalsHaveOneSpelling() throws Refused {
    assertEquals(0, Encodings.decimal("0"));
    assertEquals(10, Encodings.decimal("10"));
    assertEquals(Long.MAX_VALUE, Encodings.decimal("9223372036854775807"));
    for (String text :
        List.of(
            "",
            "00",
            "01",
            "-1",
            "+1",
            " 1",
            "1 ",
            "1.0",
            "٣",
            "9223372036854775808",
            "10000000000000000000",
            "a",
            "/",
            ":")) {
      assertThrows(Refused.class, () -> Encodings.decimal(text), text);
    }
  }

  @Test
  void quotedTextIsShortAndHarmless() {
    assertEquals("\"plain\"", Encodings.quote("plain"));
    assertEquals("\"\uFFFD[31m\uFFFD\uFFFD\"", Encodings.quote("\u001b[31m\n\u202e"));
    assertTrue(Encodings.quote("x".repeat(1000)).length() < 100);
    assertEquals("a\nb\uFFFD", Encodings.plain("a\nb\r"));
  }

  @Test
  void hashesComeInAndGoOutAsCopies() throws Refused {
    byte[] bytes = new byte[32];
    Hash hash = Hash.of(bytes);
    bytes[0] = 1;
    hash.bytes()[0] = 1;
    assertEquals(Hash.ZERO, hash);
    assertNotEquals(Hash.ZERO, Hash.of(bytes));
    assertEquals(hash, Hash.ofHex(hash.hex()));
    assertEquals(hash, Hash.ofBase64(hash.base64()));
    assertEquals(hash.hashCode(), Hash.ZERO.hashCode());
    assertEquals("00".repeat(32), hash.toString());
    assertTrue(Hash.of(bytes).compareTo(hash) > 0);
    bytes[0] = (byte) 0xff;
    assertTrue(Hash.of(bytes).compareTo(hash) > 0, "bytes compare unsigned");
    byte[] target = new byte[34];
    Hash.of(bytes).copyTo(target, 1);
    assertEquals(Hash.of(bytes), Hash.of(target, 1));
    assertEquals(0, target[33]);
    assertThrows(IllegalArgumentException.class, () -> Hash.of(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> Hash.of(new byte[33]));
    assertThrows(Refused.class, () -> Hash.ofHex("00"));
    assertThrows(Refused.class, () -> Hash.ofBase64("AAAA"));
  }
}
