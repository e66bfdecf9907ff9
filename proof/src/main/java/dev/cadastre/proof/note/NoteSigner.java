package dev.cadastre.proof.note;

/** A key that signs notes; the private part may live elsewhere. */
public interface NoteSigner {
  /** The public part. */
  VerifierKey key();

  /** Signs note text that ends in a newline. */
  NoteSignature sign(String text);
}
