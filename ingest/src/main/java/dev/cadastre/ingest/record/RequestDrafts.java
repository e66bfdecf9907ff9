package dev.cadastre.ingest.record;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.EventEncoder;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.residency.Judge;
import dev.cadastre.formats.residency.ReceivedRange;
import dev.cadastre.formats.text.FixedUnicode;
import dev.cadastre.formats.value.Disclosure;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ingest.request.Lists;
import dev.cadastre.ingest.request.Rejected;
import dev.cadastre.ingest.request.Warnings;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.vault.RecordSalts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects the drafts of one request: each event without persons, located, judged and encoded. */
final class RequestDrafts {
  /** Private attributes that say who did it, the first of which counts. */
  private static final List<String> PERSONS =
      List.of(Names.AUDIT_ACTOR_ID, "enduser.id", "user.id", "audit.actor.email", "user.email");

  private final Routes routes;
  private final Disclosures disclosures;
  private final RecordMapper mapper;
  private final Rulings rulings;
  private final Warnings warnings;
  private final EventEncoder encoder = new EventEncoder();
  private final List<Draft> drafts;
  private final List<String> ids;
  private final long bytesMax;
  private final long receivedNs;

  /** Of entries and of what is disclosed apart from them. */
  private long bytes;

  /**
   * @param records how many there are in the request
   * @param bytesMax how large all entries together may be
   */
  RequestDrafts(
      Routes routes,
      Disclosures disclosures,
      RecordMapper mapper,
      Rulings rulings,
      Warnings warnings,
      int records,
      long bytesMax,
      long receivedNs) {
    this.routes = routes;
    this.disclosures = disclosures;
    this.mapper = mapper;
    this.rulings = rulings;
    this.warnings = warnings;
    this.drafts = new ArrayList<>(records);
    this.ids = new ArrayList<>(records);
    this.bytesMax = bytesMax;
    this.receivedNs = receivedNs;
  }

  List<Draft> drafts() {
    return drafts;
  }

  /** What their sender calls the records, in the order of the drafts. */
  List<String> ids() {
    return ids;
  }

  /**
   * Adds a record's event.
   *
   * @throws Rejected if all together are now too large; after each, for one record may bring a
   *     batch of them
   */
  void add(RecordContext in, MappedEvent mapped) throws Rejected {
    Routes.Route route = in.route();
    Supplier<RecordSalts> salts = () -> routes.salts(route.log());
    RecordEvent open = route.persons().without(mapped.event(), mapped.plain(), disclosures, salts);
    List<Disclosure> its = disclosures.drain();
    count(its);
    if (mapped.shared() != in.shared()) {
      count(mapped.shared().disclosures());
    }
    List<Disclosure> taken = Lists.concat(mapped.shared().disclosures(), its);
    RecordEvent ruled = named(route, ruled(route, mapped, open), its);
    ids.add(mapped.event().id());
    try {
      keep(in, ruled, taken);
    } catch (Refused tooLarge) {
      keepSmaller(in, ruled, taken);
    }
    if (bytes > bytesMax) {
      throw Rejected.tooLargeEntries(bytesMax);
    }
  }

  /** The event with the pseudonym of the person who did it, if it was one. */
  private RecordEvent named(Routes.Route route, RecordEvent event, List<Disclosure> its) {
    Optional<String> person = person(its);
    return person.isEmpty()
        ? event
        : routes
            .pseudonyms(route)
            .map(all -> event.toBuilder().person(all.of(person.get())).build())
            .orElse(event);
  }

  private static Optional<String> person(List<Disclosure> its) {
    for (String name : PERSONS) {
      for (Disclosure one : its) {
        if (one.name().equals(name)
            && one.value() instanceof Value.Text text
            && !FixedUnicode.isBlank(text.text())) {
          return Optional.of(text.text());
        }
      }
    }
    return Optional.empty();
  }

  private RecordEvent ruled(Routes.Route route, MappedEvent mapped, RecordEvent event) {
    if (mapped.foreign()) {
      return rulings.foreign(route, event);
    }
    return mapped.plain().isPresent()
        ? rulings.ruled(route, event, mapped.plain().get())
        : rulings.ruled(route, event, mapped.evidence());
  }

  private void keep(RecordContext in, RecordEvent event, List<Disclosure> taken) throws Refused {
    Draft draft =
        Draft.record(in.route().log(), event, taken, received(in.route(), event), encoder);
    bytes += draft.eventJcs().length;
    drafts.add(draft);
    warnings.kept();
    if (!event.problem().isEmpty()) {
      warnings.problem(in.position(), event.problem());
    }
    SignatureChecks.problem(event).ifPresent(why -> warnings.problem(in.position(), why));
  }

  private ReceivedRange received(Routes.Route route, RecordEvent event) {
    return event.verdict().isEmpty()
        ? ReceivedRange.ALWAYS
        : route
            .policy()
            .map(adopted -> Judge.sameFor(event, adopted.policy(), receivedNs))
            .orElse(ReceivedRange.ALWAYS);
  }

  private void count(List<Disclosure> disclosed) {
    for (Disclosure one : disclosed) {
      bytes += one.encoded().length();
    }
  }

  /** The judge sees what the entry will hold, since whoever judges again sees only that. */
  private void keepSmaller(RecordContext in, RecordEvent ruled, List<Disclosure> disclosed) {
    List<Disclosure> taken = disclosed;
    byte[] raw = in.arrived().raw();
    // It was mapped and written for nothing: as much work as for an entry of the largest size.
    bytes += EntryFrame.MAX_EVENT_BYTES;
    Optional<RecordEvent> smaller = EntryFit.shrink(ruled);
    if (smaller.isEmpty()) {
      RecordEvent least = mapper.withRaw(EntryFit.judgedAlone(ruled), raw);
      taken = Lists.concat(taken, disclosures.drain());
      smaller = EntryFit.shrink(least);
    }
    try {
      if (smaller.isPresent()) {
        keep(in, rulings.judged(in.route(), smaller.get()), taken);
      } else {
        String why = "too large for an entry: names too long";
        RecordEvent rest = mapper.undecodable(GroupContext.NOTHING, raw, why);
        keep(in, rest, disclosures.drain());
      }
    } catch (Refused e) {
      throw new IllegalStateException("an event made to fit an entry does not fit", e);
    }
  }
}
