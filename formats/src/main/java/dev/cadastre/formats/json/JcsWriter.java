package dev.cadastre.formats.json;

import dev.cadastre.formats.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes canonical JSON (RFC 8785) into a growing buffer, for paths that encode hundreds of
 * thousands of objects a second. It places commas and colons, escapes strings and formats numbers.
 * The caller names members in ascending order of UTF-16 code units and closes what it opens; {@link
 * Json#jcs()} is the convenient way when that is not at hand.
 *
 * <p>Not thread-safe. {@link #reset()} keeps the buffer for the next object.
 */
public final class JcsWriter {
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] NULL = ascii("null");
  private static final byte[] HEX = ascii("0123456789abcdef");

  private byte[] buffer;
  private int size;
  private boolean comma;

  public JcsWriter() {
    this(512);
  }

  public JcsWriter(int capacity) {
    this.buffer = new byte[capacity];
  }

  /** Forgets what was written and keeps the buffer. */
  public JcsWriter reset() {
    size = 0;
    comma = false;
    return this;
  }

  /** Bytes written so far. */
  public int size() {
    return size;
  }

  /** A copy of what was written from the byte {@code from} on. */
  public byte[] toBytes(int from) {
    return Arrays.copyOfRange(buffer, from, size);
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  public JcsWriter beginObject() {
    return open('{');
  }

  public JcsWriter endObject() {
    return close('}');
  }

  public JcsWriter beginArray() {
    return open('[');
  }

  public JcsWriter endArray() {
    return close(']');
  }

  /** A member's name; its value follows. */
  public JcsWriter name(String name) {
    string(name);
    put(':');
    comma = false;
    return this;
  }

  public JcsWriter string(String value) {
    separate();
    put('"');
    int length = value.length();
    for (int i = plain(value, 0); i < length; i = plain(value, i)) {
      i += 1 + special(value, i, value.charAt(i));
    }
    put('"');
    return this;
  }

  /**
   * Writes the chars from {@code from} on that stand for themselves, which is nearly all of nearly
   * every string, and returns where they end.
   */
  private int plain(String value, int from) {
    int length = value.length();
    reserve(length - from + 1);
    byte[] to = buffer;
    int shift = size - from;
    int i = from;
    while (i < length) {
      char c = value.charAt(i);
      if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
        break;
      }
      to[shift + i++] = (byte) c;
    }
    size = shift + i;
    return i;
  }

  public JcsWriter member(String name, String value) {
    return name(name).string(value);
  }

  public JcsWriter member(String name, long value) {
    return name(name).number(value);
  }

  /**
   * An integer.
   *
   * @throws IllegalArgumentException beyond ±(2^53-1), which JSON numbers do not carry exactly
   */
  public JcsWriter number(long value) {
    if (value > Json.MAX_INTEGER || value < -Json.MAX_INTEGER) {
      throw new IllegalArgumentException("not exact as a JSON number: " + value);
    }
    separate();
    decimal(value);
    return this;
  }

  /**
   * A double in the shortest form of ECMAScript.
   *
   * @throws IllegalArgumentException for NaN and infinities
   */
  public JcsWriter number(double value) {
    separate();
    raw(ascii(EcmaNumber.format(value)));
    return this;
  }

  public JcsWriter bool(boolean value) {
    separate();
    raw(value ? TRUE : FALSE);
    return this;
  }

  public JcsWriter nul() {
    separate();
    raw(NULL);
    return this;
  }

  /** A value that is canonical JSON already. */
  public JcsWriter value(byte[] canonicalJson) {
    separate();
    raw(canonicalJson);
    return this;
  }

  /** A member, name and value, that is canonical JSON already. */
  public JcsWriter member(byte[] canonicalJson) {
    return value(canonicalJson);
  }

  /** An integer as a string of decimal digits, which carries any exactly. */
  public JcsWriter decimalString(long value) {
    separate();
    put('"');
    decimal(value);
    put('"');
    return this;
  }

  /** A hash as a string of 64 hexadecimal digits. */
  public JcsWriter hex(Hash hash) {
    separate();
    put('"');
    reserve(2 * Hash.LENGTH);
    hash.hexTo(buffer, size);
    size += 2 * Hash.LENGTH;
    put('"');
    return this;
  }

  private JcsWriter open(char bracket) {
    separate();
    put(bracket);
    comma = false;
    return this;
  }

  private JcsWriter close(char bracket) {
    put(bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      put(',');
    }
    comma = true;
  }

  /** Writes an escape or a non-ASCII code point; returns how many further chars it took. */
  private int special(String value, int at, char c) {
    if (c < 0x80) {
      escape(c);
      return 0;
    }
    if (!Character.isSurrogate(c)) {
      encode(c);
      return 0;
    }
    int codePoint = value.codePointAt(at);
    if (codePoint == c) {
      throw new IllegalArgumentException("lone surrogate in a string at char " + at);
    }
    encode(codePoint);
    return 1;
  }

  private void escape(char c) {
    put('\\');
    switch (c) {
      case '"', '\\' -> put(c);
      case '\b' -> put('b');
      case '\t' -> put('t');
      case '\n' -> put('n');
      case '\f' -> put('f');
      case '\r' -> put('r');
      default -> {
        raw(new byte[] {'u', '0', '0', HEX[c >> 4], HEX[c & 0xf]});
      }
    }
  }

  private void encode(int codePoint) {
    if (codePoint < 0x800) {
      put(0xC0 | codePoint >> 6);
    } else if (codePoint < 0x10000) {
      put(0xE0 | codePoint >> 12);
      put(0x80 | codePoint >> 6 & 0x3F);
    } else {
      put(0xF0 | codePoint >> 18);
      put(0x80 | codePoint >> 12 & 0x3F);
      put(0x80 | codePoint >> 6 & 0x3F);
    }
    put(0x80 | codePoint & 0x3F);
  }

  private void decimal(long value) {
    reserve(Decimal.MAX_BYTES);
    size = Decimal.write(value, buffer, size);
  }

  private void put(int b) {
    if (size == buffer.length) {
      reserve(1);
    }
    buffer[size++] = (byte) b;
  }

  private void raw(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  private void reserve(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
