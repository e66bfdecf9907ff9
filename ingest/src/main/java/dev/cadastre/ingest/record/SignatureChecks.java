package dev.cadastre.ingest.record;

import dev.cadastre.formats.event.Assurance;
import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Integrity;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ingest.integrity.Keyring;
import dev.cadastre.ingest.integrity.RecordSignature;
import dev.cadastre.ingest.integrity.SignatureResult;
import dev.cadastre.ingest.integrity.TrustedKeys;
import dev.cadastre.ingest.wire.Log;
import dev.cadastre.ingest.wire.Mark;
import dev.cadastre.ingest.wire.Telemetry;
import dev.cadastre.ledger.model.LogName;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What senders' signatures mean for the records of one request. */
final class SignatureChecks {
  private final TrustedKeys trusted;
  private final Map<LogName, Keyring> keyrings = new HashMap<>();
  private final Map<SignatureResult, Integer> results = new EnumMap<>(SignatureResult.class);

  SignatureChecks(TrustedKeys trusted) {
    this.trusted = trusted;
  }

  /** The event with what was found of its record's signature, if that has one. */
  RecordEvent checked(RecordEvent event, LogName log, Resource resource, Telemetry record) {
    if (!(record instanceof Log signed) || !record.mayHave(Mark.SIGNATURE)) {
      return event;
    }
    return RecordSignature.of(resource, signed.message())
        .map(signature -> signature.check(keyrings.computeIfAbsent(log, trusted::of)))
        .map(this::counted)
        .map(integrity -> event.toBuilder().integrity(integrity).build())
        .orElse(event);
  }

  private Integrity counted(Integrity integrity) {
    results.merge(SignatureResult.of(integrity), 1, Integer::sum);
    return integrity;
  }

  /** How often checking had each result. */
  Map<SignatureResult, Integer> results() {
    return results;
  }

  /** What the sender must hear of its signature. */
  static Optional<String> problem(RecordEvent event) {
    return event
        .integrity()
        .filter(integrity -> integrity.status() == Integrity.Status.INVALID)
        .map(integrity -> "its signature does not hold: " + integrity.reason());
  }

  /** Parts of a record that somebody altered support each other in nothing. */
  static Map<Hop, Location> capped(RecordEvent event, Map<Hop, Location> locations) {
    if (problem(event).isEmpty()) {
      return locations;
    }
    Map<Hop, Location> capped = new EnumMap<>(Hop.class);
    locations.forEach(
        (hop, location) ->
            capped.put(
                hop,
                location.assurance() == Assurance.CORROBORATED
                    ? new Location(location.place(), Assurance.CLAIMED, location.evidence())
                    : location));
    return capped;
  }
}
