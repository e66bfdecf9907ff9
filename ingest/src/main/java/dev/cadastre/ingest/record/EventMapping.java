package dev.cadastre.ingest.record;

import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.mend.Mended;
import dev.cadastre.ingest.request.Texts;
import dev.cadastre.ingest.request.Undecodable;
import dev.cadastre.ingest.request.Warnings;
import dev.cadastre.ingest.wire.Log;
import dev.cadastre.ingest.wire.Telemetry;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import java.util.Optional;

/**
 * Makes the events of one request's records. What is disclosed apart from an event waits in {@link
 * Disclosures} until the event is kept, so one is kept before the next is made.
 */
final class EventMapping {
  private final Routes routes;
  private final Disclosures disclosures;
  private final GroupMapper groupMapper;
  private final RecordMapper mapper;
  private final SignatureChecks signatures;
  private final VaultPlaces vaults;
  private final Warnings warnings;

  EventMapping(
      Routes routes,
      Disclosures disclosures,
      GroupMapper groupMapper,
      RecordMapper mapper,
      SignatureChecks signatures,
      VaultPlaces vaults,
      Warnings warnings) {
    this.routes = routes;
    this.disclosures = disclosures;
    this.groupMapper = groupMapper;
    this.mapper = mapper;
    this.signatures = signatures;
    this.vaults = vaults;
    this.warnings = warnings;
  }

  /**
   * The event of a record.
   *
   * @param decoded as it came, which is what its sender signed
   * @param told as our vocabulary has it
   * @param slip what was wrong with its encoding; empty if nothing
   */
  MappedEvent of(RecordContext in, Telemetry decoded, TranslatedRecord told, String slip) {
    TranslatedRecord placed = vaults.placed(told);
    GroupContext shared = own(in, RecordMapper.recordId(placed.record()));
    MappedEvent mapped = mapped(in, shared, placed, slip);
    warnOfUnknown(placed, mapped.event());
    RecordEvent checked =
        signatures.checked(mapped.event(), in.route().log(), in.group().resource(), decoded);
    boolean evident = !placed.foreign() && checked.attributes().has(Names.EVIDENCE_VALUE);
    return evident
        ? withEvidence(mapped.with(checked), placed.record().attributes())
        : mapped.with(checked);
  }

  /**
   * The event of a record whose body looks like another system's and cannot be read: what stands
   * beside it is judged all the same, and keeps its name and id.
   */
  MappedEvent withoutBody(RecordContext in, Telemetry decoded, Undecodable why) {
    if (decoded instanceof Log log) {
      TranslatedRecord rest =
          new TranslatedRecord(Log.of(log.message().toBuilder().clearBody().build()));
      GroupContext shared = own(in, RecordMapper.recordId(rest.record()));
      MappedEvent mapped = mapped(in, shared, rest, String.valueOf(why.getMessage()));
      if (mapped.event().kind() != Kind.OTHER || !mapped.event().id().isEmpty()) {
        return mapped;
      }
      disclosures.drain();
    }
    return undecodable(in, in.shared(), why, false);
  }

  /** The event of a record of which nothing is understood. */
  MappedEvent undecodable(RecordContext in, Undecodable why) {
    return undecodable(in, in.shared(), why, false);
  }

  private MappedEvent mapped(
      RecordContext in, GroupContext shared, TranslatedRecord told, String slip) {
    boolean foreign = told.vouched();
    String wrong = in.route().problem();
    try {
      if (slip.isEmpty()) {
        RecordEvent event = mapper.map(shared, told, wrong, shared.problem());
        Optional<Log> plain =
            !told.foreign() && told.record() instanceof Log log
                ? Optional.of(log)
                : Optional.empty();
        return new MappedEvent(event, shared, foreign, plain, Optional.empty());
      }
    } catch (Undecodable e) {
      // Then what can be read of it is judged, and what came is kept beside it.
    }
    Mended<TranslatedRecord> mended = told.mended();
    String note = Texts.joined(shared.problem(), Texts.joined(slip, mended.note()));
    try {
      RecordEvent event = mapper.map(shared, mended.message(), wrong, note);
      return MappedEvent.mended(mapper.withRaw(event, in.arrived().raw()), shared, foreign);
    } catch (Undecodable e) {
      // It has an id all the same, so that sent again it is not kept again.
      String id = RecordMapper.recordId(told.record());
      if (id.isBlank()) {
        return undecodable(in, shared, e, foreign);
      }
      disclosures.of(id, "raw", () -> routes.salts(in.route().log()));
      return MappedEvent.mended(raw(in, shared, e).toBuilder().id(id).build(), shared, foreign);
    }
  }

  private MappedEvent undecodable(
      RecordContext in, GroupContext shared, Undecodable why, boolean foreign) {
    disclosures.ofNoRecord();
    return MappedEvent.mended(raw(in, shared, why), shared, foreign);
  }

  private RecordEvent raw(RecordContext in, GroupContext shared, Undecodable why) {
    return mapper.undecodable(
        shared, in.arrived().raw(), Texts.joined(in.route().problem(), why.getMessage()));
  }

  private void warnOfUnknown(TranslatedRecord told, RecordEvent event) {
    boolean unknown =
        event.kind() == Kind.OTHER && event.problem().isEmpty() && told.hidden().isEmpty();
    if (unknown && told.record() instanceof Log log && log.body().isPresent()) {
      warnings.unknown();
    }
  }

  private MappedEvent withEvidence(MappedEvent mapped, List<KeyValue> asCame) {
    Attributes kept =
        EvidenceAttributes.disclosed(mapped.event().attributes(), asCame, disclosures);
    RecordEvent disclosed = mapped.event().toBuilder().attributes(kept).build();
    return new MappedEvent(
        disclosed,
        mapped.shared(),
        mapped.foreign(),
        Optional.empty(),
        EvidenceAttributes.of(asCame));
  }

  /**
   * What a record shares with others; under its own digests if it has an id, since it may come
   * again in other company.
   */
  private GroupContext own(RecordContext in, String id) {
    if (id.isEmpty()) {
      disclosures.ofNoRecord();
      return in.shared();
    }
    GroupContext own = in.shared();
    if (!own.disclosures().isEmpty()) {
      disclosures.of(id, "shared", () -> routes.salts(in.route().log()));
      own = groupMapper.mapForOne(in.group());
    }
    disclosures.of(id, "record", () -> routes.salts(in.route().log()));
    return own;
  }
}
