package dev.cadastre.ledger.fsck;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.json.Json;

/**
 * What was read of one log.
 *
 * @param log its name
 * @param entries entries read
 * @param root the root of the tree over them
 * @param roots checkpoints and anchored checkpoints held against the tree
 */
public record LogSummary(String log, long entries, Hash root, long roots) {
  Json.Obj toJson() {
    return Json.Obj.builder()
        .put("entries", entries)
        .put("log", log)
        .put("root", root.hex())
        .put("roots", roots)
        .build();
  }
}
