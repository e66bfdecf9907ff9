package dev.cadastre.ledger.search.stored;

/** How many consecutive entries are indexed together. */
public final class Block {
  public static final int SIZE = 4096;

  private Block() {}
}
