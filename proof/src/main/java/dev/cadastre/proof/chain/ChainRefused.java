package dev.cadastre.proof.chain;

import dev.cadastre.formats.Refused;

/** An entry that does not follow the one before it. */
public final class ChainRefused extends Refused {
  private static final long serialVersionUID = 1L;

  /** What does not follow. */
  public enum Fault {
    /** The entry names another index than its place. */
    INDEX,
    /** The entry names another predecessor than the one before it. */
    PREV,
    /** The entry is older than the one before it. */
    TIME
  }

  private final long index;
  private final Fault fault;

  ChainRefused(long index, Fault fault, String message) {
    super("entry " + index + ": " + message);
    this.index = index;
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }

  /**
   * The position at which the chain breaks: where the wrong entry lies, not what it says of itself.
   */
  public long index() {
    return index;
  }
}
