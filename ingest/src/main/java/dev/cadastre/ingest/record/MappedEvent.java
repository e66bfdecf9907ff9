package dev.cadastre.ingest.record;

import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ingest.location.Evidence;
import dev.cadastre.ingest.wire.Log;
import java.util.Optional;

/**
 * The event of a record, neither located nor judged. Immutable.
 *
 * @param shared what of the event others have too
 * @param foreign whether another system tells it
 * @param plain the record, if the event says what it says, attribute by attribute
 * @param evidence on the record itself of where it was
 */
record MappedEvent(
    RecordEvent event,
    GroupContext shared,
    boolean foreign,
    Optional<Log> plain,
    Optional<Evidence> evidence) {
  /** Of a record that was mended, or of which only its bytes are kept. */
  static MappedEvent mended(RecordEvent event, GroupContext shared, boolean foreign) {
    return new MappedEvent(event, shared, foreign, Optional.empty(), Optional.empty());
  }

  MappedEvent with(RecordEvent other) {
    return new MappedEvent(other, shared, foreign, plain, evidence);
  }
}
