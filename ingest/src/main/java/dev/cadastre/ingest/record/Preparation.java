package dev.cadastre.ingest.record;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.EventEncoder;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.residency.ReceivedRange;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Names;
import dev.cadastre.ingest.integrity.SignatureResult;
import dev.cadastre.ingest.integrity.TrustedKeys;
import dev.cadastre.ingest.location.Evidence;
import dev.cadastre.ingest.mend.Mended;
import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ingest.otlp.ReceivedRecord;
import dev.cadastre.ingest.request.EventSink;
import dev.cadastre.ingest.request.Lists;
import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.request.Texts;
import dev.cadastre.ingest.request.Undecodable;
import dev.cadastre.ingest.request.Warnings;
import dev.cadastre.ingest.wire.Log;
import dev.cadastre.ingest.wire.Telemetry;
import dev.cadastre.ingest.wire.TracedSpan;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.vault.RecordSalts;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes drafts of one request's records: route, map, locate, judge, encode. For one use. */
public final class Preparation {
  private final Sender sender;
  private final DecodedRequest batch;
  private final Locations locations;
  private final Routes routes;
  private final SignatureChecks signatures;
  private final Disclosures disclosures;
  private final GroupMapper sharedMapper;
  private final RecordMapper mapper;
  private final Warnings warnings;
  private final EventEncoder encoder = new EventEncoder();
  private final List<Draft> drafts;
  private final List<String> ids;
  private final Rulings rulings;
  private final long bytesMax;
  private final long receivedNs;

  /** Whether another system tells the record. */
  private boolean foreign;

  /** The record, if its event says what it says. */
  private Optional<Log> plain = Optional.empty();

  /** Of entries and of what is disclosed apart from them. */
  private long bytes;

  private int position;
  private Resource resource = Resource.getDefaultInstance();
  private Optional<String> tenant = Optional.empty();
  private int misencoded;
  private int tooLarge;
  private String misencoding = "";

  private Preparation(
      Sender sender,
      DecodedRequest batch,
      EventSink sink,
      TrustedKeys trusted,
      Locations locations,
      RandomGenerator random,
      long bytesMax,
      long receivedNs) {
    this.sender = sender;
    this.receivedNs = receivedNs;
    this.bytesMax = bytesMax;
    this.batch = batch;
    this.signatures = new SignatureChecks(trusted);
    this.locations = locations;
    this.rulings = new Rulings(locations.of(sender, Attributes.EMPTY, List.of()), receivedNs);
    this.routes = new Routes(sender, sink);
    this.disclosures = new Disclosures(random);
    AttributeMapper attributes = new AttributeMapper(disclosures);
    this.sharedMapper =
        new GroupMapper(
            disclosures, attributes, PrivatePersons.of(sender.tenant().flatMap(sink::policy)));
    this.mapper = new RecordMapper(sender.id(), disclosures, attributes);
    int size = batch.size();
    this.warnings = new Warnings(batch.signal(), size);
    warnings.remark(batch.remark());
    this.drafts = new ArrayList<>(size);
    this.ids = new ArrayList<>(size);
  }

  /**
   * A request, ready to be appended.
   *
   * @param drafts in the order of the records that were kept
   * @param ids what their sender calls the records, in the same order
   * @param signatures how often checking a sender's signature had each result
   */
  public record Prepared(
      List<Draft> drafts,
      List<String> ids,
      Warnings warnings,
      Map<SignatureResult, Integer> signatures) {}

  /**
   * Prepares a request. A record that cannot be understood is prepared as such; but when not a
   * single one can be decoded or mended, it is the sender's encoder that is broken, and it must
   * hear of it.
   *
   * @throws Rejected if no record can be decoded, or the sender may not write where it wants to
   */
  public static Prepared prepare(
      Sender sender,
      DecodedRequest batch,
      EventSink sink,
      TrustedKeys trusted,
      RandomGenerator random)
      throws Rejected {
    return prepare(
        sender, batch, sink, trusted, Locations.BY_NAMES, random, Long.MAX_VALUE, sink.nowNs());
  }

  /**
   * The same, with evidence of where the sender runs.
   *
   * @param bytesMax how large all entries together may be: each holds its Resource, so a small
   *     request can make large ones
   * @param receivedNs when the ledger will have received it, for all that is known
   */
  public static Prepared prepare(
      Sender sender,
      DecodedRequest batch,
      EventSink sink,
      TrustedKeys trusted,
      Locations locations,
      RandomGenerator random,
      long bytesMax,
      long receivedNs)
      throws Rejected {
    Preparation preparation =
        new Preparation(sender, batch, sink, trusted, locations, random, bytesMax, receivedNs);
    for (DecodedRequest.Group group : batch.groups()) {
      preparation.group(group);
    }
    if (preparation.misencoded > 0 && preparation.misencoded == preparation.position) {
      throw preparation.nothingDecoded();
    }
    return new Prepared(
        preparation.drafts,
        preparation.ids,
        preparation.warnings,
        preparation.signatures.results());
  }

  private Rejected nothingDecoded() {
    String why = "no record can be decoded; the first: " + misencoding;
    return tooLarge == misencoded
        ? Rejected.of(Refusal.Reason.TOO_LARGE, why)
        : Rejected.badData(why);
  }

  private void group(DecodedRequest.Group group) throws Rejected {
    disclosures.ofNoRecord();
    GroupContext shared = sharedMapper.map(group);
    if (group.resource() != resource) {
      resource = group.resource();
      List<KeyValue> ofResource = resource.getAttributesList();
      tenant = Routes.tenant(ofResource);
      rulings.of(locations.of(sender, shared.attributes(), ofResource));
    }
    rulings.ofScope(group.scope());
    for (ReceivedRecord arrived : group.records()) {
      record(group, shared, arrived);
      requireFitting();
      position++;
    }
  }

  private void record(DecodedRequest.Group group, GroupContext shared, ReceivedRecord arrived)
      throws Rejected {
    disclosures.ofNoRecord();
    foreign = false;
    Telemetry decoded;
    String slip = "";
    try {
      decoded = arrived.decoded();
    } catch (Undecodable e) {
      Optional<Mended<Telemetry>> mended = arrived.mended();
      if (mended.isEmpty()) {
        misencoded(arrived, e);
        Routes.Route route = routes.route(tenant, Optional.empty());
        add(route, shared, arrived, undecodable(shared, arrived, route, e));
        return;
      }
      decoded = mended.get().message();
      slip = mended.get().note();
    }
    if (decoded instanceof TracedSpan traced && !SpanFilter.keeps(traced.span())) {
      if (SpanFilter.isLogRecord(traced.span())) {
        warnings.logPassedOver();
      } else {
        warnings.passedOver();
      }
      return;
    }
    Routes.Route route = routes.route(tenant, Routes.tenant(decoded));
    try {
      for (TranslatedRecord one : told(shared, decoded)) {
        TranslatedRecord told = locations.vaults().placed(one);
        GroupContext own = own(group, shared, RecordMapper.recordId(told.record()), route.log());
        foreign = told.vouched();
        plain =
            !told.foreign() && told.record() instanceof Log log
                ? Optional.of(log)
                : Optional.empty();
        RecordEvent event = event(own, told, arrived, route, slip);
        warnOfUnknown(told, event);
        event = signatures.checked(event, route.log(), resource, decoded);
        if (!told.foreign() && event.attributes().has(Names.EVIDENCE_VALUE)) {
          withEvidence(route, own, arrived, event, told.record().attributes());
        } else {
          add(route, own, arrived, event);
        }
        requireFitting();
      }
    } catch (Undecodable e) {
      add(route, shared, arrived, withoutBody(group, shared, decoded, arrived, route, e));
    }
  }

  /**
   * The event of a record whose body looks like another system's and cannot be read: what stands
   * beside it is judged all the same, and keeps its name and id.
   */
  private RecordEvent withoutBody(
      DecodedRequest.Group group,
      GroupContext shared,
      Telemetry decoded,
      ReceivedRecord arrived,
      Routes.Route route,
      Undecodable why) {
    if (decoded instanceof Log log) {
      TranslatedRecord rest =
          new TranslatedRecord(Log.of(log.message().toBuilder().clearBody().build()));
      GroupContext own = own(group, shared, RecordMapper.recordId(rest.record()), route.log());
      RecordEvent event = event(own, rest, arrived, route, String.valueOf(why.getMessage()));
      if (event.kind() != Kind.OTHER || !event.id().isEmpty()) {
        return event;
      }
      disclosures.drain();
    }
    return undecodable(shared, arrived, route, why);
  }

  private void warnOfUnknown(TranslatedRecord told, RecordEvent event) {
    boolean unknown =
        event.kind() == Kind.OTHER && event.problem().isEmpty() && told.hidden().isEmpty();
    if (unknown && told.record() instanceof Log log && log.body().isPresent()) {
      warnings.unknown();
    }
  }

  private void misencoded(ReceivedRecord arrived, Undecodable why) {
    misencoded++;
    tooLarge += arrived instanceof ReceivedRecord.TooLarge ? 1 : 0;
    misencoding = misencoding.isEmpty() ? String.valueOf(why.getMessage()) : misencoding;
  }

  /** After each entry, for one record may bring a batch of them. */
  private void requireFitting() throws Rejected {
    if (bytes > bytesMax) {
      throw Rejected.tooLargeEntries(bytesMax);
    }
  }

  private void withEvidence(
      Routes.Route route,
      GroupContext shared,
      ReceivedRecord arrived,
      RecordEvent event,
      List<KeyValue> asCame) {
    Attributes kept = EvidenceAttributes.disclosed(event.attributes(), asCame, disclosures);
    RecordEvent disclosed = event.toBuilder().attributes(kept).build();
    plain = Optional.empty();
    add(route, shared, arrived, disclosed, EvidenceAttributes.of(asCame));
  }

  /**
   * What a record shares with others; under its own digests if it has an id, since it may come
   * again in other company.
   */
  private GroupContext own(
      DecodedRequest.Group group, GroupContext shared, String id, LogName log) {
    if (id.isEmpty()) {
      disclosures.ofNoRecord();
      return shared;
    }
    GroupContext own = shared;
    if (!shared.disclosures().isEmpty()) {
      disclosures.of(id, "shared", () -> routes.salts(log));
      own = sharedMapper.mapForOne(group);
      disclosed(own.disclosures());
    }
    disclosures.of(id, "record", () -> routes.salts(log));
    return own;
  }

  /** Audit records are in our vocabulary, and are kept as they came. */
  private List<TranslatedRecord> told(GroupContext shared, Telemetry decoded) throws Undecodable {
    return batch.signal() == Signal.AUDIT
        ? List.of(new TranslatedRecord(decoded))
        : TranslatedRecord.of(decoded, shared.attributes());
  }

  private RecordEvent event(
      GroupContext shared,
      TranslatedRecord told,
      ReceivedRecord arrived,
      Routes.Route route,
      String slip) {
    try {
      if (slip.isEmpty()) {
        return mapper.map(shared, told, route.problem(), shared.problem());
      }
    } catch (Undecodable e) {
      // Then what can be read of it is judged, and what came is kept beside it.
    }
    Mended<TranslatedRecord> mended = told.mended();
    plain = Optional.empty();
    String note = Texts.joined(shared.problem(), Texts.joined(slip, mended.note()));
    try {
      RecordEvent event = mapper.map(shared, mended.message(), route.problem(), note);
      return mapper.withRaw(event, arrived.raw());
    } catch (Undecodable e) {
      // It has an id all the same, so that sent again it is not kept again.
      String id = RecordMapper.recordId(told.record());
      if (id.isBlank()) {
        return undecodable(shared, arrived, route, e);
      }
      disclosures.of(id, "raw", () -> routes.salts(route.log()));
      return raw(shared, arrived, route, e).toBuilder().id(id).build();
    }
  }

  private RecordEvent undecodable(
      GroupContext shared, ReceivedRecord arrived, Routes.Route route, Undecodable why) {
    disclosures.ofNoRecord();
    return raw(shared, arrived, route, why);
  }

  private RecordEvent raw(
      GroupContext shared, ReceivedRecord arrived, Routes.Route route, Undecodable why) {
    plain = Optional.empty();
    return mapper.undecodable(
        shared, arrived.raw(), Texts.joined(route.problem(), why.getMessage()));
  }

  private void add(
      Routes.Route route, GroupContext shared, ReceivedRecord arrived, RecordEvent event) {
    add(route, shared, arrived, event, Optional.empty());
  }

  private void add(
      Routes.Route route,
      GroupContext shared,
      ReceivedRecord arrived,
      RecordEvent event,
      Optional<Evidence> own) {
    Supplier<RecordSalts> salts = () -> routes.salts(route.log());
    RecordEvent open = route.persons().without(event, plain, disclosures, salts);
    List<Disclosure> its = disclosures.drain();
    disclosed(its);
    List<Disclosure> taken = Lists.concat(shared.disclosures(), its);
    RecordEvent ruled = ruled(route, open, own);
    ids.add(event.id());
    try {
      keep(route, ruled, taken);
    } catch (Refused tooLarge) {
      keepSmaller(route, ruled, arrived, taken);
    }
  }

  private void keep(Routes.Route route, RecordEvent event, List<Disclosure> taken) throws Refused {
    Draft draft = Draft.record(route.log(), event, taken, received(route, event), encoder);
    bytes += draft.eventJcs().length;
    drafts.add(draft);
    warnings.kept();
    if (!event.problem().isEmpty()) {
      warnings.problem(position, event.problem());
    }
    SignatureChecks.problem(event).ifPresent(why -> warnings.problem(position, why));
  }

  private ReceivedRange received(Routes.Route route, RecordEvent event) {
    return event.verdict().isEmpty()
        ? ReceivedRange.ALWAYS
        : route
            .policy()
            .map(adopted -> Judge.sameFor(event, adopted.policy(), receivedNs))
            .orElse(ReceivedRange.ALWAYS);
  }

  private void disclosed(List<Disclosure> own) {
    for (Disclosure one : own) {
      bytes += one.encoded().length();
    }
  }

  /** The judge sees what the entry will hold, since whoever judges again sees only that. */
  private void keepSmaller(
      Routes.Route route, RecordEvent ruled, ReceivedRecord arrived, List<Disclosure> disclosed) {
    List<Disclosure> taken = disclosed;
    // It was mapped and written for nothing: as much work as for an entry of the largest size.
    bytes += EntryFrame.MAX_EVENT_BYTES;
    Optional<RecordEvent> smaller = EntryFit.shrink(ruled);
    if (smaller.isEmpty()) {
      RecordEvent least = mapper.withRaw(EntryFit.judgedAlone(ruled), arrived.raw());
      taken = Lists.concat(taken, disclosures.drain());
      smaller = EntryFit.shrink(least);
    }
    try {
      if (smaller.isPresent()) {
        keep(route, rulings.judged(route, smaller.get()), taken);
      } else {
        String why = "too large for an entry: names too long";
        RecordEvent rest = mapper.undecodable(GroupContext.NOTHING, arrived.raw(), why);
        keep(route, rest, disclosures.drain());
      }
    } catch (Refused e) {
      throw new IllegalStateException("an event made to fit an entry does not fit", e);
    }
  }

  private RecordEvent ruled(Routes.Route route, RecordEvent event, Optional<Evidence> own) {
    if (foreign) {
      return rulings.foreign(route, event);
    }
    return plain.isPresent()
        ? rulings.ruled(route, event, plain.get())
        : rulings.ruled(route, event, own);
  }
}
