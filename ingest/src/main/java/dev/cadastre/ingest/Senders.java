package dev.cadastre.ingest;

import dev.cadastre.ledger.access.Permission;
import dev.cadastre.ledger.access.Tokens;
import java.util.Optional;

/**
 * Whom the cell takes events from. Called once a request, on the thread that serves it.
 *
 * <p>Implementations are safe for concurrent use.
 */
public interface Senders {
  /**
   * The sender a bearer token belongs to; empty if it is unknown, revoked or expired.
   *
   * @throws dev.cadastre.ledger.StorageFailure if that cannot be told now; the sender is asked to
   *     retry
   */
  Optional<Sender> byToken(String token);

  /** The holders of the cell's tokens. */
  static Senders of(Tokens tokens) {
    return token ->
        tokens
            .verify(token)
            .map(
                holder ->
                    new Sender(
                        holder.sender(), holder.tenant(), holder.role().grants(Permission.SEND)));
  }
}
