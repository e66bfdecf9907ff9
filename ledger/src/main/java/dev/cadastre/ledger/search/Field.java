package dev.cadastre.ledger.search;

import dev.cadastre.ledger.search.stored.TermType;

/**
 * What an event list can be filtered by besides time and text. A field's value is matched whole.
 */
public enum Field {
  /** An event's kind, such as {@code key.use}. */
  KIND(TermType.KIND),
  /**
   * The outcome, such as {@code violation}: the verdict's, or what the order of the entries shows
   * beyond it.
   */
  OUTCOME(TermType.OUTCOME),
  /** A rule that any finding names, of the verdict or of the order of entries. */
  RULE(TermType.RULE),
  /** The event's own name. */
  NAME(TermType.NAME),
  /** {@code audit.action}. */
  ACTION(TermType.ACTION),
  /** {@code audit.outcome}: what the sender says came of it. */
  RESULT(TermType.RESULT),
  /** {@code audit.actor.id}, unless it was kept private. */
  ACTOR(TermType.ACTOR),
  /** {@code audit.target.id} or the data object's id. */
  TARGET(TermType.TARGET),
  /** The data category. */
  CATEGORY(TermType.CATEGORY),
  /** The purpose given. */
  PURPOSE(TermType.PURPOSE),
  /** The key's id. */
  KEY(TermType.KEY),
  /** The key or data operation. */
  OPERATION(TermType.OPERATION),
  /** {@code service.name} of the sender's resource. */
  SERVICE(TermType.SERVICE),
  /** The place of any hop. */
  PLACE(TermType.PLACE),
  /**
   * Entries with an earlier one's record id: {@code same} for the same record sent again, {@code
   * other} for another that bears its id.
   */
  REPEAT(TermType.REPEAT),
  /** Entries at which a detector noticed something, by what it is, such as {@code sequence.gap}. */
  ALERT(TermType.ALERT),
  /** Entries that broke the contract in one way: {@link Breach#wire()}. */
  BREACH(TermType.BREACH),
  /** Key uses by what came of them, such as {@code refused}. */
  ATTEMPT(TermType.ATTEMPT),
  /** Who told it: {@link dev.cadastre.formats.event.Side}. */
  SIDE(TermType.SIDE);

  private final TermType type;

  Field(TermType type) {
    this.type = type;
  }

  TermType type() {
    return type;
  }
}
