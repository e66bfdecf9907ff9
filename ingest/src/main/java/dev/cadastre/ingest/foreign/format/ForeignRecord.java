package dev.cadastre.ingest.foreign.format;

import dev.cadastre.formats.event.Kind;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.List;

/**
 * A foreign record told in Cadastre's vocabulary.
 *
 * @param log the log record it came in, with what the record says as event name, time and
 *     attributes, and without its body
 * @param hidden attributes that stand in the entry as digests whatever their names are; the
 *     original record is among them
 */
public record ForeignRecord(LogRecord log, List<KeyValue> hidden, Origin origin) {
  public ForeignRecord {
    hidden = List.copyOf(hidden);
  }

  /**
   * Of whose words an event is made.
   *
   * @param kind what it is about, by the foreign record and by what its sender put beside it
   * @param vouched whether the foreign record alone says where that was
   */
  public record Origin(Kind kind, boolean vouched) {}
}
