package dev.cadastre.ledger.model;

import dev.cadastre.formats.Refused;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.note.SignedNote;

/** A checkpoint together with the signed note (C2SP signed-note) that carries it. */
public record SignedCheckpoint(Checkpoint checkpoint, SignedNote note) {
  /** Reads a note's text as a checkpoint; verifies no signature. */
  public static SignedCheckpoint parse(byte[] note) throws Refused {
    SignedNote parsed = SignedNote.parse(note);
    return of(parsed);
  }

  static SignedCheckpoint of(SignedNote note) throws Refused {
    return new SignedCheckpoint(Checkpoint.of(note), note);
  }

  /** The note's bytes, as stored and served. */
  public byte[] bytes() {
    return note.bytes();
  }
}
