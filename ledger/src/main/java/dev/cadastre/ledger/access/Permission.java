package dev.cadastre.ledger.access;

/** What a principal may be allowed to do to a log, or to the cell. */
public enum Permission {
  /** Send events. */
  SEND,
  /** Read what reveals no event: checkpoints, hash tiles, receipts and proofs. */
  READ_PROOFS,
  /** Read entries and everything computed from them. */
  READ_EVENTS,
  /** Build evidence packs and download them. */
  EXPORT_EVIDENCE,
  /** Read private attributes: the disclosures behind an entry's digests. */
  READ_PRIVATE,
  /** Add tenants, adopt policies, issue and revoke tokens, close anchors. */
  ADMINISTER
}
