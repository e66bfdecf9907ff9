package dev.cadastre.portal;

import dev.cadastre.ingest.tls.ServerTls;
import java.util.Optional;

/**
 * Where and as what the portal serves.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param ledger the ledger's name
 * @param cell the cell's name
 * @param https whether browsers reach it over HTTPS, be it through a proxy; makes the session's
 *     cookie secure
 * @param tls what the portal itself is encrypted with
 */
public record PortalSettings(
    String host, int port, String ledger, String cell, boolean https, Optional<ServerTls> tls) {
  /** Without TLS of its own. */
  public PortalSettings(String host, int port, String ledger, String cell, boolean https) {
    this(host, port, ledger, cell, https, Optional.empty());
  }
}
