package dev.cadastre.portal.page;

import dev.cadastre.formats.event.Outcome;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.Breach;
import dev.cadastre.ledger.search.BreachSeen;
import dev.cadastre.portal.text.Foreign;
import java.util.ArrayList;
import java.util.List;

/** In which ways the contract was broken, as lines of a table. */
public final class BreachLines {
  private BreachLines() {}

  /**
   * One way.
   *
   * @param about what was not kept
   * @param known what the place is called, or empty
   * @param key the key, or empty; {@code keyHref} leads to its page
   * @param all the list of the entries counted
   */
  public record Line(
      String about,
      String rule,
      String hop,
      String place,
      String known,
      String key,
      String keyHref,
      String count,
      String all,
      String first,
      String firstHref,
      String last,
      String lastHref) {}

  /**
   * @param bounds filters of the event list that hold it to the same time, names and values in turn
   */
  public static List<Line> of(
      LogName log, List<BreachSeen> seen, PlaceNames names, int most, List<String> bounds) {
    return seen.stream().limit(most).map(one -> line(log, one, names, bounds)).toList();
  }

  private static Line line(LogName log, BreachSeen seen, PlaceNames names, List<String> bounds) {
    Breach breach = seen.breach();
    List<String> filters =
        new ArrayList<>(List.of("breach", breach.wire(), "verdict", Outcome.VIOLATION.wire()));
    filters.addAll(bounds);
    return new Line(
        ContractWords.broken(breach.rule()),
        Foreign.of(breach.rule()),
        breach.hop().wire(),
        breach.place().map(Foreign::of).orElse(""),
        breach.place().map(names::of).orElse(""),
        breach.key().map(Foreign::of).orElse(""),
        breach.key().map(key -> Links.key(log, key)).orElse(""),
        Words.number(seen.events()),
        Links.events(log, filters.toArray(String[]::new)),
        Words.number(seen.firstIndex()),
        Links.entry(log, seen.firstIndex()),
        Words.number(seen.lastIndex()),
        Links.entry(log, seen.lastIndex()));
  }

  /** How the lines are ordered, and whether some are left out. */
  public static String note(List<BreachSeen> seen, int most) {
    String ways = "Gravest first, by rule, place and key";
    return seen.size() <= most
        ? ways
        : ways + "; the first " + most + " of " + Words.number(seen.size()) + " or more";
  }
}
