package dev.cadastre.ingest.request;

import dev.cadastre.ingest.location.EvidenceAppraiser.Peer;
import java.util.Optional;

/**
 * Whom the cell takes events from. Called once a request, on the thread that serves it.
 *
 * <p>Implementations are safe for concurrent use.
 */
public interface SenderDirectory {
  /**
   * The sender a bearer token belongs to; empty if it is unknown, revoked or expired.
   *
   * @throws dev.cadastre.ledger.model.StorageFailure if that cannot be told now; the sender is
   *     asked to retry
   */
  Optional<Sender> byToken(String token);

  /** The sender a client certificate belongs to, which was verified; empty if it is nobody's. */
  default Optional<Sender> byCertificate(Peer peer) {
    return Optional.empty();
  }
}
