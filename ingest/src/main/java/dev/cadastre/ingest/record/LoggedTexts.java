package dev.cadastre.ingest.record;

import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.model.LogName;

/** What senders write, as a log has it where events are found by it: ids, targets, keys. */
public final class LoggedTexts {
  private LoggedTexts() {}

  /** The text with a pseudonym for each person in it; the same if there is none. */
  public static String of(Ledger ledger, LogName log, String text) {
    return PrivatePersons.of(ledger.policy(log)).masked(text, () -> ledger.recordSalts(log));
  }
}
