package dev.cadastre.ingest.record;

import dev.cadastre.formats.event.Hop;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.event.Verdict;
import dev.cadastre.formats.inventory.Lookup;
import dev.cadastre.formats.registry.Registry;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.residency.Locator;
import dev.cadastre.ingest.location.Evidence;
import dev.cadastre.ingest.request.Texts;
import dev.cadastre.ingest.wire.Log;
import dev.cadastre.ingest.wire.Mark;
import dev.cadastre.ingest.wire.Pair;
import dev.cadastre.ledger.model.AdoptedPolicy;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where records' hops were and what the judge says of that. Most records of a Resource say the same
 * of places, data and keys as one before them: what was found for that one holds. For one request;
 * used by one thread.
 */
final class Rulings {
  private static final int PRECEDENTS_MAX = 8;

  private final List<Precedent> precedents = new ArrayList<>(PRECEDENTS_MAX);
  private final long receivedNs;
  private Locations.OfResource whereabouts;
  private Resource resource = Resource.getDefaultInstance();
  private InstrumentationScope scope = InstrumentationScope.getDefaultInstance();

  /**
   * A ruling for records alike.
   *
   * @param name of the event, which only duties look at
   * @param said what they say of what is judged; equal attributes of a request are one object
   */
  private record Precedent(
      Routes.Route route,
      Kind kind,
      String name,
      List<Pair> said,
      Map<Hop, Location> locations,
      Optional<Verdict> verdict) {}

  /**
   * @param whereabouts of a Resource that says nothing
   * @param receivedNs when the ledger will have received the records, for all that is known
   */
  Rulings(Locations.OfResource whereabouts, long receivedNs) {
    this.whereabouts = whereabouts;
    this.receivedNs = receivedNs;
  }

  /**
   * From now on records are of this Resource and Scope.
   *
   * @param located where a Resource was; asked for one that is not the last one
   */
  @SuppressWarnings("ReferenceEquality") // not the same object: located anew, to the same end
  void of(Resource given, InstrumentationScope in, Supplier<Locations.OfResource> located) {
    if (given != resource) {
      resource = given;
      whereabouts = located.get();
      precedents.clear();
    }
    if (!in.equals(scope)) {
      scope = in;
      precedents.clear();
    }
  }

  /** The event of a record that another system tells: where its carrier runs says nothing of it. */
  RecordEvent foreign(Routes.Route route, RecordEvent event) {
    Map<Hop, Location> locations = Locator.locateForeign(shown(event), registry(route));
    return judged(
        route, event.toBuilder().locations(SignatureChecks.capped(event, locations)).build());
  }

  /**
   * The event with locations and verdict.
   *
   * @param own evidence on the record itself
   */
  RecordEvent ruled(Routes.Route route, RecordEvent event, Optional<Evidence> own) {
    Located located = whereabouts.locate(route.log(), shown(event), registry(route), own);
    return judged(
        route,
        event.toBuilder()
            .locations(SignatureChecks.capped(event, located.locations()))
            .problem(Texts.joined(event.problem(), located.problem()))
            .build());
  }

  /** The same for a record that came in our vocabulary, without evidence. */
  RecordEvent ruled(Routes.Route route, RecordEvent event, Log record) {
    // An exception ends at some time, an inventory reads more than the judge, and what a
    // signature covers may be forged.
    boolean timeless =
        route
            .policy()
            .map(one -> one.policy().exceptions().isEmpty() && one.inventory().isEmpty())
            .orElse(true);
    if (!timeless || event.integrity().isPresent() || !whereabouts.byNamesAlone(route.log())) {
      return ruled(route, event, Optional.empty());
    }
    boolean named = route.policy().map(one -> !one.policy().duties().isEmpty()).orElse(false);
    for (Precedent one : precedents) {
      boolean alike = !named || one.name.equals(event.name());
      if (one.kind == event.kind() && one.route == route && alike && says(record, one.said)) {
        RecordEvent.Builder same = event.toBuilder().locations(one.locations);
        one.verdict.ifPresent(same::verdict);
        return same.build();
      }
    }
    RecordEvent ruled = ruled(route, event, Optional.empty());
    if (precedents.size() == PRECEDENTS_MAX) {
      precedents.remove(0);
    }
    precedents.add(
        new Precedent(
            route, event.kind(), event.name(), said(record), ruled.locations(), ruled.verdict()));
    return ruled;
  }

  private static List<Pair> said(Log record) {
    return record.pairs().stream().filter(pair -> pair.name().has(Mark.JUDGED)).toList();
  }

  @SuppressWarnings("ReferenceEquality") // not the same object: decided anew, to the same end
  private static boolean says(Log record, List<Pair> said) {
    int found = 0;
    for (Pair pair : record.pairs()) {
      if (pair.name().has(Mark.JUDGED) && (found == said.size() || said.get(found++) != pair)) {
        return false;
      }
    }
    return found == said.size();
  }

  /** The event with its verdict, if its kind is judged and its log has a policy. */
  RecordEvent judged(Routes.Route route, RecordEvent event) {
    if (!event.kind().judged() || route.policy().isEmpty()) {
      return event;
    }
    AdoptedPolicy adopted = route.policy().get();
    RecordEvent completed = Lookup.completed(event, adopted.inventory(), adopted.registry());
    return completed.withVerdict(
        Judge.judge(
            shown(completed), adopted.policy(), adopted.registry(), adopted.index(), receivedNs));
  }

  /** The event as locator and judge see it, so that what they do not read cannot decide. */
  private static RecordEvent shown(RecordEvent event) {
    return event.toBuilder().attributes(event.attributes().only(Judge.READS)).build();
  }

  private static Registry registry(Routes.Route route) {
    return route.policy().map(AdoptedPolicy::registry).orElseGet(Registry::standard);
  }
}
