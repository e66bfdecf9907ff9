package dev.cadastre.ingest.tls;

/** Whether senders show certificates. */
public enum ClientCertificates {
  /** They are not asked. */
  NONE,
  /** Who has one shows it; others need a token. */
  OPTIONAL,
  /** Who has none cannot connect. */
  REQUIRED
}
