package dev.cadastre.ingest.foreign.format;

import dev.cadastre.formats.json.Json;
import java.util.List;
import java.util.Optional;

/** A format whose records are lines of text, and no JSON. */
public interface LineFormat extends ForeignFormat {
  /** Whether a text may be a line of it: a look at a few characters. */
  boolean mayBe(String line);

  /** What a line says, by names of our own; empty if it is none of this format. */
  Optional<Json.Obj> parsed(String line);

  /** None: no JSON is a record of it. */
  @Override
  default List<String> marks() {
    return List.of("\u0000");
  }

  @Override
  default List<String> members() {
    return List.of();
  }

  @Override
  default boolean recognises(Fields record) {
    return false;
  }
}
