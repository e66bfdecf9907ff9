package dev.cadastre.ledger.model;

import dev.cadastre.proof.note.NoteSigner;

/** Where a log's signing key comes from. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface CheckpointSigner {
  /**
   * The signer whose key's name is the origin. Always the same key for one origin: it is named in
   * the log's birth entry.
   */
  NoteSigner signerFor(String origin);
}
