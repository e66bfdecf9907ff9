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

  /** Its attributes as they came. */
  List<KeyValue> attributes();
}
