package dev.cadastre.server.backup;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.files.PrivateFile;
import dev.cadastre.ledger.fsck.LogSummary;
import dev.cadastre.server.cell.CellIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code backup.json}: what a backup holds. It is written last, so a directory without it is no
 * backup that came to its end.
 *
 * @param made when it was begun
 * @param keys whether the cell's keys are in it
 * @param logs what was found when the copy was checked
 */
public record Manifest(CellIdentity identity, Instant made, boolean keys, List<Log> logs) {
  static final String FILE = "backup.json";

  /** One log of the copy: its entries, and the root of the tree over them. */
  public record Log(String name, long entries, Hash root) {
    static Log of(LogSummary summary) {
      return new Log(summary.log(), summary.entries(), summary.root());
    }
  }

  public Manifest {
    logs = List.copyOf(logs);
  }

  void write(Path backup) throws IOException {
    List<Json> rows = new ArrayList<>();
    for (Log log : logs) {
      rows.add(
          Json.Obj.builder()
              .put("entries", log.entries())
              .put("log", log.name())
              .put("root", log.root().hex())
              .build());
    }
    PrivateFile.replace(
        backup.resolve(FILE),
        Json.Obj.builder()
            .put("cell", identity.cell())
            .put("keys", keys)
            .put("logs", new Json.Arr(rows))
            .put("made", made.toString())
            .put("name", identity.name())
            .build()
            .jcs());
  }

  static Manifest read(Path backup) throws IOException, Refused {
    Path file = backup.resolve(FILE);
    if (!Files.exists(file)) {
      throw new Refused(
          backup + " is no backup that came to its end: it has no " + FILE + "; take another");
    }
    try {
      Json.Obj json = Json.parseObject(Files.readAllBytes(file));
      List<Log> logs = new ArrayList<>();
      for (Json row : json.arr("logs")) {
        if (!(row instanceof Json.Obj log)) {
          throw new Refused("expected objects in \"logs\"");
        }
        logs.add(new Log(log.str("log"), log.integer("entries"), Hash.ofHex(log.str("root"))));
      }
      return new Manifest(
          new CellIdentity(json.str("name"), json.str("cell")),
          Instant.parse(json.str("made")),
          json.bool("keys"),
          logs);
    } catch (Refused | DateTimeParseException damage) {
      throw new Refused(file + " is damaged: " + damage.getMessage() + "; take another", damage);
    }
  }
}
