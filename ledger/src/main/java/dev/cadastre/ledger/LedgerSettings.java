package dev.cadastre.ledger;

/**
 * What a ledger is called and how much it may hold in memory.
 *
 * @param name the ledger's name, first part of every origin
 * @param cell the cell, second part of every origin
 * @param queueBytes how many bytes of events may wait for the sequencer before appends are refused
 *     as overloaded
 * @param batchBytes how many bytes of events one group commit takes at most (always at least one
 *     append)
 */
public record LedgerSettings(String name, String cell, long queueBytes, long batchBytes) {
  private static final long MIB = 1L << 20;

  public LedgerSettings(String name, String cell) {
    this(name, cell, 64 * MIB, 8 * MIB);
  }

  /** A log's origin, which is also its key's name: {@code <ledger name>/<cell>/<log name>}. */
  public String origin(LogName log) {
    return name + "/" + cell + "/" + log.value();
  }
}
