package dev.cadastre.ingest.integrity;

import dev.cadastre.ledger.model.LogName;

/** Whom the operator trusts to sign whose records. Implementations are safe for concurrent use. */
@FunctionalInterface
public interface TrustedKeys {
  /** Trusts nobody. */
  TrustedKeys NONE = tenant -> Keyring.EMPTY;

  Keyring of(LogName tenant);
}
