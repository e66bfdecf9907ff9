package dev.cadastre.ingest.imports;

/** Records could not be taken in; the message says why, in one line. */
public final class ImportFailed extends Exception {
  private static final long serialVersionUID = 1;

  ImportFailed(String why) {
    super(why);
  }

  ImportFailed(String why, Throwable cause) {
    super(why, cause);
  }
}
