package dev.cadastre.proof.signature;

/** A public key that is fit to verify with. */
public sealed interface PublicKey permits Ed25519PublicKey, MlDsa44PublicKey {

  /** A copy of the key as its algorithm encodes it. */
  byte[] bytes();

  /** Whether {@code signature}, of exactly the algorithm's length, is this key's over a message. */
  boolean verifies(byte[] message, byte[] signature);
}
