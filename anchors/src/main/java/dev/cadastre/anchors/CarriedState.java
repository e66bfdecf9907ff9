package dev.cadastre.anchors;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.entry.EntryFrame;
import dev.cadastre.formats.event.Event;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.formats.event.PolicyAdoption;
import dev.cadastre.ledger.log.AnchorBook;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LateDraft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.proof.detect.DetectorsState;
import dev.cadastre.proof.detect.StateFold;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of keys behind the entries that were read. */
final class CarriedState implements LateDraft {
  private static final Logger LOG = LoggerFactory.getLogger(CarriedState.class);

  /** So many entries the sequencer may have to wait for: some hundredths of a second. */
  private static final long LATE_MAX = 20_000;

  private final LogReader log;
  private final StateFold fold;
  private final InstantSource clock;
  private long seen;

  private CarriedState(LogReader log, StateFold fold, long seen, InstantSource clock) {
    this.log = log;
    this.fold = fold;
    this.seen = seen;
    this.clock = clock;
  }

  /** From the state that closed the period before, or else from the log's birth. */
  static CarriedState of(LogReader log, Optional<AnchorBook.Anchored> last, InstantSource clock)
      throws Refused {
    if (last.isPresent()) {
      long size = last.get().leaf().checkpoint().checkpoint().size();
      Optional<DetectorsState> before = stateIn(log.entry(size - 1));
      if (before.isPresent()) {
        StateFold fold = new StateFold(size - 1, before.get(), policyBefore(log, size));
        return new CarriedState(log, fold, size, clock);
      }
    }
    return new CarriedState(log, new StateFold(), 0, clock);
  }

  private static Optional<PolicyAdoption> policyBefore(LogReader log, long size) throws Refused {
    OptionalLong index = log.policyBefore(size);
    return index.isPresent()
            && EventCodec.read(log.entry(index.getAsLong()).eventBytes())
                instanceof PolicyAdoption adoption
        ? Optional.of(adoption)
        : Optional.empty();
  }

  /** The state that an entry holds, if it is one that closed a period. */
  static Optional<DetectorsState> stateIn(Entry entry) throws Refused {
    return DetectorsState.in(EventCodec.read(entry.eventBytes()));
  }

  LogName log() {
    return log.log();
  }

  /** Reads what came in meanwhile, so that the sequencer has little to wait for. */
  void read() throws Refused {
    read(log.size());
  }

  private void read(long size) throws Refused {
    log.bytes(seen, size, this::read);
  }

  private void read(byte[] bytes) {
    try {
      EntryFrame.Parts entry = EntryFrame.read(bytes);
      byte[] event = entry.eventBytes();
      if (fold.concerns(event)) {
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
    return Optional.of(Draft.record(log.log(), fold.state(ns).event(ns), List.of()));
  }
}
