package dev.cadastre.ledger.access;

import java.time.Instant;

/**
 * A browser that signed in.
 *
 * @param principal whose token it signed in with
 * @param csrf what its forms must carry; known to pages of this session alone
 * @param expires when it ends at the latest
 */
public record Session(Principal principal, String csrf, Instant expires) {

  /**
   * A session just begun, with the id that the browser's cookie carries and that cannot be had
   * again.
   */
  public record Begun(String id, Session session) {}
}
