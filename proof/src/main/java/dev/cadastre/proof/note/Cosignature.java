package dev.cadastre.proof.note;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A timestamped signature, C2SP tlog-cosignature: u64 big-endian POSIX time, then the bare
 * signature.
 *
 * @param timeS seconds since 1970; 0 where the cosigner states no time
 * @param signature 64 bytes for Ed25519, 2420 for ML-DSA-44
 */
public record Cosignature(long timeS, byte[] signature) {
  private static final byte[] SUBTREE_LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_NAME_BYTES = 255;

  public Cosignature {
    if (timeS < 0) {
      throw new IllegalArgumentException("a cosignature's time is below 2^63");
    }
    signature = signature.clone();
  }

  /** A copy. */
  @Override
  public byte[] signature() {
    return signature.clone();
  }

  /** Reads what follows the key id in a signature line of a cosigner. */
  public static Cosignature parse(byte[] blob) throws NoteRefused {
    if (blob.length <= Long.BYTES) {
      throw new NoteRefused("expected a time and a signature, found " + blob.length + " bytes");
    }
    long timeS = ByteBuffer.wrap(blob).getLong();
    if (timeS < 0) {
      throw new NoteRefused("expected a cosignature time below 2^63, found more");
    }
    return new Cosignature(timeS, Arrays.copyOfRange(blob, Long.BYTES, blob.length));
  }

  /** What follows the key id in a signature line. */
  public byte[] blob() {
    return ByteBuffer.allocate(Long.BYTES + signature.length).putLong(timeS).put(signature).array();
  }

  /**
   * Checks that {@code key}, of type 0x06, signed the subtree [start, end) of a log.
   *
   * @param origin the log's origin
   * @param root hash of the subtree
   */
  public void verifySubtree(VerifierKey key, String origin, long start, long end, Hash root)
      throws NoteRefused {
    boolean signs = key.type() == SignatureType.ML_DSA_44_COSIGNATURE;
    requireSubtree(start, end);
    byte[] message = cosignedMessage(key.name(), timeS, origin, start, end, root);
    if (!signs || !key.signed(message, signature)) {
      throw new NoteRefused("expected a subtree cosignature by " + key + ", found one that fails");
    }
  }

  /** Whether {@code blob} is a cosignature by {@code key} over the checkpoint in {@code text}. */
  static boolean holds(VerifierKey key, String text, byte[] blob) {
    try {
      Cosignature cosignature = parse(blob);
      byte[] message = message(key.type(), key.name(), cosignature.timeS, text);
      return key.signed(message, cosignature.signature);
    } catch (Refused e) {
      return false;
    }
  }

  /** The bytes that a cosigner of {@code type} signs for a checkpoint's text. */
  static byte[] message(SignatureType type, String cosigner, long timeS, String text)
      throws Refused {
    Checkpoint checkpoint = Checkpoint.parse(text);
    return switch (type) {
      case ED25519 -> throw new NoteRefused("expected a cosignature, found a plain signature type");
      case ED25519_COSIGNATURE ->
          ("cosignature/v1\ntime " + timeS + "\n" + text).getBytes(StandardCharsets.UTF_8);
      case ML_DSA_44_COSIGNATURE ->
          cosignedMessage(
              cosigner, timeS, checkpoint.origin(), 0, checkpoint.size(), checkpoint.root());
    };
  }

  /**
   * The {@code cosigned_message} structure that ML-DSA-44 cosigners sign.
   *
   * @param start index of the subtree's first leaf; if not 0, {@code timeS} must be 0
   * @param end index after the subtree's last leaf; 0 for the checkpoint of an empty tree
   */
  static byte[] cosignedMessage(
      String cosigner, long timeS, String origin, long start, long end, Hash root)
      throws NoteRefused {
    if (start != 0 && timeS != 0) {
      throw new NoteRefused(
          "expected no time unless the subtree starts at 0, found " + timeS + " at " + start);
    }
    byte[] name = opaque("cosigner name", cosigner);
    byte[] log = opaque("log origin", origin);
    return ByteBuffer.allocate(
            SUBTREE_LABEL.length + name.length + log.length + 3 * Long.BYTES + Hash.LENGTH)
        .put(SUBTREE_LABEL)
        .put(name)
        .putLong(timeS)
        .put(log)
        .putLong(start)
        .putLong(end)
        .put(root.bytes())
        .array();
  }

  /** A TLS {@code opaque<1..2^8-1>}: one byte of length, then the bytes. */
  private static byte[] opaque(String what, String value) throws NoteRefused {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    if (utf8.length == 0 || utf8.length > MAX_NAME_BYTES) {
      throw new NoteRefused("expected a " + what + " of 1 to 255 bytes, found " + utf8.length);
    }
    return ByteBuffer.allocate(1 + utf8.length).put((byte) utf8.length).put(utf8).array();
  }

  /** Refuses a range of leaves that is no subtree. */
  static void requireSubtree(long start, long end) throws NoteRefused {
    if (!SubtreeRange.isSubtree(start, end)) {
      throw new NoteRefused("expected a subtree, found the range [" + start + ", " + end + ")");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Cosignature that
        && timeS == that.timeS
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(timeS) + Arrays.hashCode(signature);
  }
}
