package dev.cadastre.proof.note;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Signs notes with an Ed25519 key held in memory (type 0x01). */
public final class Ed25519NoteSigner implements NoteSigner {
  private final byte[] seed;
  private final VerifierKey key;

  /**
   * @param name the key's name, for a log its origin
   * @param seed the 32-byte private key of RFC 8032
   * @throws IllegalArgumentException if either is malformed
   */
  public Ed25519NoteSigner(String name, byte[] seed) {
    this.seed = seed.clone();
    this.key = VerifierKey.of(name, SignatureType.ED25519, publicKey(seed));
  }

  static byte[] publicKey(byte[] seed) {
    if (seed.length != Ed25519.SECRET_KEY_SIZE) {
      throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length);
    }
    byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    return publicKey;
  }

  static byte[] sign(byte[] seed, byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  @Override
  public VerifierKey key() {
    return key;
  }

  @Override
  public NoteSignature sign(String text) {
    byte[] signature = sign(seed, text.getBytes(StandardCharsets.UTF_8));
    return new NoteSignature(key.name(), key.id(), signature);
  }
}
