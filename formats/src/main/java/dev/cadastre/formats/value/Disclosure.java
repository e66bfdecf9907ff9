package dev.cadastre.formats.value;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.JcsWriter;
import dev.cadastre.formats.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attribute that was taken out of an entry, with the salt that makes its digest unguessable: a
 * disclosure for an object property, RFC 9901 section 4.2.1, hash algorithm sha-256. The third
 * array member is the value in the form of {@link ValueCodec}. Ours are written without white
 * space; whatever was given is what is hashed.
 */
public final class Disclosure {
  private static final int SALT_BYTES = 16;
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final String encoded;
  private final String salt;
  private final String name;
  private final Value value;

  private Disclosure(String encoded, String salt, String name, Value value) {
    this.encoded = encoded;
    this.salt = salt;
    this.name = name;
    this.value = value;
  }

  /**
   * @param salt 16 random bytes
   */
  public static Disclosure of(byte[] salt, String name, Value value) {
    if (salt.length != SALT_BYTES) {
      throw new IllegalArgumentException("a salt has " + SALT_BYTES + " bytes, not " + salt.length);
    }
    String text = BASE64URL.encodeToString(salt);
    JcsWriter array = new JcsWriter().beginArray().string(text).string(name);
    value.writeTo(array);
    return new Disclosure(BASE64URL.encodeToString(array.endArray().toBytes()), text, name, value);
  }

  /** Reads the base64url text of a disclosure. */
  public static Disclosure parse(String encoded) throws Refused {
    Json json = Json.parse(decode(encoded));
    if (!(json instanceof Json.Arr array) || array.items().size() != 3) {
      throw new Refused("a disclosure is an array of salt, name and value");
    }
    List<Json> items = array.items();
    if (!(items.get(0) instanceof Json.Str salt) || !(items.get(1) instanceof Json.Str name)) {
      throw new Refused("a disclosure's salt and name are strings");
    }
    return new Disclosure(encoded, salt.value(), name.value(), ValueCodec.fromJson(items.get(2)));
  }

  private static byte[] decode(String encoded) throws Refused {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      throw new Refused("a disclosure is base64url text: " + e.getMessage());
    }
    // The JDK accepts padding and non-zero unused bits; encoding again does not.
    if (!BASE64URL.encodeToString(bytes).equals(encoded)) {
      throw new Refused("a disclosure is base64url text in its one form, without padding");
    }
    return bytes;
  }

  /** The disclosure as base64url text. */
  public String encoded() {
    return encoded;
  }

  /** What stands in the entry: base64url of the SHA-256 of {@link #encoded()}'s ASCII bytes. */
  public String digest() {
    return digest(encoded);
  }

  /** The digest of a disclosure's base64url text. */
  public static String digest(String encoded) {
    byte[] ascii = encoded.getBytes(StandardCharsets.US_ASCII);
    return BASE64URL.encodeToString(Hash.sha256(ascii).bytes());
  }

  /** Refuses what cannot be a digest: it is 43 characters of base64url that hold 32 bytes. */
  static void requireDigest(String text) throws Refused {
    byte[] bytes = text.length() == 43 ? decode(text) : new byte[0];
    if (bytes.length != Hash.LENGTH) {
      throw new Refused(
          "expected a digest of 43 base64url characters, found " + Encodings.quote(text));
    }
  }

  public String salt() {
    return salt;
  }

  public String name() {
    return name;
  }

  public Value value() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Disclosure that && encoded.equals(that.encoded);
  }

  @Override
  public int hashCode() {
    return encoded.hashCode();
  }

  /** Without the value, which is private. */
  @Override
  public String toString() {
    return "Disclosure[" + digest() + "]";
  }
}
