package dev.cadastre.portal.page.events;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Attempt;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.Side;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.Breach;
import dev.cadastre.ledger.search.EventQuery;
import dev.cadastre.ledger.search.Field;
import dev.cadastre.ledger.search.TimeRange;
import dev.cadastre.portal.http.Call;
import dev.cadastre.portal.http.ParameterText;
import dev.cadastre.portal.page.Links;
import dev.cadastre.proof.detect.Alert;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The filters of an event list as an address carries them; page and API share them. */
public record EventFilter(Map<String, String> given) {
  /** The filter for one record id. */
  static final String RECORD = "record";

  private static final Map<String, Field> FIELDS = fields();
  private static final Set<String> NAMES = names();
  private static final Set<String> REPEATS = Set.of("same", "other");

  private static Map<String, Field> fields() {
    Map<String, Field> fields = new LinkedHashMap<>();
    fields.put("kind", Field.KIND);
    fields.put("verdict", Field.OUTCOME);
    fields.put("category", Field.CATEGORY);
    fields.put("place", Field.PLACE);
    fields.put("key", Field.KEY);
    fields.put("actor", Field.ACTOR);
    fields.put("target", Field.TARGET);
    fields.put("operation", Field.OPERATION);
    fields.put("purpose", Field.PURPOSE);
    fields.put("service", Field.SERVICE);
    fields.put("result", Field.RESULT);
    fields.put("rule", Field.RULE);
    fields.put("repeat", Field.REPEAT);
    fields.put("alert", Field.ALERT);
    fields.put("breach", Field.BREACH);
    fields.put("attempt", Field.ATTEMPT);
    fields.put("side", Field.SIDE);
    return fields;
  }

  private static Set<String> names() {
    Set<String> names =
        new LinkedHashSet<>(List.of(RECORD, "text", "from", "to", "receivedFrom", "receivedTo"));
    names.addAll(FIELDS.keySet());
    return names;
  }

  /** The names of all filters. */
  public static Set<String> known() {
    return NAMES;
  }

  /** Reads the filters of a call; those left blank do not filter. */
  public static EventFilter of(Call call) throws Refused {
    Map<String, String> given = new LinkedHashMap<>();
    for (String name : NAMES) {
      Optional<String> value = read(call, name);
      if (value.isPresent()) {
        given.put(name, value.get());
      }
    }
    return new EventFilter(given);
  }

  /** Whether a value is matched whole, to the character. */
  private static boolean isExact(String name) {
    return FIELDS.containsKey(name) || name.equals(RECORD);
  }

  private static Optional<String> read(Call call, String name) throws Refused {
    if (isExact(name)) {
      return call.exactIfFilled(name);
    }
    return name.equals("text") ? call.words(name) : call.query(name);
  }

  /** The value given for a filter, or empty. */
  public String value(String name) {
    return given.getOrDefault(name, "");
  }

  /** The same as a form and an address carry it. */
  public String written(String name) {
    return given.containsKey(name) ? ParameterText.write(value(name)) : "";
  }

  /** These filters without that one. */
  EventFilter without(String name) {
    Map<String, String> rest = new LinkedHashMap<>(given);
    rest.remove(name);
    return new EventFilter(rest);
  }

  public boolean isEmpty() {
    return given.isEmpty();
  }

  /**
   * These filters as a log writes what they ask for.
   *
   * @param logged a text as the log has it: without persons
   */
  public EventFilter inLog(UnaryOperator<String> logged) {
    Map<String, String> own = new LinkedHashMap<>(given);
    own.replaceAll(
        (name, value) -> isExact(name) || name.equals("text") ? logged.apply(value) : value);
    return new EventFilter(own);
  }

  /** The query for the index. */
  public EventQuery query(LogName log, Optional<String> cursor, int limit) throws Refused {
    EventQuery query = EventQuery.of(log).limit(limit);
    for (Map.Entry<String, Field> field : FIELDS.entrySet()) {
      if (given.containsKey(field.getKey())) {
        String value = checked(field.getKey(), value(field.getKey()));
        query = query.with(field.getValue(), value);
      }
    }
    query = query.time(range("from", "to")).received(range("receivedFrom", "receivedTo"));
    if (given.containsKey("text")) {
      query = query.text(value("text"));
    }
    if (given.containsKey(RECORD)) {
      query = query.recordId(value(RECORD));
    }
    return cursor.isPresent() ? query.after(cursor.get()) : query;
  }

  private static String checked(String name, String value) throws Refused {
    if (name.equals("verdict") && Outcome.of(value).isEmpty()) {
      throw new Refused(
          "'verdict' is compliant, exception, unproven or violation; found '" + value + "'");
    }
    if (name.equals("kind") && Kind.of(value).isEmpty()) {
      throw new Refused(
          "'kind' is one of "
              + Arrays.stream(Kind.values()).map(Kind::wire).collect(Collectors.joining(", "))
              + "; found '"
              + value
              + "'");
    }
    if (name.equals("repeat") && !REPEATS.contains(value)) {
      throw new Refused("'repeat' is same or other; found '" + value + "'");
    }
    if (name.equals("attempt") && Attempt.of(value).isEmpty()) {
      throw new Refused("'attempt' is succeeded, refused or inconclusive; found '" + value + "'");
    }
    if (name.equals("side") && Side.called(value).isEmpty()) {
      throw new Refused("'side' is vendor, customer or cell; found '" + value + "'");
    }
    if (name.equals("breach")) {
      Breach.parse(value);
    }
    if (name.equals("alert") && Alert.Kind.of(value).isEmpty()) {
      throw new Refused(
          "'alert' is one of "
              + Arrays.stream(Alert.Kind.values())
                  .map(Alert.Kind::wire)
                  .collect(Collectors.joining(", "))
              + "; found '"
              + value
              + "'");
    }
    return value;
  }

  private TimeRange range(String from, String to) throws Refused {
    TimeRange range = TimeRange.ALL;
    if (given.containsKey(from)) {
      range = range.from(instant(from, value(from), false));
    }
    if (given.containsKey(to)) {
      range = range.to(instant(to, value(to), true));
    }
    if (range.fromNs() >= range.toNs()) {
      throw new Refused("'" + from + "' must be before '" + to + "'; no event is in between");
    }
    return range;
  }

  /** A UTC date, minute, second or instant. A date as an end means the end of that day. */
  private static Instant instant(String name, String text, boolean end) throws Refused {
    try {
      if (text.length() == 10) {
        LocalDate day = LocalDate.parse(text);
        return (end ? day.plusDays(1) : day).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return text.endsWith("Z")
          ? Instant.parse(text)
          : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new Refused(
          "'"
              + name
              + "' is a UTC time such as 2026-11-21, 2026-11-21T10:25 or 2026-11-21T10:25:03Z",
          e);
    }
  }

  /** The address' query with these filters, and a cursor if there is one. */
  public String address(Optional<String> cursor) {
    List<String> pairs = new ArrayList<>();
    given.forEach((name, value) -> pairs.addAll(List.of(name, ParameterText.write(value))));
    cursor.ifPresent(at -> pairs.addAll(List.of("cursor", at)));
    return Links.query(pairs.toArray(String[]::new));
  }
}
