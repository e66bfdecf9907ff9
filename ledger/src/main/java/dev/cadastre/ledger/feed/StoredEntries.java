package dev.cadastre.ledger.feed;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.search.EntrySource;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.Reads;
import dev.cadastre.ledger.store.Segments;
import dev.cadastre.ledger.store.StoppedLogs;
import java.util.ArrayList;
import java.util.List;

/** The logs of a ledger's tables, for whoever has them open for reading alone. */
public final class StoredEntries implements EntrySource {
  private final LedgerStore store;
  private final Segments segments;

  public StoredEntries(Reads ledger) {
    this.store = new LedgerStore(ledger);
    this.segments = new Segments(store, new StoppedLogs());
  }

  @Override
  public List<LogName> logs() {
    return store.logs();
  }

  @Override
  public long newestSegment() {
    return store.newestSegment();
  }

  @Override
  public List<LogName> grownSince(long segment) {
    return store.grownSince(segment);
  }

  @Override
  public long size(LogName log) {
    return store.size(log);
  }

  @Override
  public List<byte[]> bytes(LogName log, long from, long to) {
    List<byte[]> bytes = new ArrayList<>((int) (to - from));
    segments.forEach(log, from, to, bytes::add);
    return bytes;
  }

  @Override
  public List<Entry> entries(LogName log, long from, long to) {
    List<Entry> entries = new ArrayList<>();
    for (byte[] bytes : bytes(log, from, to)) {
      try {
        entries.add(Entry.parse(bytes));
      } catch (Refused damage) {
        throw new StorageFailure(
            "log " + log + " holds a damaged entry: " + damage.getMessage(), damage);
      }
    }
    return entries;
  }
}
