package dev.cadastre.anchors;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.log.AnchorBook;
import dev.cadastre.ledger.log.LogReader;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.AppendResult.Appended;
import dev.cadastre.ledger.model.AppendResult.Overloaded;
import dev.cadastre.ledger.model.AppendResult.StalePolicy;
import dev.cadastre.ledger.model.AppendResult.Unavailable;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a period of a log with the entry that carries over what is known of keys. It is computed
 * from the log's own bytes, never from the index, and stands right before the size that is
 * anchored.
 */
final class StateCarrier {
  private static final Logger LOG = LoggerFactory.getLogger(StateCarrier.class);
  private static final int ATTEMPTS = 10;

  /**
   * Logs whose entries are handed over together, to share a commit: few enough that little comes in
   * while they are read.
   */
  private static final int TOGETHER = 128;

  private final Ledger ledger;
  private final InstantSource clock;

  /** Sizes that were closed for an anchor that is not made yet. */
  private final Map<LogName, Long> closed = new HashMap<>();

  StateCarrier(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Closes the periods of logs. One stays as it is if nothing came since the last one was closed,
   * or it was closed for an anchor that was not made. An anchor does not fail for a state that
   * cannot be written: it is missed by whoever verifies the next period.
   *
   * @return the sizes to anchor; without logs that are stopped, or that stop over it
   * @throws StorageFailure if the ledger takes no entries; what was closed by then is not closed
   *     again
   */
  Map<LogName, Long> close(List<LogName> logs) {
    Map<LogName, Long> sizes = new TreeMap<>();
    for (int at = 0; at < logs.size(); at += TOGETHER) {
      List<LogName> group = logs.subList(at, Math.min(logs.size(), at + TOGETHER));
      List<CarriedState> states = new ArrayList<>();
      for (LogName log : group) {
        unlessStopped(log, () -> begin(log).ifPresent(states::add));
      }
      append(states);
      for (LogName log : group) {
        Optional.ofNullable(closed.get(log)).ifPresent(size -> sizes.put(log, size));
      }
    }
    return sizes;
  }

  /** An anchor covers all that was closed. */
  void anchored() {
    closed.clear();
  }

  private void unlessStopped(LogName log, Runnable step) {
    try {
      step.run();
    } catch (StorageFailure failure) {
      if (!ledger.stopped().containsKey(log)) {
        throw failure;
      }
      closed.remove(log);
    }
  }

  /** What there is to write; none if the log's period is closed. */
  private Optional<CarriedState> begin(LogName log) {
    Optional<AnchorBook.Anchored> last = ledger.anchors().newest(log);
    long anchored = last.map(one -> one.leaf().checkpoint().checkpoint().size()).orElse(0L);
    Long before = closed.get(log);
    if (before != null && anchored <= before) {
      return Optional.empty();
    }
    closed.remove(log);
    LogReader reader = reader(log);
    try {
      long size = reader.size();
      if (anchored == size || CarriedState.stateIn(reader.entry(size - 1)).isPresent()) {
        closed.put(log, size);
        return Optional.empty();
      }
      return Optional.of(CarriedState.of(reader, last, clock));
    } catch (Refused unreadable) {
      closeWithout(log, String.valueOf(unreadable.getMessage()));
      return Optional.empty();
    }
  }

  private void append(List<CarriedState> states) {
    List<CarriedState> open = states;
    for (int attempt = 0; attempt < ATTEMPTS && !open.isEmpty(); attempt++) {
      open = appendOnce(open);
    }
    open.forEach(state -> closeWithout(state.log(), "others were quicker " + ATTEMPTS + " times"));
  }

  /** Those for which others were quicker. */
  private List<CarriedState> appendOnce(List<CarriedState> states) {
    states.forEach(state -> unlessStopped(state.log(), () -> read(state)));
    Map<CarriedState, CompletableFuture<AppendResult>> answers = new LinkedHashMap<>();
    for (CarriedState state : states) {
      if (!closed.containsKey(state.log()) && !ledger.stopped().containsKey(state.log())) {
        answers.put(state, ledger.append(state.log(), state));
      }
    }
    List<CarriedState> again = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    answers.forEach(
        (state, answer) -> {
          AppendResult result = answer.join();
          if (result instanceof Appended appended) {
            closed.put(state.log(), appended.receipts().get(0).index() + 1);
          } else if (result instanceof StalePolicy || result instanceof Overloaded) {
            again.add(state);
          } else if (result instanceof Unavailable unavailable) {
            failures.addAll(notItsOwn(state.log(), unavailable));
          } else {
            throw new AssertionError(result);
          }
        });
    // Only after all answers are in: what was written is not to be written again.
    if (!failures.isEmpty()) {
      throw new StorageFailure("no anchor was made: " + failures.get(0));
    }
    return again;
  }

  private List<String> notItsOwn(LogName log, Unavailable unavailable) {
    return ledger.stopped().containsKey(log) ? List.of() : List.of(unavailable.why());
  }

  private void read(CarriedState state) {
    try {
      state.read();
    } catch (Refused unreadable) {
      closeWithout(state.log(), String.valueOf(unreadable.getMessage()));
    }
  }

  private void closeWithout(LogName log, String why) {
    LOG.error("log {}: the period is closed without what is known of keys: {}", log, why);
    closed.put(log, reader(log).size());
  }

  private LogReader reader(LogName log) {
    try {
      return ledger.reader(log);
    } catch (Refused e) {
      throw new StorageFailure("no anchor was made: " + e.getMessage(), e);
    }
  }
}
