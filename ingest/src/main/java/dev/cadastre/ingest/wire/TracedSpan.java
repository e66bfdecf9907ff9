package dev.cadastre.ingest.wire;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Optional;

/** A span. */
public record TracedSpan(Span span) implements Telemetry {
  @Override
  public boolean mayHave(Mark mark) {
    return true;
  }

  @Override
  public Optional<String> string(String name) {
    for (KeyValue attribute : attributes()) {
      if (attribute.getKey().equals(name) && attribute.getValue().hasStringValue()) {
        return Optional.of(attribute.getValue().getStringValue());
      }
    }
    return Optional.empty();
  }

  @Override
  public List<KeyValue> attributes() {
    return span.getAttributesList();
  }
}
