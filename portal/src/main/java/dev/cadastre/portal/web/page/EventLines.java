package dev.cadastre.portal.web.page;

import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.search.EventRow;
import dev.cadastre.proof.event.Location;
import dev.cadastre.proof.event.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rows of the index as lines of a list that says in words what happened. */
public final class EventLines {
  private static final Map<String, String> DONE =
      Map.ofEntries(
          Map.entry("decrypt", "decrypted with"),
          Map.entry("encrypt", "encrypted with"),
          Map.entry("unwrap", "unwrapped with"),
          Map.entry("wrap", "wrapped with"),
          Map.entry("sign", "signed with"),
          Map.entry("verify", "verified with"),
          Map.entry("create", "created"),
          Map.entry("rotate", "rotated"),
          Map.entry("disable", "disabled"),
          Map.entry("enable", "enabled"),
          Map.entry("delete", "deleted"),
          Map.entry("destroy", "destroyed"),
          Map.entry("read", "read"),
          Map.entry("write", "wrote"),
          Map.entry("update", "changed"),
          Map.entry("export", "exported"),
          Map.entry("list", "listed"),
          Map.entry("store", "stored"),
          Map.entry("invoke", "invoked"),
          Map.entry("load", "loaded"),
          Map.entry("chat", "asked"));

  private static final Set<String> REFUSED =
      Set.of("denied", "failure", "failed", "refused", "error", "rejected");

  /**
   * One line.
   *
   * @param verdict the outcome's word, or empty for what is not judged
   */
  public record Line(
      String number,
      String href,
      Words.Stamp time,
      String kind,
      String text,
      List<String> places,
      String verdict) {}

  private EventLines() {}

  static List<Line> of(LogName log, List<EventRow> rows) {
    return rows.stream().map(row -> of(log, row)).toList();
  }

  static Line of(LogName log, EventRow row) {
    return new Line(
        Words.number(row.index()),
        Links.entry(log, row.index()),
        Words.Stamp.of(row.timeNs()),
        Words.kind(row.kind()),
        sentence(row),
        row.locations().values().stream().map(Location::place).distinct().toList(),
        row.outcome().map(Outcome::wire).orElse(""));
  }

  /** Who did what with what, and for what; only what the event says. */
  static String sentence(EventRow row) {
    StringBuilder text = new StringBuilder(row.actor().or(row::service).orElse(""));
    String verb = row.operation().or(row::action).or(row::name).map(EventLines::done).orElse("");
    if (refused(row)) {
      verb = "was refused: " + verb;
    }
    append(text, verb);
    append(text, object(row).orElse(""));
    row.category().ifPresent(category -> append(text, "(" + category + ")"));
    row.purpose().ifPresent(purpose -> append(text, "for " + purpose));
    return text.toString();
  }

  private static Optional<String> object(EventRow row) {
    return row.kind().startsWith("key.") ? row.key().or(row::target) : row.target().or(row::key);
  }

  private static boolean refused(EventRow row) {
    return row.result().filter(REFUSED::contains).isPresent();
  }

  private static String done(String operation) {
    return DONE.getOrDefault(operation, operation);
  }

  private static void append(StringBuilder text, String word) {
    if (!word.isEmpty()) {
      text.append(text.isEmpty() ? "" : " ").append(word);
    }
  }
}
