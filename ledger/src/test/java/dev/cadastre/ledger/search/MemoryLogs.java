package dev.cadastre.ledger.search;

import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.StorageFailure;
import dev.cadastre.proof.Hash;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.entry.Entry;
import dev.cadastre.proof.entry.EntryFrame;
import dev.cadastre.proof.event.Event;
import dev.cadastre.proof.event.EventCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Real entries, properly chained, in memory. */
final class MemoryLogs implements EntrySource {
  private final Map<LogName, List<Entry>> logs = new TreeMap<>();

  private final Set<LogName> broken = new TreeSet<>();

  /** Appends an event, received at that time, and returns its index. */
  synchronized long append(LogName log, Event event, long receivedNs) {
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
