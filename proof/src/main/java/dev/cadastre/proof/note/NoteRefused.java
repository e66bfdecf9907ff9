package dev.cadastre.proof.note;

import dev.cadastre.formats.Refused;

/** A note, key, checkpoint or policy that is malformed, or a signature that does not hold. */
public final class NoteRefused extends Refused {
  private static final long serialVersionUID = 1L;

  public NoteRefused(String message) {
    super(message);
  }

  public NoteRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
