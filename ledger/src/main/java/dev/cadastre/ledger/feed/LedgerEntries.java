package dev.cadastre.ledger.feed;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.search.EntrySource;
import java.util.ArrayList;
import java.util.List;

/** The logs of an open ledger. */
public final class LedgerEntries implements EntrySource {
  private final Ledger ledger;

  public LedgerEntries(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public List<LogName> logs() {
    return ledger.logs();
  }

  @Override
  public long newestSegment() {
    return ledger.newestSegment();
  }

  @Override
  public List<LogName> grownSince(long segment) {
    return ledger.grownSince(segment);
  }

  @Override
  public long size(LogName log) {
    try {
      return ledger.exists(log) ? ledger.reader(log).size() : 0;
    } catch (Refused e) {
      throw new IllegalStateException("a log that exists has no reader", e);
    }
  }

  @Override
  public List<byte[]> bytes(LogName log, long from, long to) {
    try {
      List<byte[]> bytes = new ArrayList<>((int) (to - from));
      ledger.reader(log).bytes(from, to, bytes::add);
      return bytes;
    } catch (Refused e) {
      throw none(log, from, to, e);
    }
  }

  @Override
  public List<Entry> entries(LogName log, long from, long to) {
    try {
      List<Entry> entries = new ArrayList<>((int) (to - from));
      ledger.reader(log).entries(from, to, entries::add);
      return entries;
    } catch (Refused e) {
      throw none(log, from, to, e);
    }
  }

  private static IllegalArgumentException none(LogName log, long from, long to, Refused cause) {
    return new IllegalArgumentException(
        "log " + log + " has no entries " + from + ".." + to, cause);
  }
}
