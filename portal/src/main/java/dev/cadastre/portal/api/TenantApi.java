package dev.cadastre.portal.api;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ingest.record.LoggedTexts;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.log.PolicyHistory;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.EventPage;
import dev.cadastre.ledger.search.EventQuery;
import dev.cadastre.ledger.search.KeyTrail;
import dev.cadastre.ledger.search.Summary;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Problem;
import dev.cadastre.portal.page.Span;
import dev.cadastre.portal.page.events.EventFilter;
import dev.cadastre.portal.page.events.PersonDesk;
import dev.cadastre.portal.services.PortalServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events, summary, keys and policy of a tenant as JSON. */
public final class TenantApi {
  private final PortalServices rooms;
  private final PersonDesk persons;

  public TenantApi(PortalServices rooms, PersonDesk persons) {
    this.rooms = rooms;
    this.persons = persons;
  }

  public void events(Call call) throws Refused {
    int limit = limit(call, EventQuery.DEFAULT_LIMIT, EventQuery.MAX_LIMIT);
    LogName log = call.log();
    EventFilter filter = EventFilter.of(call);
    EventQuery query =
        filter
            .inLog(text -> LoggedTexts.of(rooms.ledger(), log, text))
            .query(log, call.query("cursor"), limit);
    EventPage page = rooms.search().events(persons.finding(call, filter, query));
    call.json(
        Json.Obj.builder()
            .put("events", JsonViews.list(page.events(), row -> JsonViews.event(log, row)))
            .putIf("next", page.next())
            .put("indexed", page.indexed())
            .put("size", rooms.ledger().reader(log).size())
            .build());
  }

  public void summary(Call call) throws Refused {
    LogName log = call.log();
    LogReader reader = rooms.ledger().reader(log);
    Span span = Span.of(call.query("span"));
    Json.Builder summary =
        JsonViews.summary(log, rooms.search().summary(log, span.until(rooms.clock().instant())))
            .put("origin", reader.origin())
            .put("size", reader.size());
    rooms.ledger().policy(log).ifPresent(policy -> summary.put("policy", policy.index()));
    rooms.anchors().of(log, 1).forEach(held -> summary.put("anchor", EvidenceApi.anchor(held)));
    call.json(summary.build());
  }

  /** All keys, or the one that {@code id} names: an id may hold what no path survives. */
  public void keys(Call call) throws Refused {
    Optional<String> id = call.exact("id");
    if (id.isPresent()) {
      key(call, id.get());
      return;
    }
    Span span = Span.of(call.query("span"));
    Summary summary = rooms.search().summary(call.log(), span.until(rooms.clock().instant()));
    call.json(
        Json.Obj.builder()
            .put("keys", JsonViews.list(summary.keys(), JsonViews::key))
            .put("indexed", summary.indexed())
            .build());
  }

  public void key(Call call) throws Refused {
    key(call, call.path("id"));
  }

  private void key(Call call, String id) throws Refused {
    Span span = Span.of(call.query("span"));
    Optional<KeyTrail> trail =
        rooms.search().keyTrail(call.log(), id, span.until(rooms.clock().instant()));
    call.json(
        JsonViews.trail(
            call.log(),
            trail.orElseThrow(() -> Problem.notFound("No event of this log names that key."))));
  }

  public void policy(Call call) throws Refused {
    LogReader reader = rooms.ledger().reader(call.log());
    PolicyHistory.Versions page =
        PolicyHistory.before(
            reader,
            call.queryNumber("before").orElse(reader.size()),
            limit(call, PolicyHistory.MOST, PolicyHistory.MOST));
    List<Json> versions = new ArrayList<>();
    for (long index : page.entries()) {
      versions.add(version(call.log(), reader.entry(index)));
    }
    Json.Builder answer = Json.Obj.builder().put("versions", JsonViews.list(versions));
    page.before().ifPresent(index -> answer.put("next", index));
    call.json(answer.build());
  }

  private static int limit(Call call, int usual, int most) throws Refused {
    long limit = call.queryNumber("limit").orElse((long) usual);
    if (limit < 1 || limit > most) {
      throw new Refused("'limit' is 1 to " + most + "; found " + limit);
    }
    return (int) limit;
  }

  private static Json version(LogName log, Entry entry) throws Refused {
    if (!(EventCodec.decode(entry.eventBytes()) instanceof PolicyAdoption adoption)) {
      throw new IllegalStateException(
          "entry " + entry.index() + " of " + log + " adopts no policy");
    }
    Json.Builder version =
        Json.Obj.builder()
            .put("index", entry.index())
            .put("adopted", JsonViews.time(entry.received()))
            .put("author", adoption.author())
            .put("judge", adoption.judge())
            .put("sha256", adoption.sha256().hex())
            .put("registry", adoption.registry().hex())
            .put("policy", adoption.policy())
            .put("source", adoption.source())
            .put("entry", "/logs/" + log.value() + "/entries/" + entry.index());
    adoption.inventory().ifPresent(inventory -> version.put("inventory", inventory));
    return version.build();
  }
}
