package dev.cadastre.formats;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A SHA-256 value: 32 bytes, immutable, ordered as unsigned bytes. */
public final class Hash implements Comparable<Hash> {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  /** 32 zero bytes: what entry 0 names as its predecessor. */
  public static final Hash ZERO = new Hash(new byte[LENGTH]);

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** Values of the lower-case hexadecimal digits by their ASCII code, -1 for all other bytes. */
  private static final byte[] NIBBLES = nibbles();

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Copies a 32-byte value.
   *
   * @throws IllegalArgumentException on any other length, which is a bug of the caller
   */
  public static Hash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /** Copies the 32 bytes at {@code offset}. */
  public static Hash of(byte[] bytes, int offset) {
    return of(Arrays.copyOfRange(bytes, offset, offset + LENGTH));
  }

  /** Finishes {@code sha256} and takes its value, without the copy that untrusted arrays need. */
  public static Hash of(MessageDigest sha256) {
    byte[] value = sha256.digest();
    if (value.length != LENGTH) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + value.length);
    }
    return new Hash(value);
  }

  /** SHA-256 of the concatenation of {@code parts}. */
  public static Hash sha256(byte[]... parts) {
    MessageDigest digest = newSha256();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return of(digest);
  }

  /** A fresh SHA-256 for callers that reuse one on a single thread. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Reads exactly 64 lower-case hexadecimal digits. */
  public static Hash ofHex(String hex) throws Refused {
    return ofDecoded(Encodings.hex(hex));
  }

  /**
   * Reads the 64 lower-case hexadecimal digits at {@code offset}. Without a branch on the digits,
   * which no processor can predict: one log entry after the other is read this way.
   */
  public static Hash ofHex(byte[] ascii, int offset) throws Refused {
    byte[] value = new byte[LENGTH];
    int seen = 0;
    for (int i = 0; i < LENGTH; i++) {
      int high = NIBBLES[ascii[offset + 2 * i] & 0xff];
      int low = NIBBLES[ascii[offset + 2 * i + 1] & 0xff];
      seen |= high | low;
      value[i] = (byte) (high << 4 | low);
    }
    if (seen < 0) {
      throw new Refused("expected lower-case hexadecimal digits, found others");
    }
    return new Hash(value);
  }

  private static byte[] nibbles() {
    byte[] nibbles = new byte[256];
    Arrays.fill(nibbles, (byte) -1);
    for (int value = 0; value < 16; value++) {
      nibbles[Character.forDigit(value, 16)] = (byte) value;
    }
    return nibbles;
  }

  /** Reads canonical standard base64 (RFC 4648 section 4, with padding) of 32 bytes. */
  public static Hash ofBase64(String base64) throws Refused {
    return ofDecoded(Encodings.base64(base64));
  }

  private static Hash ofDecoded(byte[] decoded) throws Refused {
    if (decoded.length != LENGTH) {
      throw new Refused("expected a hash of 32 bytes, found " + decoded.length);
    }
    return new Hash(decoded);
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * Writes the 32 bytes to {@code target} at {@code offset}, for callers that must not allocate.
   */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, LENGTH);
  }

  /** Feeds the 32 bytes to {@code digest}. */
  public void updateTo(MessageDigest digest) {
    digest.update(bytes);
  }

  /** Writes 64 lower-case hexadecimal digits in ASCII to {@code target} at {@code offset}. */
  public void hexTo(byte[] target, int offset) {
    for (int i = 0; i < LENGTH; i++) {
      target[offset + 2 * i] = DIGITS[bytes[i] >> 4 & 0xf];
      target[offset + 2 * i + 1] = DIGITS[bytes[i] & 0xf];
    }
  }

  /** 64 lower-case hexadecimal digits. */
  public String hex() {
    return HEX.formatHex(bytes);
  }

  /** Standard base64 with padding. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public int compareTo(Hash other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The hexadecimal form. */
  @Override
  public String toString() {
    return hex();
  }
}
