package dev.cadastre.formats;

import dev.cadastre.formats.text.FixedUnicode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Strict readers of the small encodings that the formats share. Each accepts exactly one spelling
 * of a value: a second spelling would let two byte strings mean one thing, and signatures cover
 * bytes.
 */
public final class Encodings {
  private static final int SHOWN = 80;

  private Encodings() {}

  /** Standard base64 of RFC 4648 section 4: padded, no line breaks, unused bits zero. */
  public static byte[] base64(String text) throws Refused {
    byte[] ascii = text.getBytes(StandardCharsets.UTF_8);
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(ascii);
    } catch (IllegalArgumentException e) {
      throw new Refused("expected base64, found " + quote(text), e);
    }
    // The JDK accepts missing padding and non-zero unused bits; encoding again does not.
    if (!Arrays.equals(Base64.getEncoder().encode(decoded), ascii)) {
      throw new Refused("expected canonical base64 with padding, found " + quote(text));
    }
    return decoded;
  }

  /** Lower-case hexadecimal of whole bytes. */
  public static byte[] hex(String text) throws Refused {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        throw new Refused("expected lower-case hexadecimal, found " + quote(text));
      }
    }
    if (text.length() % 2 != 0) {
      throw new Refused("expected an even number of hexadecimal digits, found " + text.length());
    }
    return HexFormat.of().parseHex(text);
  }

  /** ASCII decimal of 0..2^63-1 without sign and without leading zeros. */
  public static long decimal(String text) throws Refused {
    boolean digits = !text.isEmpty() && text.length() <= 19;
    for (int i = 0; digits && i < text.length(); i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!digits || text.length() > 1 && text.charAt(0) == '0') {
      throw new Refused(
          "expected a decimal number without sign or leading zeros, found " + quote(text));
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Refused("expected a number below 2^63, found " + quote(text), e);
    }
  }

  /** UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing cut off. */
  public static String utf8(byte[] bytes) throws Refused {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Refused("expected UTF-8, found other bytes", e);
    }
  }

  /**
   * The text in quotes, shortened and without control characters, for a message that a person
   * reads.
   */
  public static String quote(String text) {
    String head = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    StringBuilder out = new StringBuilder("\"");
    head.codePoints().forEach(c -> out.appendCodePoint(shown(c)));
    return out.append('"').toString();
  }

  /** The text with control and invisible characters but line feeds replaced, fit for a terminal. */
  public static String plain(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(c -> out.appendCodePoint(c == '\n' ? c : shown(c)));
    return out.toString();
  }

  private static int shown(int codePoint) {
    return FixedUnicode.isHidden(codePoint) ? '\uFFFD' : codePoint;
  }
}
