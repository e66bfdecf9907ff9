package dev.cadastre.ingest.foreign;

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
 * @param own those attributes of {@code log} that whoever sent the record put beside it
 */
public record ForeignRecord(LogRecord log, List<KeyValue> hidden, List<KeyValue> own) {
  public ForeignRecord {
    hidden = List.copyOf(hidden);
    own = List.copyOf(own);
  }
}
