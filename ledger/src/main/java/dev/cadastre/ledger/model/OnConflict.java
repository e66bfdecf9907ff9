package dev.cadastre.ledger.model;

/** What becomes of a record whose id stands for another record already. */
public enum OnConflict {
  /**
   * It is appended as a further entry, and its receipt says so: an audit ledger loses no evidence.
   */
  KEEP,
  /** The whole append is refused with {@link AppendResult.Conflict}, and nothing is written. */
  REFUSE
}
