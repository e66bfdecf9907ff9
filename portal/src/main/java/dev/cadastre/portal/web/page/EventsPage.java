package dev.cadastre.portal.web.page;

import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.search.EventPage;
import dev.cadastre.ledger.search.EventQuery;
import dev.cadastre.ledger.search.Field;
import dev.cadastre.portal.web.evidence.Rooms;
import dev.cadastre.portal.web.http.Call;
import dev.cadastre.portal.web.http.Html;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.detect.Alert;
import dev.cadastre.proof.event.Outcome;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The list of a log's events, with filters that are all in the address. */
public final class EventsPage {
  private static final int PER_PAGE = 50;

  private final Rooms rooms;
  private final Html html;

  public EventsPage(Rooms rooms, Html html) {
    this.rooms = rooms;
    this.html = html;
  }

  /** A choice in a menu. */
  public record Choice(String value, String label, boolean chosen) {}

  /**
   * Everything the page shows.
   *
   * @param refused why the filters cannot be used, or empty
   * @param more the address of the next page, or empty
   * @param first the address of the first page, when this is not it
   */
  public record View(
      EventFilter filter,
      List<Choice> kinds,
      List<Choice> verdicts,
      List<Choice> alerts,
      List<String> places,
      List<String> categories,
      List<String> keys,
      List<EventLines.Line> lines,
      String refused,
      String empty,
      String more,
      String first,
      String api,
      Lag lag) {}

  public void show(Call call) throws Refused {
    Set<String> known = new HashSet<>(EventFilter.known());
    known.add("cursor");
    call.onlyQuery(known);
    html.page(call, "events", view(call));
  }

  private View view(Call call) throws Refused {
    LogName log = call.log();
    EventFilter filter = EventFilter.of(call);
    Optional<String> cursor = call.query("cursor");
    EventPage page;
    String refused = "";
    try {
      page = rooms.search().events(filter.query(log, cursor, PER_PAGE));
    } catch (Refused why) {
      call.http().status(400);
      refused = String.valueOf(why.getMessage());
      page = new EventPage(List.of(), Optional.empty(), 0);
    }
    return new View(
        filter,
        kinds(log, filter.value("kind")),
        verdicts(filter.value("verdict")),
        alerts(log, filter.value("alert")),
        values(log, Field.PLACE),
        values(log, Field.CATEGORY),
        values(log, Field.KEY),
        EventLines.of(log, page.events()),
        refused,
        empty(filter, refused),
        page.next().map(next -> filter.address(Optional.of(next))).orElse(""),
        cursor.isPresent() ? Links.tenant(log) + "events" + filter.address(Optional.empty()) : "",
        "/api/v1/tenants/" + log.value() + "/events" + filter.address(Optional.empty()),
        new Lag(rooms.search().lag(log)));
  }

  private static String empty(EventFilter filter, String refused) {
    if (!refused.isEmpty()) {
      return "Nothing was looked for.";
    }
    return filter.isEmpty() ? "No event has arrived yet." : "No event matches these filters.";
  }

  private List<String> values(LogName log, Field field) {
    return rooms.search().values(log, field).stream().limit(EventQuery.MAX_LIMIT).toList();
  }

  private List<Choice> kinds(LogName log, String chosen) {
    return rooms.search().values(log, Field.KIND).stream()
        .map(kind -> new Choice(kind, Words.kind(kind), kind.equals(chosen)))
        .toList();
  }

  /** Those that the log knows, violations first. */
  private List<Choice> alerts(LogName log, String chosen) {
    return rooms.search().values(log, Field.ALERT).stream()
        .flatMap(wire -> Alert.Kind.of(wire).stream())
        .sorted()
        .map(kind -> new Choice(kind.wire(), kind.title(), kind.wire().equals(chosen)))
        .toList();
  }

  private static List<Choice> verdicts(String chosen) {
    return Arrays.stream(Outcome.values())
        .map(outcome -> new Choice(outcome.wire(), outcome.wire(), outcome.wire().equals(chosen)))
        .toList();
  }
}
