package dev.cadastre.ingest;

import dev.cadastre.ingest.foreign.Batches;
import dev.cadastre.ingest.foreign.ForeignFormats;
import dev.cadastre.ingest.foreign.ForeignRecord;
import dev.cadastre.ingest.wire.Log;
import dev.cadastre.ingest.wire.Mark;
import dev.cadastre.ingest.wire.Telemetry;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.event.Attributes;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A record in our vocabulary: as it came, or as what it brought from another system says.
 *
 * @param hidden attributes that stand in the entry as digests whatever their names are
 */
record Told(Telemetry record, List<KeyValue> hidden) {
  /** Whether it came from another system, whose original is always hidden. */
  boolean foreign() {
    return !hidden.isEmpty();
  }

  /**
   * The records in one: itself, unless its body is a batch of another system's.
   *
   * @param resource attributes of its Resource
   * @throws Undecodable if it brings what looks like another system's record and cannot be read
   */
  static List<Told> of(Telemetry record, Attributes resource) throws Undecodable {
    if (!(record instanceof Log arrived)
        || !ForeignFormats.mayBeIn(arrived.body(), arrived.mayHave(Mark.FOREIGN))) {
      return List.of(new Told(record, List.of()));
    }
    try {
      List<LogRecord> logs = Batches.split(arrived.message());
      List<Told> told = new ArrayList<>(logs.size());
      for (LogRecord one : logs) {
        Optional<ForeignRecord> foreign = ForeignFormats.AUTO.translate(one, resource);
        told.add(
            foreign.isPresent()
                ? new Told(Log.of(foreign.get().log()), foreign.get().hidden())
                : new Told(Log.of(one), List.of()));
      }
      return told;
    } catch (Refused e) {
      throw new Undecodable(String.valueOf(e.getMessage()));
    }
  }
}
