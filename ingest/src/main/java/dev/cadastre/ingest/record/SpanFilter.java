package dev.cadastre.ingest.record;

import dev.cadastre.ingest.inference.Dialect;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;

/** Which spans are evidence: those that speak of audit, data, keys, places or inference. */
final class SpanFilter {
  private static final String[] PREFIXES = {"ledger.", "audit.", "gen_ai."};

  private SpanFilter() {}

  static boolean keeps(Span span) {
    return speaks(span.getAttributesList())
        || Dialect.speaks(span.getAttributesList())
        || span.getEventsList().stream().anyMatch(event -> speaks(event.getAttributesList()));
  }

  /**
   * Whether it is a log record, whose time stands where a span has its trace's id. In protobuf both
   * are alike enough to be read as each other.
   */
  static boolean isLogRecord(Span span) {
    return span.getTraceId().isEmpty()
        && (span.getUnknownFields().hasField(LogRecord.TIME_UNIX_NANO_FIELD_NUMBER)
            || span.getUnknownFields().hasField(LogRecord.OBSERVED_TIME_UNIX_NANO_FIELD_NUMBER));
  }

  private static boolean speaks(List<KeyValue> attributes) {
    for (KeyValue attribute : attributes) {
      for (String prefix : PREFIXES) {
        if (attribute.getKey().startsWith(prefix)) {
          return true;
        }
      }
    }
    return false;
  }
}
