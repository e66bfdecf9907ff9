package dev.cadastre.ingest.foreign;

import java.io.IOException;

/** A record is larger than a reader holds. */
public final class RecordTooLarge extends IOException {
  private static final long serialVersionUID = 1;

  RecordTooLarge(long line, int bytesMax) {
    super("the record that begins on line " + line + " has more than " + bytesMax + " bytes");
  }
}
