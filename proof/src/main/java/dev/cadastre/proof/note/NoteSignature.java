package dev.cadastre.proof.note;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.text.FixedUnicode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One signature line of a note: {@code — <name> base64(key id ‖ signature)}.
 *
 * @param name the key's name
 * @param keyId big-endian key id as an int
 * @param signature the bytes after the key id, at least one; for cosignatures the time comes first
 */
public record NoteSignature(String name, int keyId, byte[] signature) {
  private static final String PREFIX = "— ";
  private static final int ID_BYTES = 4;

  public NoteSignature {
    signature = signature.clone();
  }

  /** A copy. */
  @Override
  public byte[] signature() {
    return signature.clone();
  }

  /** Reads a line without its newline. */
  static NoteSignature parse(String line) throws NoteRefused {
    int space = line.indexOf(' ', PREFIX.length());
    if (!line.startsWith(PREFIX) || space < 0) {
      throw new NoteRefused(
          "expected a signature line \"— name base64\", found " + Encodings.quote(line));
    }
    String name = line.substring(PREFIX.length(), space);
    NoteText.requireName(name);
    byte[] blob = decode(line.substring(space + 1));
    if (blob.length <= ID_BYTES) {
      throw new NoteRefused(
          "expected a key id of 4 bytes and a signature, found " + blob.length + " bytes in all");
    }
    return new NoteSignature(
        name, ByteBuffer.wrap(blob).getInt(), Arrays.copyOfRange(blob, ID_BYTES, blob.length));
  }

  private static byte[] decode(String base64) throws NoteRefused {
    try {
      return Encodings.base64(base64);
    } catch (Refused e) {
      throw new NoteRefused("in a signature line: " + e.getMessage(), e);
    }
  }

  /** The line with its newline. */
  String line() {
    byte[] blob =
        ByteBuffer.allocate(ID_BYTES + signature.length).putInt(keyId).put(signature).array();
    return PREFIX + name + " " + Base64.getEncoder().encodeToString(blob) + "\n";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NoteSignature that
        && name.equals(that.name)
        && keyId == that.keyId
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + keyId) + Arrays.hashCode(signature);
  }

  @Override
  public String toString() {
    return FixedUnicode.strip(line());
  }
}
