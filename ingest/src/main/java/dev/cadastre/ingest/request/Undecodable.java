package dev.cadastre.ingest.request;

/** One record cannot be decoded; the message says what was expected and what was found. */
public final class Undecodable extends Exception {
  private static final long serialVersionUID = 1;

  private final String why;

  public Undecodable(String why) {
    // No stack trace: senders cause these at will, and where in our code it arose helps nobody.
    super(why, null, false, false);
    this.why = why;
  }

  @Override
  public String getMessage() {
    return why;
  }
}
