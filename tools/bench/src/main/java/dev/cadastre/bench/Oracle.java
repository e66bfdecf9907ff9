package dev.cadastre.bench;

import dev.cadastre.bench.load.PreparedRequest;
import dev.cadastre.bench.load.Sent;
import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Birth;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Names;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Holds a tenant's log against what its senders sent and were answered: each acknowledged record is
 * there exactly once, and nothing else but what was sent, in the tenant's own log, as it was sent.
 */
final class Oracle {
  private final String tenant;
  private final List<Sent> senders;
  private final NavigableMap<Long, Integer> byFirstId = new TreeMap<>();
  private final BitSet[] seen;
  private final BitSet[] missing;
  private final CrashFindings faults;

  /**
   * @param senders each gives ids from its first one on, and none comes near the next one's
   */
  Oracle(String tenant, List<Sent> senders, CrashFindings faults) {
    this.tenant = tenant;
    this.senders = List.copyOf(senders);
    this.seen = bits(senders.size());
    this.missing = bits(senders.size());
    this.faults = faults;
    for (int i = 0; i < senders.size(); i++) {
      byFirstId.put(senders.get(i).firstId(), i);
    }
  }

  private static BitSet[] bits(int count) {
    BitSet[] bits = new BitSet[count];
    for (int i = 0; i < count; i++) {
      bits[i] = new BitSet();
    }
    return bits;
  }

  /** How many records of each sender are acknowledged: what the log must hold from now on. */
  long[] acked() {
    return senders.stream().mapToLong(Sent::acked).toArray();
  }

  /** The log is read again from its birth. */
  void forget() {
    for (BitSet one : seen) {
      one.clear();
    }
  }

  /** Takes the next entry of the log. */
  void take(Entry entry) {
    Event event = event(entry);
    if (event instanceof RecordEvent record) {
      // The cell notes who reads the log, as this does; no sender reaches such a kind.
      if (record.kind().fromSenders()) {
        take(entry.index(), record);
      }
    } else if (!(event instanceof Birth) && !(event instanceof PolicyAdoption)) {
      faults.invented(place(entry.index()) + " is of kind " + event.kindWire());
    }
  }

  private Event event(Entry entry) {
    try {
      return EventCodec.decode(entry.eventBytes());
    } catch (Refused e) {
      throw new IllegalStateException(place(entry.index()) + " cannot be read", e);
    }
  }

  private void take(long index, RecordEvent record) {
    Optional<Integer> sender = sender(record.id());
    Optional<Integer> number = sender.flatMap(one -> number(senders.get(one), record));
    if (number.isEmpty()) {
      faults.invented(place(index) + " was not sent, or not so: record '" + record.id() + "'");
      return;
    }
    BitSet seenOfSender = seen[sender.get()];
    if (seenOfSender.get(number.get())) {
      faults.duplicated(place(index) + " repeats record " + record.id());
    }
    seenOfSender.set(number.get());
  }

  /** Whose a record of this id would be; empty if nobody gives such ids. */
  private Optional<Integer> sender(String id) {
    return id.matches("[0-9]{" + PreparedRequest.DIGITS + "}")
        ? Optional.ofNullable(byFirstId.floorEntry(Long.parseLong(id))).map(Map.Entry::getValue)
        : Optional.empty();
  }

  /** The record's number among a sender's; empty if that sender never sent it like this. */
  private static Optional<Integer> number(Sent sender, RecordEvent record) {
    long number = Long.parseLong(record.id()) - sender.firstId();
    Optional<String> object = record.attributes().string(Names.DATA_OBJECT_ID);
    return sender.sent(number, record.claimedTime(), object)
        ? Optional.of((int) number)
        : Optional.empty();
  }

  /** Called when all of the log was taken: what was acknowledged before must have been there. */
  void require(long[] acked) {
    for (int i = 0; i < senders.size(); i++) {
      for (int number = seen[i].nextClearBit(0);
          number < acked[i];
          number = seen[i].nextClearBit(number + 1)) {
        if (!missing[i].get(number)) {
          missing[i].set(number);
          faults.missing(
              "log "
                  + tenant
                  + " lacks acknowledged record "
                  + (senders.get(i).firstId() + number));
        }
      }
    }
  }

  private String place(long index) {
    return "log " + tenant + " entry " + index;
  }
}
