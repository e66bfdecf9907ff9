package dev.cadastre.ingest;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;

/**
 * One OTLP request with its frame decoded.
 *
 * @param remark what is wrong with it as a whole, though it is sound; empty for nothing
 */
record Batch(Signal signal, List<Group> groups, String remark) {
  Batch(Signal signal, List<Group> groups) {
    this(signal, groups, "");
  }

  Batch remarked(String given) {
    return new Batch(signal, groups, given);
  }

  /** The records that share a Resource and a Scope. */
  record Group(
      Resource resource,
      String resourceSchema,
      InstrumentationScope scope,
      String scopeSchema,
      List<Arrived> records) {}

  int size() {
    return groups.stream().mapToInt(group -> group.records().size()).sum();
  }
}
