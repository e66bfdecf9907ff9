package dev.cadastre.portal.services;

import dev.cadastre.evidence.Period;
import dev.cadastre.evidence.Periods;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LogName;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads periods as addresses and forms name them: by the anchors around them. */
public final class PeriodQuery {
  /** How a period is named that starts with the log. */
  public static final String BIRTH = "birth";

  private static final int MOST_DIGITS = 16;

  private PeriodQuery() {}

  /**
   * The period between two anchors.
   *
   * @param after the anchor before it, or {@value #BIRTH}, which is also meant when nothing is
   *     given
   * @param until the anchor that closes it; the newest when nothing is given
   * @throws Refused if they do not name a period of this log
   */
  public static Period parse(
      Periods periods, LogName log, Optional<String> after, Optional<String> until) throws Refused {
    boolean fromBirth = after.isEmpty() || after.get().equals(BIRTH);
    OptionalLong start =
        fromBirth ? OptionalLong.empty() : OptionalLong.of(anchor("after", after.get()));
    if (until.isPresent()) {
      return periods.between(log, start, anchor("until", until.get()));
    }
    Period all = periods.covering(log, Optional.empty(), Optional.empty());
    return start.isEmpty() ? all : periods.between(log, start, all.after().entry().index());
  }

  /**
   * The period that a reader chose from two menus, which cannot keep an end from standing before
   * its start: then they are exchanged, and where both are the same anchor, the period is the one
   * that ends with it.
   *
   * @throws Refused if they do not name anchors of this log
   */
  public static Period chosen(
      Periods periods, LogName log, Optional<String> after, Optional<String> until) throws Refused {
    if (!endsBeforeItBegins(after, until)) {
      return parse(periods, log, after, until);
    }
    long one = anchor("after", after.orElse(""));
    long other = anchor("until", until.orElse(""));
    if (one == other) {
      return periods.endingWith(log, one);
    }
    return periods.between(log, OptionalLong.of(other), one);
  }

  /** Whether what was chosen is no period, since its end is its start or stands before it. */
  public static boolean endsBeforeItBegins(Optional<String> after, Optional<String> until)
      throws Refused {
    return after.isPresent()
        && until.isPresent()
        && !after.get().equals(BIRTH)
        && anchor("after", after.get()) >= anchor("until", until.get());
  }

  private static long anchor(String name, String text) throws Refused {
    boolean number =
        !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number) {
      throw new Refused("'" + name + "' must be the index of an anchor that holds this log");
    }
    return Long.parseLong(text);
  }
}
