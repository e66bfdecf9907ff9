package dev.cadastre.ledger.access;

/**
 * Authenticates what the vault says of tokens and sessions, with a key that no database holds:
 * whoever can write to the vault alone lets nobody in. Implementations are safe for use by several
 * threads.
 */
@FunctionalInterface
public interface RowSeal {
  /** A message authentication code of 32 bytes, as good as HMAC-SHA-256. */
  byte[] mac(byte[] message);
}
