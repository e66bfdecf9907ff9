package dev.cadastre.anchors;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.event.Kind;
import dev.cadastre.formats.event.RecordEvent;
import dev.cadastre.formats.value.Attributes;
import dev.cadastre.formats.value.Names;
import dev.cadastre.formats.value.Value;
import dev.cadastre.ledger.Ledger;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entries about logs as a whole: in the cell's own log, or in the log that they are about. */
final class CellNotes {
  private static final Logger LOG = LoggerFactory.getLogger(CellNotes.class);

  private final Ledger ledger;
  private final InstantSource clock;
  private final String sender;

  CellNotes(Ledger ledger, InstantSource clock, String sender) {
    this.ledger = ledger;
    this.clock = clock;
    this.sender = sender;
  }

  /** Says in the cell's log what an anchor does not cover, unless that log is stopped itself. */
  void leftOut(long anchor, Map<LogName, String> logs) {
    List<RecordEvent> acts = new ArrayList<>();
    logs.forEach(
        (log, why) ->
            acts.add(
                act(
                    "anchor.leave-out",
                    log,
                    Map.of("anchor", Long.toString(anchor), "reason", why))));
    try {
      append(LogName.CELL, acts);
    } catch (StorageFailure unsaid) {
      LOG.warn("what anchor {} left out is not noted: {}", anchor, unsaid.getMessage());
    }
  }

  /** What happened to a log, with details under {@code ledger.operator}. */
  RecordEvent act(String action, LogName target, Map<String, String> details) {
    Map<String, Value> attributes = new TreeMap<>();
    attributes.put(Names.AUDIT_ACTION, Value.of(action));
    attributes.put(Names.AUDIT_TARGET_ID, Value.of(target.value()));
    details.forEach((name, value) -> attributes.put("ledger.operator." + name, Value.of(value)));
    Instant now = clock.instant();
    return RecordEvent.builder(Kind.OPERATOR_ACT, sender)
        .name("ledger.operator.act")
        .time(Math.addExact(now.getEpochSecond() * 1_000_000_000L, now.getNano()))
        .attributes(Attributes.of(attributes))
        .build();
  }

  /**
   * @throws StorageFailure if the log does not take them
   */
  void append(LogName log, List<RecordEvent> acts) {
    try {
      List<Draft> drafts = new ArrayList<>();
      for (RecordEvent act : acts) {
        drafts.add(Draft.record(log, act, List.of()));
      }
      AppendResult result = ledger.append(drafts).join();
      if (!(result instanceof AppendResult.Appended)) {
        throw new StorageFailure("log " + log + " does not take what was to be noted: " + result);
      }
    } catch (Refused tooLong) {
      throw new StorageFailure("what was to be noted does not fit into an entry", tooLong);
    }
  }
}
