package dev.cadastre.ingest.request;

import java.time.Duration;

/** Ends the way of a request with a refusal. */
public final class Rejected extends Exception {
  private static final long serialVersionUID = 1;

  /** Over gRPC the message travels in headers, which clients limit to 8 KiB. */
  private static final int MESSAGE_CHARS_MAX = 1_000;

  private final transient Refusal refusal;

  public Rejected(Refusal refusal) {
    // No stack trace: senders cause these at will, and where in our code it arose helps nobody.
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  public static Rejected of(Refusal.Reason reason, String message) {
    return new Rejected(Refusal.of(reason, message));
  }

  public static Rejected retry(Refusal.Reason reason, String message, Duration after) {
    return new Rejected(Refusal.retry(reason, message, after));
  }

  public static Rejected badData(String message) {
    return of(Refusal.Reason.BAD_DATA, Texts.cut(message, MESSAGE_CHARS_MAX));
  }

  public static Rejected tooManyRecords(int recordsMax) {
    return of(
        Refusal.Reason.TOO_LARGE,
        "more than " + recordsMax + " records in one request; send fewer at once");
  }

  public static Rejected tooManyFrames(int max) {
    return of(
        Refusal.Reason.TOO_LARGE,
        "more than " + max + " Resources and Scopes in one request; send fewer at once");
  }

  public static Rejected tooManyElements(String what) {
    return of(Refusal.Reason.TOO_LARGE, Elements.tooManyIn(what) + ", or in all of the request");
  }

  public static Rejected tooLargeEntries(long bytesMax) {
    return of(
        Refusal.Reason.TOO_LARGE,
        "the request's entries exceed "
            + bytesMax
            + " bytes, for each holds its Resource; send fewer records at once");
  }

  public Refusal refusal() {
    return refusal;
  }
}
