package dev.cadastre.ledger.store;

/** The three stores of a cell, each with its own life: on SQLite one file each. */
public enum Schema {
  /** The truth: insert only. Kept for good. */
  LEDGER,
  /** What may be destroyed: disclosures, tokens, sessions. */
  VAULT,
  /** What is derived and may be dropped and rebuilt. */
  INDEX
}
