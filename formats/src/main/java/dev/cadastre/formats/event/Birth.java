package dev.cadastre.formats.event;

import java.util.List;

/**
 * Entry 0 of every log: who it is and which keys speak for it.
 *
 * @param cell the cell that keeps the log
 * @param format always {@link #FORMAT}
 * @param keys verifier keys as C2SP signed-note writes them
 * @param origin the log's checkpoint origin
 */
public record Birth(String cell, String format, List<String> keys, String origin) implements Event {
  public static final String KIND = "log.birth";
  public static final String FORMAT = "cadastre-entry/v1";

  public Birth {
    keys = List.copyOf(keys);
  }

  public Birth(String cell, List<String> keys, String origin) {
    this(cell, FORMAT, keys, origin);
  }

  @Override
  public String kindWire() {
    return KIND;
  }
}
