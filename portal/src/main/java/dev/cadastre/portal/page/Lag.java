package dev.cadastre.portal.page;

import dev.cadastre.ledger.model.LogName;
import dev.cadastre.portal.services.PortalServices;

/**
 * How far lists lie behind the log, said when they do, and whether the log is stopped.
 *
 * @param stopped why it takes no entries; empty if it takes them
 */
public record Lag(long entries, String stopped) {
  private static final long FAR = 10_000;

  public static Lag of(PortalServices rooms, LogName log) {
    return new Lag(rooms.search().lag(log), rooms.ledger().stopped().getOrDefault(log, ""));
  }

  public String stoppedText() {
    return "This log is stopped: "
        + stopped
        + ". It takes no entries and gets no new proofs until its operator has looked into it. What"
        + " its newest anchor holds can be held against every copy of it.";
  }

  public boolean behind() {
    return entries > 0;
  }

  /** Whether it is more than the moment that indexing always takes. */
  public boolean far() {
    return entries >= FAR;
  }

  public String text() {
    return "Lists and counts on this page are "
        + Words.count(entries, "entry", "entries")
        + " behind the log while the index catches up. The log itself, its proofs and packs are"
        + " complete.";
  }
}
