package dev.cadastre.proof.cli;

import java.util.Optional;

/**
 * The last word on what was verified.
 *
 * @param result one word for machines
 * @param words the same for people
 */
record VerifierResult(String result, String words) {
  private static final String UNCHECKED = "keys not checked against anything you trust: see Trust";

  /**
   * The verdict.
   *
   * @param reason why it is refused, if it is
   */
  static VerifierResult of(
      boolean verified, boolean trusted, boolean requireTrust, Optional<String> reason) {
    if (!verified) {
      return new VerifierResult("refused", "refused: " + reason.orElse("a check was left out"));
    }
    if (trusted) {
      return new VerifierResult("verified", "verified");
    }
    return requireTrust
        ? new VerifierResult("untrusted", "not verified: consistent, but " + UNCHECKED)
        : new VerifierResult("verified", "verified as consistent; " + UNCHECKED);
  }
}
