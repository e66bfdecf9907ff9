package dev.cadastre.ledger.search;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which events of one log to list, newest in the log first. All filters must match.
 *
 * @param fields values that must occur, matched whole
 * @param persons what may stand in {@link Field#ACTOR} as well as what is given for it there
 * @param time the event's own time (its time of receipt where it has none)
 * @param received the time of receipt
 * @param text a part of any indexed word, ASCII letters of either case; or a whole record id
 * @param recordId the whole record id and nothing else
 * @param cursor where the page before ended
 * @param limit how many events a page has at most, 1 to {@value #MAX_LIMIT}
 */
public record EventQuery(
    LogName log,
    Map<Field, String> fields,
    List<String> persons,
    TimeRange time,
    TimeRange received,
    Optional<String> text,
    Optional<String> recordId,
    Optional<String> cursor,
    int limit) {
  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 1000;

  public EventQuery {
    fields = Map.copyOf(fields);
    persons = List.copyOf(persons);
  }

  /** All events of a log. */
  public static EventQuery of(LogName log) {
    return new EventQuery(
        log,
        Map.of(),
        List.of(),
        TimeRange.ALL,
        TimeRange.ALL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_LIMIT);
  }

  /** This query, of events that have {@code value} in {@code field} alone. */
  public EventQuery with(Field field, String value) {
    Map<Field, String> more = new EnumMap<>(Field.class);
    more.putAll(fields);
    more.put(field, value);
    return new EventQuery(log, more, persons, time, received, text, recordId, cursor, limit);
  }

  /** This query, of a person's events as well as of those of the actor that is asked for. */
  public EventQuery orOf(List<String> pseudonyms) {
    return new EventQuery(log, fields, pseudonyms, time, received, text, recordId, cursor, limit);
  }

  public EventQuery time(TimeRange range) {
    return new EventQuery(log, fields, persons, range, received, text, recordId, cursor, limit);
  }

  public EventQuery received(TimeRange range) {
    return new EventQuery(log, fields, persons, time, range, text, recordId, cursor, limit);
  }

  public EventQuery text(String part) {
    return new EventQuery(
        log, fields, persons, time, received, Optional.of(part), recordId, cursor, limit);
  }

  /** This query, of events that carry this record id alone. */
  public EventQuery recordId(String id) {
    return new EventQuery(
        log, fields, persons, time, received, text, Optional.of(id), cursor, limit);
  }

  /** This query, going on where a page ended. */
  public EventQuery after(String pageEnd) {
    return new EventQuery(
        log, fields, persons, time, received, text, recordId, Optional.of(pageEnd), limit);
  }

  /** This query with pages of another size. */
  public EventQuery limit(int events) throws Refused {
    if (events < 1 || events > MAX_LIMIT) {
      throw new Refused("a page has 1 to " + MAX_LIMIT + " events, not " + events);
    }
    return new EventQuery(log, fields, persons, time, received, text, recordId, cursor, events);
  }

  /** What a cursor is bound to: everything but cursor and page size. */
  Hash filters() {
    String canonical =
        String.join(
            "\n",
            log.value(),
            new TreeMap<>(fields).toString(),
            persons.toString(),
            time.toString(),
            received.toString(),
            text.toString(),
            recordId.toString());
    return Hash.sha256(canonical.getBytes(StandardCharsets.UTF_8));
  }
}
