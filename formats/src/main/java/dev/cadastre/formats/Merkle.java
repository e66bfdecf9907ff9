package dev.cadastre.formats;

import java.security.MessageDigest;

/**
 * Hashing of RFC 6962 section 2.1: leaves and nodes have different prefixes, so one never passes
 * for the other.
 */
public final class Merkle {
  /** The root of the tree without leaves: SHA-256 of nothing. */
  public static final Hash EMPTY_ROOT = Hash.sha256();

  static final byte LEAF_PREFIX = 0;
  public static final byte NODE_PREFIX = 1;

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(Hash::newSha256);

  private Merkle() {}

  /** SHA-256(0x00 ‖ entry). */
  public static Hash leafHash(byte[] entry) {
    return leafHash(entry, 0, entry.length);
  }

  /** The same of {@code length} bytes from {@code start}. */
  public static Hash leafHash(byte[] bytes, int start, int length) {
    MessageDigest digest = SHA_256.get();
    digest.update(LEAF_PREFIX);
    digest.update(bytes, start, length);
    return Hash.of(digest);
  }

  /** SHA-256(0x01 ‖ left ‖ right). */
  public static Hash nodeHash(Hash left, Hash right) {
    MessageDigest digest = SHA_256.get();
    digest.update(NODE_PREFIX);
    left.updateTo(digest);
    right.updateTo(digest);
    return Hash.of(digest);
  }
}
