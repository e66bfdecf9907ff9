package dev.cadastre.ledger.model;

import dev.cadastre.formats.Refused;
import java.time.Duration;
import java.util.Optional;

/**
 * What a ledger is called and how much it may hold in memory.
 *
 * @param name the ledger's name, first part of every origin
 * @param cell the cell, second part of every origin
 * @param queueBytes how many bytes of events may wait for the sequencer before appends are refused
 *     as overloaded
 * @param batchBytes how many bytes of events one group commit takes at most (always at least one
 *     append)
 * @param records how far back a record that is sent again is recognized
 */
public record LedgerSettings(
    String name, String cell, long queueBytes, long batchBytes, RecordWindow records) {
  private static final long MIB = 1L << 20;

  /**
   * The window within which a record sent again is recognized by its id: the newest {@code idsMin}
   * ids of all logs together, and whatever is younger than {@code age} as long as that is at most
   * {@code idsMax}. A process holds up to twice {@code idsMax} ids, at some 24 bytes each.
   */
  public record RecordWindow(Duration age, int idsMin, int idsMax) {
    public static final RecordWindow STANDARD =
        new RecordWindow(Duration.ofHours(1), 2_000_000, 3_000_000);

    public RecordWindow {
      if (idsMin < 1 || idsMax < idsMin) {
        throw new IllegalArgumentException("expected 1 <= " + idsMin + " <= " + idsMax);
      }
    }
  }

  public LedgerSettings(String name, String cell) {
    this(name, cell, 64 * MIB, 8 * MIB);
  }

  public LedgerSettings(String name, String cell, long queueBytes, long batchBytes) {
    this(name, cell, queueBytes, batchBytes, RecordWindow.STANDARD);
  }

  /** These settings with another window. */
  public LedgerSettings withRecords(RecordWindow window) {
    return new LedgerSettings(name, cell, queueBytes, batchBytes, window);
  }

  /** The log of that origin, if it is one of this ledger and cell. */
  public Optional<LogName> log(String origin) {
    String start = name + "/" + cell + "/";
    try {
      return origin.startsWith(start)
          ? Optional.of(LogName.parse(origin.substring(start.length())))
          : Optional.empty();
    } catch (Refused notALog) {
      return Optional.empty();
    }
  }

  /** A log's origin, which is also its key's name: {@code <ledger name>/<cell>/<log name>}. */
  public String origin(LogName log) {
    return name + "/" + cell + "/" + log.value();
  }
}
