package dev.cadastre.ingest.foreign;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.envelope.JsonSlices;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a record that quotes what a client sent and that no strict reader takes: a member twice, a
 * number beyond doubles, endless nesting. What cannot be read is its hash, and the record around it
 * stays what it is.
 */
final class QuotedBodies {
  /** Where formats quote bodies: beside the record's own members, or in one of these. */
  private static final int DEPTH_MAX = 4;

  private QuotedBodies() {}

  /** The record with hashes for what cannot be read; empty if it is no object with single names. */
  static Optional<Json.Obj> hashed(String text) {
    return read(text, 0) instanceof Json.Obj record ? Optional.of(record) : Optional.empty();
  }

  private static Json read(String text, int depth) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    try {
      return Json.parse(utf8);
    } catch (Refused e) {
      Optional<Map<String, String>> members =
          depth == DEPTH_MAX ? Optional.empty() : JsonSlices.members(text);
      if (members.isEmpty()) {
        return Json.of("sha256:" + Hash.sha256(utf8).hex());
      }
      Json.Builder read = Json.Obj.builder();
      members.get().forEach((name, value) -> read.put(name, read(value, depth + 1)));
      return read.build();
    }
  }
}
