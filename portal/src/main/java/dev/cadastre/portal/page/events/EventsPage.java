package dev.cadastre.portal.page.events;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.Side;
import dev.cadastre.ingest.record.LoggedTexts;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.Breach;
import dev.cadastre.ledger.search.EventPage;
import dev.cadastre.ledger.search.EventQuery;
import dev.cadastre.ledger.search.Field;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.ParameterText;
import dev.cadastre.portal.http.Templates;
import dev.cadastre.portal.page.Lag;
import dev.cadastre.portal.page.Links;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.services.PortalServices;
import dev.cadastre.portal.text.Foreign;
import dev.cadastre.proof.detect.Alert;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The list of a log's events, with filters that are all in the address. */
public final class EventsPage {
  private static final int PER_PAGE = 50;
  private static final Set<String> IN_FORM =
      Set.of("text", "kind", "verdict", "alert", "side", "place", "category", "key", "from", "to");

  private final PortalServices rooms;
  private final Templates html;
  private final PersonDesk persons;

  public EventsPage(PortalServices rooms, Templates html, PersonDesk persons) {
    this.persons = persons;
    this.rooms = rooms;
    this.html = html;
  }

  /** A choice in a menu; {@code value} is as a form carries it. */
  public record Choice(String value, String label, boolean chosen) {}

  /** A filter that the form has no field for, and the list without it. */
  public record Also(String name, String written, String words, String without) {}

  /**
   * Everything the page shows.
   *
   * @param refused why the filters cannot be used, or empty
   * @param more the address of the next page, or empty
   * @param first the address of the first page, when this is not it
   */
  public record View(
      String path,
      EventFilter filter,
      List<Choice> kinds,
      List<Choice> verdicts,
      List<Choice> alerts,
      List<Choice> sides,
      List<Choice> places,
      List<Choice> categories,
      List<Choice> keys,
      List<Also> also,
      List<EventLines.Line> lines,
      String refused,
      String empty,
      String more,
      String first,
      String api,
      Lag lag) {}

  /** The filters, and where the page before ended. */
  public static String[] query() {
    return Stream.concat(EventFilter.known().stream(), Stream.of("cursor")).toArray(String[]::new);
  }

  public void show(Call call) throws Refused {
    html.page(call, "events", view(call));
  }

  private View view(Call call) throws Refused {
    LogName log = call.log();
    EventFilter filter = EventFilter.of(call);
    Optional<String> cursor = call.query("cursor");
    EventPage page;
    String refused = "";
    try {
      EventQuery query =
          filter
              .inLog(text -> LoggedTexts.of(rooms.ledger(), log, text))
              .query(log, cursor, PER_PAGE);
      page = rooms.search().events(persons.finding(call, filter, query));
    } catch (Refused why) {
      call.http().status(400);
      refused = Foreign.whole(String.valueOf(why.getMessage()));
      page = new EventPage(List.of(), Optional.empty(), 0);
    }
    String path = Links.tenant(log) + "events";
    return new View(
        path,
        filter,
        kinds(log, filter.value("kind")),
        verdicts(filter.value("verdict")),
        alerts(log, filter.value("alert")),
        sides(filter.value("side")),
        values(log, Field.PLACE, filter, "place"),
        values(log, Field.CATEGORY, filter, "category"),
        values(log, Field.KEY, filter, "key"),
        also(path, filter),
        EventLines.of(log, page.events()),
        refused,
        empty(filter, refused, page),
        page.next().map(next -> filter.address(Optional.of(next))).orElse(""),
        cursor.isPresent() ? path + filter.address(Optional.empty()) : "",
        "/api/v1/tenants/" + log.value() + "/events" + filter.address(Optional.empty()),
        Lag.of(rooms, log));
  }

  public static String empty(EventFilter filter, String refused, EventPage page) {
    if (!refused.isEmpty()) {
      return "Nothing was looked for.";
    }
    if (page.next().isPresent()) {
      return "None so far. Only a part of the log was searched: \u201cOlder\u201d searches on.";
    }
    return filter.isEmpty() ? "No event has arrived yet." : "No event matches these filters.";
  }

  /** What the log knows; and what was asked for, or the form would forget it. */
  private List<Choice> values(LogName log, Field field, EventFilter filter, String name) {
    String chosen = filter.value(name);
    boolean given = filter.given().containsKey(name);
    Set<String> values =
        rooms.search().values(log, field).stream()
            .limit(EventQuery.MAX_LIMIT)
            .collect(Collectors.toCollection(TreeSet::new));
    if (given) {
      values.add(chosen);
    }
    return values.stream()
        .map(
            value ->
                new Choice(
                    ParameterText.write(value), Foreign.of(value), given && value.equals(chosen)))
        .toList();
  }

  private static List<Also> also(String path, EventFilter filter) {
    return filter.given().keySet().stream()
        .filter(name -> !IN_FORM.contains(name))
        .map(
            name ->
                new Also(
                    name,
                    filter.written(name),
                    words(name, filter.value(name)),
                    path + filter.without(name).address(Optional.empty())))
        .toList();
  }

  private static String words(String name, String value) {
    try {
      return name.equals("breach") ? words(Breach.parse(value)) : Foreign.of(value);
    } catch (Refused other) {
      return Foreign.of(value);
    }
  }

  private static String words(Breach breach) {
    return "of "
        + Foreign.of(breach.rule())
        + breach.place().map(place -> " at " + Foreign.of(place)).orElse("")
        + breach.key().map(key -> " with " + Foreign.of(key)).orElse("");
  }

  private List<Choice> kinds(LogName log, String chosen) {
    return rooms.search().values(log, Field.KIND).stream()
        .map(kind -> new Choice(ParameterText.write(kind), Words.kind(kind), kind.equals(chosen)))
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

  private static List<Choice> sides(String chosen) {
    return Arrays.stream(Side.values())
        .map(side -> new Choice(side.wire(), Words.side(side), side.wire().equals(chosen)))
        .toList();
  }

  private static List<Choice> verdicts(String chosen) {
    return Arrays.stream(Outcome.values())
        .map(outcome -> new Choice(outcome.wire(), outcome.wire(), outcome.wire().equals(chosen)))
        .toList();
  }
}
