package dev.cadastre.ledger.vault;

import dev.cadastre.formats.Refused;

/** The cell's key-encrypting key. Implementations are safe for use by several threads. */
public interface KeyWrap {
  /**
   * Encrypts a key, bound to a context.
   *
   * @param key 32 bytes
   * @param context what must be given again to unwrap: log and key version
   */
  byte[] wrap(byte[] key, byte[] context);

  /**
   * @return the 32 bytes that were wrapped
   * @throws Refused if this was not wrapped by this key for this context
   */
  byte[] unwrap(byte[] wrapped, byte[] context) throws Refused;
}
