package dev.cadastre.ledger.fsck;

import dev.cadastre.ledger.CheckpointSigner;
import dev.cadastre.ledger.LogName;
import dev.cadastre.ledger.StorageFailure;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.Reads;
import dev.cadastre.ledger.store.Segments;
import dev.cadastre.ledger.store.StoppedLogs;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.entry.Entry;
import dev.cadastre.proof.event.Birth;
import dev.cadastre.proof.event.EventCodec;
import dev.cadastre.proof.note.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What can be told of a ledger before it is opened, at the cost of a few rows of each log: whose it
 * is, that its logs name the keys that are there, and that its policies are those that its entries
 * name. {@link Fsck} tells the rest.
 */
public final class StartCheck {
  private final LedgerStore store;
  private final Segments segments;
  private final CheckpointSigner signer;
  private final Function<LogName, String> origins;
  private final List<Finding> found = new ArrayList<>();

  private StartCheck(
      LedgerStore store, CheckpointSigner signer, Function<LogName, String> origins) {
    this.store = store;
    this.segments = new Segments(store, new StoppedLogs());
    this.signer = signer;
    this.origins = origins;
  }

  /**
   * @param signer the keys that are there
   * @param origins the origin that each log must have
   * @return what is wrong; empty if nothing of this is
   */
  public static List<Finding> run(
      Reads ledger, CheckpointSigner signer, Function<LogName, String> origins) {
    return new StartCheck(new LedgerStore(ledger), signer, origins).run();
  }

  private List<Finding> run() {
    Map<String, String> logs = new TreeMap<>(store.origins());
    for (LogName own : List.of(LogName.CELL, LogName.ANCHORS)) {
      if (!logs.containsKey(own.value())) {
        add(own, "log", "the cell's own log is missing");
      }
    }
    logs.forEach((name, origin) -> log(new LogName(name), origin));
    return found;
  }

  private void log(LogName log, String origin) {
    if (!origin.equals(origins.apply(log))) {
      add(log, "log", "its origin is " + origin + ", expected " + origins.apply(log));
      return;
    }
    try {
      birth(log, origin);
      for (String fault : new PolicyRows(store, segments, log).faults()) {
        add(log, "policy", fault);
      }
    } catch (Refused | StorageFailure | NoSuchElementException damage) {
      add(log, "segment", String.valueOf(damage.getMessage()));
    }
  }

  private void birth(LogName log, String origin) throws Refused {
    Entry first = Entry.parse(segments.entry(log, 0));
    if (!(EventCodec.decode(first.eventBytes()) instanceof Birth birth)) {
      throw new Refused("entry 0 is no birth");
    }
    VerifierKey key = signer.signerFor(origin).key();
    if (!birth.keys().contains(key.format())) {
      add(log, "segment", "its birth names another key than the cell's in keys/");
    }
    if (!birth.origin().equals(origin)) {
      add(log, "segment", "its birth is that of " + birth.origin());
    }
  }

  private void add(LogName log, String table, String what) {
    found.add(new Finding(log.value(), table, OptionalLong.empty(), what));
  }
}
