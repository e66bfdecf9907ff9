package dev.cadastre.proof.note;

import dev.cadastre.formats.Encodings;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.proof.signature.Ed25519PublicKey;
import dev.cadastre.proof.signature.MlDsa44PublicKey;
import dev.cadastre.proof.signature.PublicKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A named public key, written as a vkey: {@code name+hex(key id)+base64(type ‖ public key)}. The
 * key id is the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key); a vkey that states
 * another one is refused.
 */
public final class VerifierKey {
  private final String name;
  private final SignatureType type;
  private final PublicKey publicKey;
  private final int id;

  private VerifierKey(String name, SignatureType type, PublicKey publicKey) {
    this.name = name;
    this.type = type;
    this.publicKey = publicKey;
    this.id = ByteBuffer.wrap(idHash(name, type, publicKey.bytes()).bytes()).getInt();
  }

  private static Hash idHash(String name, SignatureType type, byte[] publicKey) {
    byte[] head = (name + "\n").getBytes(StandardCharsets.UTF_8);
    return Hash.sha256(head, new byte[] {type.code()}, publicKey);
  }

  /**
   * A key from its parts.
   *
   * @throws IllegalArgumentException if name or public key are malformed, which is a bug of the
   *     caller
   */
  public static VerifierKey of(String name, SignatureType type, byte[] publicKey) {
    try {
      return checked(name, type, publicKey);
    } catch (NoteRefused e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Reads a vkey of a type that {@link SignatureType} names. */
  public static VerifierKey parse(String vkey) throws NoteRefused {
    // The name has no plus; base64 may have some.
    String[] parts = vkey.split("\\+", 3);
    if (parts.length != 3) {
      throw new NoteRefused("expected a vkey \"name+id+key\", found " + Encodings.quote(vkey));
    }
    byte[] material = decode(parts[2]);
    if (material.length == 0) {
      throw new NoteRefused("expected a type and a public key in the vkey, found nothing");
    }
    SignatureType type = type(material[0]);
    VerifierKey key = checked(parts[0], type, Arrays.copyOfRange(material, 1, material.length));
    if (!key.idHex().equals(parts[1])) {
      throw new NoteRefused(
          "expected key id " + key.idHex() + " for this key, found " + Encodings.quote(parts[1]));
    }
    return key;
  }

  private static byte[] decode(String base64) throws NoteRefused {
    try {
      return Encodings.base64(base64);
    } catch (Refused e) {
      throw new NoteRefused("in a vkey: " + e.getMessage(), e);
    }
  }

  private static SignatureType type(byte code) throws NoteRefused {
    return SignatureType.ofCode(code)
        .orElseThrow(
            () ->
                new NoteRefused(
                    "expected a key of type 01, 04 or 06, found type "
                        + HexFormat.of().toHexDigits(code)));
  }

  private static VerifierKey checked(String name, SignatureType type, byte[] publicKey)
      throws NoteRefused {
    NoteText.requireName(name);
    if (publicKey.length != type.keyLength()) {
      throw new NoteRefused(
          "expected a public key of " + type.keyLength() + " bytes, found " + publicKey.length);
    }
    try {
      return new VerifierKey(name, type, publicKey(type, publicKey));
    } catch (Refused e) {
      throw new NoteRefused(e.getMessage(), e);
    }
  }

  private static PublicKey publicKey(SignatureType type, byte[] publicKey) throws Refused {
    return switch (type) {
      case ED25519, ED25519_COSIGNATURE -> Ed25519PublicKey.of(publicKey);
      case ML_DSA_44_COSIGNATURE -> MlDsa44PublicKey.of(publicKey);
    };
  }

  public String name() {
    return name;
  }

  public SignatureType type() {
    return type;
  }

  /** The key id as a big-endian int. */
  public int id() {
    return id;
  }

  /** The key id as eight hexadecimal digits. */
  public String idHex() {
    return HexFormat.of().toHexDigits(id);
  }

  /** A copy of the bare public key. */
  public byte[] publicKey() {
    return publicKey.bytes();
  }

  /** SHA-256 of type ‖ public key in hexadecimal: what people compare over another channel. */
  public String fingerprint() {
    return Hash.sha256(new byte[] {type.code()}, publicKey.bytes()).hex();
  }

  /** Whether both wrap the same underlying public key, whatever their names and types. */
  public boolean samePublicKey(VerifierKey other) {
    return publicKey.equals(other.publicKey);
  }

  /** Whether the signature line names this key, which says nothing about its validity. */
  public boolean isNamedBy(NoteSignature signature) {
    return signature.keyId() == id && signature.name().equals(name);
  }

  /** Whether {@code signature} is this key's over {@code text}. */
  boolean verifies(String text, NoteSignature signature) {
    byte[] blob = signature.signature();
    return switch (type) {
      case ED25519 -> signed(text.getBytes(StandardCharsets.UTF_8), blob);
      case ED25519_COSIGNATURE, ML_DSA_44_COSIGNATURE -> Cosignature.holds(this, text, blob);
    };
  }

  /** Whether the bare signature is over these bytes. */
  boolean signed(byte[] message, byte[] signature) {
    return publicKey.verifies(message, signature);
  }

  /** The vkey. */
  public String format() {
    byte[] material =
        ByteBuffer.allocate(1 + type.keyLength()).put(type.code()).put(publicKey.bytes()).array();
    return name + "+" + idHex() + "+" + Base64.getEncoder().encodeToString(material);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VerifierKey that
        && name.equals(that.name)
        && type == that.type
        && publicKey.equals(that.publicKey);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + id;
  }

  /** Name and key id. */
  @Override
  public String toString() {
    return name + "+" + idHex();
  }
}
