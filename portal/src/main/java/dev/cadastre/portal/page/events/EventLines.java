package dev.cadastre.portal.page.events;

import dev.cadastre.formats.event.Location;
import dev.cadastre.formats.event.Outcome;
import dev.cadastre.formats.event.Side;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.EventRow;
import dev.cadastre.ledger.search.Repeat;
import dev.cadastre.portal.page.Links;
import dev.cadastre.portal.page.Words;
import dev.cadastre.portal.text.Foreign;
import java.util.List;
import java.util.Optional;

/** Rows of the index as lines of a list that says in words what happened. */
public final class EventLines {
  /**
   * One line.
   *
   * @param verdict the outcome's word, or empty for what is not judged
   * @param rule what was not kept, for a violation; else empty
   * @param side who told it, if the customer did; else empty
   * @param repeat what it says of an earlier entry with the same record id; empty if there is none
   */
  public record Line(
      String number,
      String href,
      Words.Stamp time,
      String kind,
      String text,
      List<String> places,
      String verdict,
      String rule,
      String side,
      String repeat) {}

  private EventLines() {}

  public static List<Line> of(LogName log, List<EventRow> rows) {
    return rows.stream().map(row -> of(log, row)).toList();
  }

  public static Line of(LogName log, EventRow row) {
    return new Line(
        Words.number(row.index()),
        Links.entry(log, row.index()),
        Words.Stamp.of(row.timeNs()),
        Words.kind(row.kind()),
        sentence(row).shown(),
        row.locations().values().stream().map(Location::place).distinct().map(Foreign::of).toList(),
        row.outcome().map(Outcome::wire).orElse(""),
        row.outcome().equals(Optional.of(Outcome.VIOLATION))
            ? row.rule().map(Foreign::of).orElse("")
            : "",
        row.side().filter(Side.CUSTOMER::equals).map(Words::side).orElse(""),
        row.repeat().map(EventLines::words).orElse(""));
  }

  private static String words(Repeat repeat) {
    String entry = Words.number(repeat.index());
    return repeat.samePayload()
        ? "sent again; counted once, as entry " + entry
        : "bears the record id of entry " + entry + ", which says something else";
  }

  private static Sentence sentence(EventRow row) {
    boolean ofKey = row.kind().startsWith("key.");
    Optional<String> object = ofKey ? row.key().or(row::target) : row.target().or(row::key);
    return new Sentence(
        row.actor().or(row::service),
        row.operation().or(row::action).or(row::name),
        row.result(),
        object,
        row.category(),
        row.purpose());
  }
}
