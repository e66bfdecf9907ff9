package dev.cadastre.portal.page.events;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.json.Json;
import dev.cadastre.ledger.access.Permission;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.EventQuery;
import dev.cadastre.ledger.search.EventRow;
import dev.cadastre.ledger.search.Field;
import dev.cadastre.portal.http.ActivityLog;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.Problem;
import dev.cadastre.portal.services.PortalServices;
import java.util.List;
import java.util.Optional;

/**
 * Links pseudonyms to persons, for those who may read private attributes. Each time leaves an entry
 * in the log, before anything is answered; it names the pseudonyms and never the person.
 */
public final class PersonDesk {
  private final PortalServices rooms;
  private final ActivityLog activity;

  public PersonDesk(PortalServices rooms, ActivityLog activity) {
    this.rooms = rooms;
    this.activity = activity;
  }

  /** A query that finds the actor's events as those of a person, too, if the visitor may. */
  public EventQuery finding(Call call, EventFilter filter, EventQuery query) {
    String actor = filter.value("actor");
    if (actor.isEmpty() || !call.may(Permission.READ_PRIVATE)) {
      return query;
    }
    List<String> pseudonyms = rooms.ledger().pseudonyms(call.log(), actor);
    if (pseudonyms.isEmpty()) {
      return query;
    }
    activity.ofDocument(call, "person.find", String.join(" ", pseudonyms));
    return query.orOf(pseudonyms);
  }

  /** Answers whom a pseudonym is of. */
  public void resolve(Call call) throws Refused {
    LogName log = call.log();
    String pseudonym = call.path("id");
    Optional<EventRow> newest =
        rooms
            .search()
            .events(EventQuery.of(log).with(Field.ACTOR, pseudonym).limit(1))
            .events()
            .stream()
            .findFirst();
    if (newest.isEmpty()) {
      throw Problem.notFound("No event of this log bears that pseudonym.");
    }
    activity.ofDocument(call, "person.resolve", pseudonym);
    long index = newest.get().index();
    String person =
        rooms
            .ledger()
            .person(log, pseudonym, index)
            .orElseThrow(
                () ->
                    Problem.notFound(
                        "Nothing links this pseudonym to a person any more: its period's key, or"
                            + " what stood behind the entry's digests, was destroyed."));
    call.json(
        Json.Obj.builder()
            .put("pseudonym", pseudonym)
            .put("person", person)
            .put("entry", "/logs/" + log.value() + "/entries/" + index)
            .build());
  }
}
