package dev.cadastre.portal.page;

import dev.cadastre.formats.event.Outcome;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.AlertSeen;
import dev.cadastre.portal.text.Foreign;
import dev.cadastre.proof.detect.Alert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What detectors noticed, as lines of a table that says it in words. */
public final class AlertLines {
  private AlertLines() {}

  /**
   * One line.
   *
   * @param outcome {@code violation} for what is one, {@code prevented} for what a safeguard
   *     stopped, else empty
   * @param title what it means
   * @param subject the key, stream, edge or host; {@code about} leads to more of it, or is empty
   * @param detail the particulars, of the newest if there are several
   * @param entries how many show it
   * @param all the list of the entries that show this
   * @param entry the newest entry that showed it, and the way there
   */
  public record Line(
      String outcome,
      String title,
      String subject,
      String about,
      String detail,
      String entries,
      String all,
      String entry,
      String href) {}

  /** What was noticed at one entry. */
  public static List<Line> of(LogName log, List<Alert> alerts) {
    return alerts.stream()
        .map(
            alert ->
                line(
                    log,
                    alert.kind(),
                    new AlertSeen.About(alert.subject(), 1, alert.detail(), alert.index()),
                    List.of()))
        .toList();
  }

  /**
   * Violations first, then what was noticed last.
   *
   * @param most lines of each kind
   * @param bounds filters of the event list that hold it to the same time, names and values in turn
   */
  public static List<Line> of(LogName log, List<AlertSeen> seen, int most, List<String> bounds) {
    return seen.stream()
        .sorted(
            Comparator.comparing((AlertSeen one) -> one.kind().rule().isEmpty())
                .thenComparing(AlertLines::newest, Comparator.reverseOrder()))
        .flatMap(
            one ->
                one.about().stream().limit(most).map(about -> line(log, one.kind(), about, bounds)))
        .toList();
  }

  /** Those that tell of harm or may; what shows that a safeguard worked is apart. */
  public static List<AlertSeen> alarms(List<AlertSeen> seen) {
    return seen.stream().filter(one -> !isGood(one.kind())).toList();
  }

  /** Those that show that a safeguard worked. */
  public static List<AlertSeen> good(List<AlertSeen> seen) {
    return seen.stream().filter(one -> isGood(one.kind())).toList();
  }

  private static boolean isGood(Alert.Kind kind) {
    return kind == Alert.Kind.KEY_FIRST_DENIAL;
  }

  private static long newest(AlertSeen seen) {
    return seen.about().stream().mapToLong(AlertSeen.About::lastIndex).max().orElse(0);
  }

  private static Line line(
      LogName log, Alert.Kind kind, AlertSeen.About about, List<String> bounds) {
    return new Line(
        isGood(kind) ? "prevented" : kind.rule().map(rule -> Outcome.VIOLATION.wire()).orElse(""),
        kind.title(),
        subject(kind, about.subject()),
        isOfKey(kind) ? Links.key(log, about.subject()) : "",
        Foreign.of(about.detail()),
        Words.number(about.events()),
        all(log, kind, about.subject(), bounds),
        Words.number(about.lastIndex()),
        Links.entry(log, about.lastIndex()));
  }

  private static String subject(Alert.Kind kind, String subject) {
    return switch (kind) {
      case SEQUENCE_GAP, SEQUENCE_REPEAT, CHAIN_BROKEN -> StreamWords.of(subject);
      default -> Foreign.of(subject);
    };
  }

  private static boolean isOfKey(Alert.Kind kind) {
    return kind.wire().startsWith("key.");
  }

  /** The list of entries that show this. */
  private static String all(LogName log, Alert.Kind kind, String subject, List<String> bounds) {
    List<String> filters = new ArrayList<>(List.of("alert", kind.wire()));
    if (!isOfKey(kind)) {
      filters.addAll(List.of("text", subject));
    }
    filters.addAll(bounds);
    String[] all = filters.toArray(String[]::new);
    return isOfKey(kind) ? Links.eventsOfKey(log, subject, all) : Links.events(log, all);
  }

  /** "12 alerts of 3 kinds; 2 of them are violations". */
  public static String count(List<AlertSeen> seen) {
    long all = events(seen.stream());
    long violations = events(seen.stream().filter(one -> one.kind().rule().isPresent()));
    String what =
        Words.count(all, "alert", "alerts") + " of " + Words.count(seen.size(), "kind", "kinds");
    return violations == 0
        ? what
        : what + "; " + Words.count(violations, "is a violation", "are violations");
  }

  private static long events(Stream<AlertSeen> seen) {
    return seen.mapToLong(AlertSeen::events).sum();
  }
}
