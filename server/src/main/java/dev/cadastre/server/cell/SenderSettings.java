package dev.cadastre.server.cell;

import dev.cadastre.ingest.gate.Limits;
import dev.cadastre.ingest.record.VaultPlaces;
import dev.cadastre.ingest.tls.TlsFiles;
import java.util.Optional;

/**
 * How senders reach a cell, and what it believes of them.
 *
 * @param tls what all servers are encrypted with; empty for none
 * @param spiffe whose senders show client certificates
 * @param limits how much tenants may send
 * @param evidence whom the cell believes when they speak of locations
 * @param vaults where key vaults are whose records do not say it
 * @param plaintext whether the operator accepts that tokens and events travel unencrypted where
 *     other machines reach the cell
 */
public record SenderSettings(
    Optional<TlsFiles> tls,
    SpiffeTenants spiffe,
    Limits limits,
    EvidenceTrust evidence,
    VaultPlaces vaults,
    boolean plaintext) {
  public static final SenderSettings DEFAULT =
      new SenderSettings(
          Optional.empty(),
          SpiffeTenants.NONE,
          Limits.GENEROUS,
          EvidenceTrust.DEFAULT,
          VaultPlaces.NONE,
          false);

  /** The same, with plaintext accepted. */
  public SenderSettings acceptingPlaintext() {
    return new SenderSettings(tls, spiffe, limits, evidence, vaults, true);
  }
}
