package dev.cadastre.ledger.search;

/** How many consecutive entries are indexed together. */
final class Block {
  static final int SIZE = 4096;

  private Block() {}
}
