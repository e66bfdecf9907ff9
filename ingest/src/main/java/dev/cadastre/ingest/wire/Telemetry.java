package dev.cadastre.ingest.wire;

import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import java.util.Optional;

/** A decoded record. */
public sealed interface Telemetry permits Log, TracedSpan {

  /** Whether an attribute may have that mark: false only if none has it. */
  boolean mayHave(Mark mark);

  /** The first attribute of that name whose value is a string. */
  Optional<String> string(String name);

  /** The same, of a name that has the mark. */
  default Optional<String> string(Mark mark, String name) {
    return mayHave(mark) ? string(name) : Optional.empty();
  }

  /** Its attributes as they came. */
  List<KeyValue> attributes();
}
