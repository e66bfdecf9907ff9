package dev.cadastre.ingest.foreign.format;

import dev.cadastre.formats.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * One audit format of another system. A new one is a class that implements this and a line in
 * {@code ForeignFormats}.
 */
public interface ForeignFormat {
  /** The format's name on the command line and in {@code ledger.source.format}. */
  String name();

  /** Texts that are all in every record's JSON, to pass over others before any JSON is read. */
  List<String> marks();

  /** Members of which every record has one or more, to the same end. */
  List<String> members();

  /** Whether a JSON object is a record of this format, by what it must have. */
  boolean recognises(Fields record);

  /**
   * The record that a Collector took apart into attributes and body, put together again in its own
   * form; empty if this is none, or if no Collector does that with this format.
   */
  default Optional<Json.Obj> assembled(EnclosingLog carrier) {
    return Optional.empty();
  }

  /** Tells a record in Cadastre's vocabulary. Whatever may be missing or odd in it is left out. */
  void map(Fields record, Mapping to);
}
