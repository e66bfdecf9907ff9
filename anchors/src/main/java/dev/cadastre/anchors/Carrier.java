package dev.cadastre.anchors;

import dev.cadastre.ledger.AnchorBook;
import dev.cadastre.ledger.AppendResult;
import dev.cadastre.ledger.AppendResult.Appended;
import dev.cadastre.ledger.AppendResult.Overloaded;
import dev.cadastre.ledger.AppendResult.StalePolicy;
import dev.cadastre.ledger.AppendResult.Unavailable;
import dev.cadastre.ledger.Draft;
import dev.cadastre.ledger.LateDraft;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.LogReader;
import dev.cadastre.ledger.StorageFailure;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.detect.DetectorsState;
import dev.cadastre.proof.detect.StateFold;
import dev.cadastre.proof.entry.Entry;
import dev.cadastre.proof.entry.EntryFrame;
import dev.cadastre.proof.event.Event;
import dev.cadastre.proof.event.EventCodec;
import dev.cadastre.proof.event.PolicyAdoption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a period of a log with the entry that carries over what is known of keys. It is computed
 * from the log's own bytes, never from the index, and stands right before the size that is
 * anchored.
 */
final class Carrier {
  private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);
  private static final int ATTEMPTS = 10;

  /** So many entries the sequencer may have to wait for: some hundredths of a second. */
  private static final long LATE_MAX = 20_000;

  private final Ledger ledger;
  private final InstantSource clock;

  /** Sizes that were closed for an anchor that is not made yet. */
  private final Map<LogName, Long> closed = new HashMap<>();

  Carrier(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Closes a log's period, unless nothing came since the last one was closed, or it was closed for
   * an anchor that was not made. An anchor does not fail for it: a state that cannot be written is
   * missed by whoever verifies the next period.
   *
   * @return the size to anchor
   * @throws StorageFailure if the ledger takes no entries
   */
  long close(LogName log) {
    Long before = closed.get(log);
    if (before != null && anchoredSize(log) <= before) {
      return before;
    }
    long size = closeNow(log);
    closed.put(log, size);
    return size;
  }

  /** An anchor covers all that was closed. */
  void anchored() {
    closed.clear();
  }

  private long anchoredSize(LogName log) {
    return ledger.anchors().newest(log).stream()
        .mapToLong(last -> last.leaf().checkpoint().checkpoint().size())
        .findFirst()
        .orElse(0);
  }

  private long closeNow(LogName log) {
    try {
      LogReader reader = ledger.reader(log);
      long size = reader.size();
      if (anchoredSize(log) == size || stateIn(reader.entry(size - 1)).isPresent()) {
        return size;
      }
      return append(reader).orElseGet(reader::size);
    } catch (Refused e) {
      LOG.error("log {}: the period is closed without what is known of keys", log, e);
      return size(log);
    }
  }

  private long size(LogName log) {
    try {
      return ledger.reader(log).size();
    } catch (Refused e) {
      throw new StorageFailure("no anchor was made: " + e.getMessage(), e);
    }
  }

  /** The size behind the state entry; empty if others were quicker every time. */
  private Optional<Long> append(LogReader reader) throws Refused {
    State state = State.of(reader, ledger.anchors().newest(reader.log()), clock);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      state.read(reader.size());
      AppendResult result = ledger.append(reader.log(), state).join();
      if (result instanceof Appended appended) {
        return Optional.of(appended.receipts().get(0).index() + 1);
      }
      if (result instanceof Unavailable unavailable) {
        throw new StorageFailure("no anchor was made: " + unavailable.why());
      }
      if (!(result instanceof StalePolicy || result instanceof Overloaded)) {
        throw new AssertionError(result);
      }
    }
    LOG.error("log {}: the period is closed without what is known of keys", reader.log());
    return Optional.empty();
  }

  private static Optional<DetectorsState> stateIn(Entry entry) throws Refused {
    return DetectorsState.in(EventCodec.read(entry.eventBytes()));
  }

  /** What is known of keys behind the entries that were read. */
  private static final class State implements LateDraft {
    private final LogReader log;
    private final StateFold fold;
    private final InstantSource clock;
    private long seen;

    private State(LogReader log, StateFold fold, long seen, InstantSource clock) {
      this.log = log;
      this.fold = fold;
      this.seen = seen;
      this.clock = clock;
    }

    /** From the state that closed the period before, or else from the log's birth. */
    static State of(LogReader log, Optional<AnchorBook.Anchored> last, InstantSource clock)
        throws Refused {
      if (last.isPresent()) {
        long size = last.get().leaf().checkpoint().checkpoint().size();
        Optional<DetectorsState> before = stateIn(log.entry(size - 1));
        if (before.isPresent()) {
          StateFold fold = new StateFold(size - 1, before.get(), policyBefore(log, size));
          return new State(log, fold, size, clock);
        }
      }
      return new State(log, new StateFold(), 0, clock);
    }

    private static Optional<PolicyAdoption> policyBefore(LogReader log, long size) throws Refused {
      OptionalLong index = log.policyBefore(size);
      return index.isPresent()
              && EventCodec.read(log.entry(index.getAsLong()).eventBytes())
                  instanceof PolicyAdoption adoption
          ? Optional.of(adoption)
          : Optional.empty();
    }

    void read(long size) throws Refused {
      log.bytes(seen, size, this::read);
    }

    private void read(byte[] bytes) {
      try {
        EntryFrame.Parts entry = EntryFrame.read(bytes);
        byte[] event = entry.eventBytes();
        if (StateFold.concerns(event)) {
          add(entry.index(), entry.received(), EventCodec.read(event));
        }
        seen = entry.index() + 1;
      } catch (Refused damage) {
        throw new StorageFailure("log " + log.log() + ": " + damage.getMessage(), damage);
      }
    }

    /** A state that is not what the entries gave is fsck's to tell; what they give holds on. */
    private void add(long index, long receivedNs, Event event) {
      try {
        fold.add(index, receivedNs, event);
      } catch (Refused wrong) {
        LOG.error("log {}: entry {} {}", log.log(), index, wrong.getMessage());
      }
    }

    @Override
    public long seen() {
      return seen;
    }

    @Override
    public Optional<Draft> at(long size) throws Refused {
      if (size < seen || size - seen > LATE_MAX) {
        return Optional.empty();
      }
      read(size);
      Instant now = clock.instant();
      long ns = Math.addExact(now.getEpochSecond() * 1_000_000_000L, now.getNano());
      return Optional.of(Draft.record(log.log(), fold.state().event(ns), List.of()));
    }
  }
}
