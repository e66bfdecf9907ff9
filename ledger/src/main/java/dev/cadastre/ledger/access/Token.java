package dev.cadastre.ledger.access;

import java.time.Instant;
import java.util.Optional;

/** What is known of a token, which is everything but the token itself. */
public record Token(
    Principal principal,
    String label,
    Instant created,
    Optional<Instant> expires,
    Optional<Instant> revoked) {

  /** Whether it lets anyone in at that time. */
  public boolean validAt(Instant time) {
    return revoked.isEmpty() && expires.map(time::isBefore).orElse(true);
  }
}
