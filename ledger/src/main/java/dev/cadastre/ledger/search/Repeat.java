package dev.cadastre.ledger.search;

import dev.cadastre.ledger.search.stored.Column;

/**
 * That an entry carries the record id of an earlier one.
 *
 * @param index the earlier entry: the first that says the same, else the first of that id
 * @param samePayload whether it says the same, and so is the same record sent again; else two
 *     records bear one id
 */
public record Repeat(long index, boolean samePayload) {
  public static final Repeat NONE = new Repeat(-1, false);

  public boolean given() {
    return index >= 0;
  }

  /** As a value of {@link Column#REPEAT}: 0 for none. */
  public long code() {
    return given() ? 2 * (index + 1) + (samePayload ? 1 : 0) : 0;
  }

  static Repeat of(long code) {
    return code == 0 ? NONE : new Repeat(code / 2 - 1, code % 2 == 1);
  }

  /** {@code same} or {@code other}: what a filter calls it. */
  public String wire() {
    return samePayload ? "same" : "other";
  }
}
