package dev.cadastre.ledger.fsck;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.ledger.jooq.ledger.tables.records.PolicyRecord;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.store.LogEntries;
import dev.cadastre.ledger.store.StoredLog;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Whether a log's rows of adopted policies are those that its entries name: each row leads to an
 * adoption, which names the one before; and the newest entries that name a policy, its adoption or
 * a verdict by it, name the newest row. A row that is gone would let events in unjudged.
 */
public final class PolicyRows {
  /** Entries looked at from the log's end: a verdict is among them in all but idle logs. */
  private static final int LOOKED_AT = 4_096;

  private final LogName log;
  private final LogEntries entries;
  private final TreeMap<Long, String> rows = new TreeMap<>();

  public PolicyRows(StoredLog log, LogEntries entries) {
    this.log = log.log();
    this.entries = entries;
    for (PolicyRecord row : log.policies()) {
      rows.put(row.getEntryIndex(), row.getSha256());
    }
  }

  /** The first that is found. */
  public Optional<String> fault() throws Refused {
    for (Map.Entry<Long, String> row : rows.entrySet()) {
      Optional<String> fault = chained(row.getKey(), row.getValue());
      if (fault.isPresent()) {
        return fault;
      }
    }
    return log.reserved() ? Optional.empty() : newest();
  }

  private Optional<String> chained(long index, String sha256) throws Refused {
    if (!(event(index) instanceof PolicyAdoption adoption)) {
      return Optional.of(
          "its row says that entry " + index + " adopts a policy, which it does not");
    }
    if (!adoption.sha256().hex().equals(sha256)) {
      return Optional.of(
          "its row of entry "
              + index
              + " has "
              + sha256
              + ", the entry adopts "
              + adoption.sha256());
    }
    OptionalLong before =
        Optional.ofNullable(rows.lowerKey(index)).stream().mapToLong(Long::longValue).findFirst();
    return adoption.previous().equals(before)
        ? Optional.empty()
        : Optional.of(
            "entry "
                + index
                + " replaces the policy of entry "
                + words(adoption.previous())
                + ", whose row is gone");
  }

  /** Goes back from the log's end to what tells which policy is in force. */
  private Optional<String> newest() throws Refused {
    long size = entries.size();
    for (long index = size - 1; index > Math.max(0, size - LOOKED_AT); index--) {
      Event event = event(index);
      if (event instanceof PolicyAdoption) {
        return rows.containsKey(index)
            ? Optional.empty()
            : Optional.of("entry " + index + " adopts a policy, and its row is gone");
      }
      if (event instanceof RecordEvent record && record.verdict().isPresent()) {
        return judgedBy(index, record.verdict().get().policy());
      }
    }
    return neverAdopted(size);
  }

  private Optional<String> judgedBy(long index, long policy) {
    Long row = rows.lowerKey(index);
    return row != null && row == policy
        ? Optional.empty()
        : Optional.of(
            "entry "
                + index
                + " was judged by the policy of entry "
                + policy
                + ", whose row is gone");
  }

  /** A tenant's log adopts its first policy right after its birth. */
  private Optional<String> neverAdopted(long size) throws Refused {
    return rows.isEmpty() && size > 1 && event(1) instanceof PolicyAdoption
        ? Optional.of("entry 1 adopts a policy, and its row is gone")
        : Optional.empty();
  }

  private Event event(long index) throws Refused {
    return EventCodec.decode(Entry.parse(entries.entry(index)).eventBytes());
  }

  private static String words(OptionalLong index) {
    return index.isPresent() ? Long.toString(index.getAsLong()) : "none";
  }
}
