package dev.cadastre.ingest.record;

import dev.cadastre.formats.value.Attributes;
import dev.cadastre.ingest.integrity.SignatureResult;
import dev.cadastre.ingest.integrity.TrustedKeys;
import dev.cadastre.ingest.mend.Mended;
import dev.cadastre.ingest.otlp.DecodedRequest;
import dev.cadastre.ingest.otlp.ReceivedRecord;
import dev.cadastre.ingest.request.EventSink;
import dev.cadastre.ingest.request.Refusal;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Sender;
import dev.cadastre.ingest.request.Signal;
import dev.cadastre.ingest.request.Undecodable;
import dev.cadastre.ingest.request.Warnings;
import dev.cadastre.ingest.wire.Telemetry;
import dev.cadastre.ingest.wire.TracedSpan;
import dev.cadastre.ledger.model.Draft;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes drafts of one request's records: route, map, locate, judge, encode. For one use. */
public final class Preparation {
  private final Sender sender;
  private final DecodedRequest batch;
  private final Locations locations;
  private final Routes routes;
  private final SignatureChecks signatures;
  private final Disclosures disclosures;
  private final GroupMapper groupMapper;
  private final Rulings rulings;
  private final EventMapping mapping;
  private final RequestDrafts drafts;
  private final Warnings warnings;

  /** Records that cannot be decoded, and how many of them because they are too large. */
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
    this.batch = batch;
    this.signatures = new SignatureChecks(trusted);
    this.locations = locations;
    this.rulings = new Rulings(locations.of(sender, Attributes.EMPTY, List.of()), receivedNs);
    this.routes = new Routes(sender, sink);
    this.disclosures = new Disclosures(random);
    AttributeMapper attributes = new AttributeMapper(disclosures);
    this.groupMapper =
        new GroupMapper(
            disclosures, attributes, PrivatePersons.of(sender.tenant().flatMap(sink::policy)));
    RecordMapper mapper = new RecordMapper(sender.id(), disclosures, attributes);
    this.warnings = new Warnings(batch.signal(), batch.size());
    warnings.remark(batch.remark());
    this.mapping =
        new EventMapping(
            routes, disclosures, groupMapper, mapper, signatures, locations.vaults(), warnings);
    this.drafts =
        new RequestDrafts(
            routes, disclosures, mapper, rulings, warnings, batch.size(), bytesMax, receivedNs);
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
    int position = 0;
    for (DecodedRequest.Group group : batch.groups()) {
      preparation.group(group, position);
      position += group.records().size();
    }
    preparation.requireDecoded(position);
    return new Prepared(
        preparation.drafts.drafts(),
        preparation.drafts.ids(),
        preparation.warnings,
        preparation.signatures.results());
  }

  private void requireDecoded(int records) throws Rejected {
    if (misencoded == 0 || misencoded < records) {
      return;
    }
    String why = "no record can be decoded; the first: " + misencoding;
    throw tooLarge == misencoded
        ? Rejected.of(Refusal.Reason.TOO_LARGE, why)
        : Rejected.badData(why);
  }

  private void group(DecodedRequest.Group group, int first) throws Rejected {
    disclosures.ofNoRecord();
    GroupContext shared = groupMapper.map(group);
    List<KeyValue> ofResource = group.resource().getAttributesList();
    rulings.of(
        group.resource(),
        group.scope(),
        () -> locations.of(sender, shared.attributes(), ofResource));
    Optional<String> tenant = Routes.tenant(ofResource);
    int position = first;
    for (ReceivedRecord arrived : group.records()) {
      record(group, shared, tenant, arrived, position++);
    }
  }

  private void record(
      DecodedRequest.Group group,
      GroupContext shared,
      Optional<String> tenant,
      ReceivedRecord arrived,
      int position)
      throws Rejected {
    disclosures.ofNoRecord();
    Telemetry decoded;
    String slip = "";
    try {
      decoded = arrived.decoded();
    } catch (Undecodable e) {
      Optional<Mended<Telemetry>> mended = arrived.mended();
      if (mended.isEmpty()) {
        misencoded(arrived, e);
        Routes.Route route = routes.route(tenant, Optional.empty());
        RecordContext in = new RecordContext(group, shared, arrived, route, position);
        drafts.add(in, mapping.undecodable(in, e));
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
    decoded(new RecordContext(group, shared, arrived, route, position), decoded, slip);
  }

  private void decoded(RecordContext in, Telemetry decoded, String slip) throws Rejected {
    try {
      for (TranslatedRecord one : translated(in.shared(), decoded)) {
        drafts.add(in, mapping.of(in, decoded, one, slip));
      }
    } catch (Undecodable e) {
      drafts.add(in, mapping.withoutBody(in, decoded, e));
    }
  }

  private void misencoded(ReceivedRecord arrived, Undecodable why) {
    misencoded++;
    tooLarge += arrived instanceof ReceivedRecord.TooLarge ? 1 : 0;
    misencoding = misencoding.isEmpty() ? String.valueOf(why.getMessage()) : misencoding;
  }

  /** Audit records are in our vocabulary, and are kept as they came. */
  private List<TranslatedRecord> translated(GroupContext shared, Telemetry decoded)
      throws Undecodable {
    return batch.signal() == Signal.AUDIT
        ? List.of(new TranslatedRecord(decoded))
        : TranslatedRecord.of(decoded, shared.attributes());
  }
}
