package dev.cadastre.ledger.search;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * Where a page ended: base64url of version (i8), the index of the last entry shown (i64) and the
 * first 8 bytes of the SHA-256 of the query's filters. It holds nothing secret and grants nothing,
 * so it is not signed; one that belongs to other filters is refused because its page would silently
 * skip entries.
 */
public record Cursor(long index) {
  private static final byte VERSION = 1;
  private static final int BYTES = 1 + 8 + 8;
  private static final int TEXT = 23;

  public String format(Hash filters) {
    byte[] bytes =
        ByteBuffer.allocate(BYTES).put(VERSION).putLong(index).put(filters.bytes(), 0, 8).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public static Cursor parse(String text, Hash filters) throws Refused {
    ByteBuffer bytes = ByteBuffer.wrap(decode(text));
    byte version = bytes.get();
    Cursor cursor = new Cursor(bytes.getLong());
    if (version != VERSION || cursor.index < 0) {
      throw new Refused("the cursor was not made by this server");
    }
    if (!Arrays.equals(bytes.array(), 9, BYTES, filters.bytes(), 0, 8)) {
      throw new Refused("the cursor belongs to a query with other filters");
    }
    if (!cursor.format(filters).equals(text)) {
      throw new Refused("the cursor was altered");
    }
    return cursor;
  }

  private static byte[] decode(String text) throws Refused {
    if (text.length() != TEXT) {
      throw new Refused("a cursor has " + TEXT + " characters, this one has " + text.length());
    }
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new Refused("a cursor is base64url without padding");
    }
  }
}
