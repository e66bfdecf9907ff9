package dev.cadastre.ledger.search;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Real entries, properly chained, in memory. */
public final class MemoryLogs implements EntrySource {
  private final Map<LogName, List<Entry>> logs = new TreeMap<>();

  private final Set<LogName> broken = new TreeSet<>();

  /** Appends an event, received at that time, and returns its index. */
  public synchronized long append(LogName log, Event event, long receivedNs) {
    List<Entry> entries = logs.computeIfAbsent(log, none -> new ArrayList<>());
    Hash prev = entries.isEmpty() ? Hash.ZERO : entries.get(entries.size() - 1).leafHash();
    byte[] bytes = EntryFrame.seal(EventCodec.encode(event), entries.size(), prev, receivedNs);
    try {
      entries.add(Entry.parse(bytes));
    } catch (Refused e) {
      throw new AssertionError(e);
    }
    return entries.size() - 1;
  }

  @Override
  public synchronized List<LogName> logs() {
    return List.copyOf(logs.keySet());
  }

  @Override
  public synchronized long newestSegment() {
    return logs.values().stream().mapToLong(List::size).sum();
  }

  @Override
  public synchronized List<LogName> grownSince(long segment) {
    return logs();
  }

  @Override
  public synchronized long size(LogName log) {
    return logs.getOrDefault(log, List.of()).size();
  }

  /** From now on the log's entries cannot be read. */
  synchronized void breakLog(LogName log) {
    broken.add(log);
  }

  @Override
  public synchronized List<Entry> entries(LogName log, long from, long to) {
    if (broken.contains(log)) {
      throw new StorageFailure(log + " is broken");
    }
    return List.copyOf(logs.getOrDefault(log, List.of()).subList((int) from, (int) to));
  }
}
