package dev.cadastre.ledger.search.stored;

/**
 * The answer would take more of the index than one question may read. A shorter time, or a filter
 * more, makes the question small enough.
 */
public final class QuestionTooLarge extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QuestionTooLarge(long steps) {
    super("the answer takes more than " + steps + " steps in the index");
  }
}
