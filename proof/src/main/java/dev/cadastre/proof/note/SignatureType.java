package dev.cadastre.proof.note;

import dev.cadastre.proof.signature.Ed25519PublicKey;
import dev.cadastre.proof.signature.MlDsa44PublicKey;
import java.util.Arrays;
import java.util.Optional;

/** The signature types of C2SP signed-note that a log or a witness of ours uses. */
public enum SignatureType {
  /** Ed25519 over the note text. */
  ED25519(0x01, Ed25519PublicKey.LENGTH),
  /** Ed25519 checkpoint cosignature with a time, C2SP tlog-cosignature. */
  ED25519_COSIGNATURE(0x04, Ed25519PublicKey.LENGTH),
  /** ML-DSA-44 (sub)tree cosignature with a time, C2SP tlog-cosignature. */
  ML_DSA_44_COSIGNATURE(0x06, MlDsa44PublicKey.LENGTH);

  private final int code;
  private final int keyLength;

  SignatureType(int code, int keyLength) {
    this.code = code;
    this.keyLength = keyLength;
  }

  static Optional<SignatureType> ofCode(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  /** The identifier byte that precedes the public key. */
  public byte code() {
    return (byte) code;
  }

  /** Length of the public key in bytes. */
  public int keyLength() {
    return keyLength;
  }

  /** Whether signatures carry a time and speak of a checkpoint, as witnesses make them. */
  public boolean isCosignature() {
    return this != ED25519;
  }
}
