package dev.cadastre.ingest.request;

/**
 * What is read of one request, checked before it becomes anything in memory.
 *
 * @param recordsMax records, or Resources and Scopes
 * @param recordBytesMax size of one record, Resource or Scope, as it is encoded; a larger record is
 *     kept as its length and SHA-256
 */
public record RequestBounds(int recordsMax, int recordBytesMax) {
  /** Whatever the settings. */
  public static final int RECORD_BYTES_MAX = 16 << 20;

  /** A record that fits an entry is always read. */
  private static final int RECORD_BYTES_MIN = 64 << 10;

  /** The text and the tree that a record is read into take several times its size. */
  private static final int RECORDS_OF_LARGEST_SIZE = 4;

  public static RequestBounds of(int requestBytesMax, int recordsMax) {
    int share = requestBytesMax / RECORDS_OF_LARGEST_SIZE;
    return new RequestBounds(
        recordsMax, Math.max(RECORD_BYTES_MIN, Math.min(RECORD_BYTES_MAX, share)));
  }

  public boolean tooLarge(int bytes) {
    return bytes > recordBytesMax;
  }

  /** Why a record was not read. */
  public String why(int bytes) {
    return "a record of " + bytes + " bytes; at most " + recordBytesMax + " are read";
  }

  /** A Resource or a Scope of that size. */
  public Rejected rejected(String what, int bytes) {
    return Rejected.of(
        Refusal.Reason.TOO_LARGE,
        "a " + what + " of " + bytes + " bytes; at most " + recordBytesMax + " are read");
  }
}
