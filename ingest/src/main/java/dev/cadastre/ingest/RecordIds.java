package dev.cadastre.ingest;

import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.LogName;

/** Senders' ids of records, as a log has them. */
public final class RecordIds {
  private RecordIds() {}

  /**
   * The id under which a log has the record that its sender calls {@code id}: a person in it has a
   * pseudonym there.
   */
  public static String inLog(Ledger ledger, LogName log, String id) {
    PrivatePersons persons = PrivatePersons.of(ledger.policy(log));
    return persons.masked(id, () -> ledger.recordSalts(log));
  }
}
