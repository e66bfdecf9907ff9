package dev.cadastre.proof.tlog;

import dev.cadastre.formats.Refused;

/** A proof that is malformed or does not lead to the root. */
public final class ProofRefused extends Refused {
  private static final long serialVersionUID = 1L;

  public ProofRefused(String message) {
    super(message);
  }

  public ProofRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
