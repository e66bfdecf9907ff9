package dev.cadastre.ingest.location;

/** Ends an appraisal: the evidence proves nothing, and the message says why. */
final class Unproven extends Exception {
  private static final long serialVersionUID = 1;

  Unproven(String why) {
    // No stack trace: senders cause these at will.
    super(why, null, false, false);
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
