package dev.cadastre.proof.entry;

import dev.cadastre.proof.Refused;

/** An entry that does not follow the one before it. */
public final class ChainRefused extends Refused {
  private static final long serialVersionUID = 1L;

  private final long index;

  ChainRefused(long index, String message) {
    super("entry " + index + ": " + message);
    this.index = index;
  }

  /**
   * The position at which the chain breaks: where the wrong entry lies, not what it says of itself.
   */
  public long index() {
    return index;
  }
}
