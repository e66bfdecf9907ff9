package dev.cadastre.ingest.wire;

/** What an attribute's name says of it before its value is looked at. */
public enum Mark {
  /** It may name the tenant. */
  TENANT,
  /** It may be the sender's id of the record. */
  RECORD_ID,
  /** It says what sort of actor acted. */
  ACTOR_TYPE,
  /** It is private unless the actor is a machine. */
  ACTOR,
  /** It is private. */
  PRIVATE,
  /** Its value never stands in an entry, its hash does. */
  CONTENT,
  /** It is the sender's signature of the record. */
  SIGNATURE,
  /** It decides where the record's hops were, or what is said of that. */
  JUDGED,
  /** It shows that a Collector took another system's record apart, or failed to. */
  FOREIGN,
  /** It may tell of an inference in other words than OpenTelemetry's. */
  DIALECT,
  /** Frameworks use it where a model's work is told of. */
  MODEL;

  int bit() {
    return 1 << ordinal();
  }
}
