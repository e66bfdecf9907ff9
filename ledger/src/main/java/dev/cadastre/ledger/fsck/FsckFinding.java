package dev.cadastre.ledger.fsck;

import dev.cadastre.formats.json.Json;
import java.util.OptionalLong;

/**
 * Something that is not as it must be.
 *
 * @param log the log it concerns; empty if it is about a whole file
 * @param table the table, or the file, in which it was found
 * @param index the entry, tile, size or anchor it was found at, as {@code what} says
 * @param what expected and found
 */
public record FsckFinding(String log, String table, OptionalLong index, String what) {
  /** One line for people. */
  public String line() {
    String place = log.isEmpty() ? table : "log " + log + ", " + table;
    return place + (index.isPresent() ? " " + index.getAsLong() : "") + ": " + what;
  }

  Json.Obj toJson() {
    Json.Obj.Builder json =
        Json.Obj.builder().put("log", log).put("table", table).put("what", what);
    if (index.isPresent()) {
      json.put("index", Long.toString(index.getAsLong()));
    }
    return json.build();
  }
}
