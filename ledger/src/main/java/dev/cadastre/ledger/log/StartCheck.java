package dev.cadastre.ledger.log;

import dev.cadastre.formats.Refused;
import dev.cadastre.formats.entry.Entry;
import dev.cadastre.formats.event.Birth;
import dev.cadastre.formats.event.EventCodec;
import dev.cadastre.ledger.fsck.Fsck;
import dev.cadastre.ledger.fsck.FsckFinding;
import dev.cadastre.ledger.fsck.PolicyRows;
import dev.cadastre.ledger.model.CheckpointSigner;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.LogEntries;
import dev.cadastre.ledger.store.Reads;
import dev.cadastre.ledger.store.Segments;
import dev.cadastre.ledger.store.StoppedLogs;
import dev.cadastre.ledger.store.StoredLog;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What can be told of a log before it is used, at the cost of a few rows: whose it is, that its
 * birth names the key that is there, and that its policies are those that its entries name. {@link
 * Fsck} tells the rest.
 */
public final class StartCheck {
  private StartCheck() {}

  /**
   * What is wrong with the cell's own logs, and which logs are not the cell's.
   *
   * @param signer the keys that are there
   * @param origins the origin that each log must have
   * @return empty if nothing of this is wrong
   */
  public static List<FsckFinding> ownLogs(
      Reads ledger, CheckpointSigner signer, Function<LogName, String> origins) {
    List<FsckFinding> found = new ArrayList<>();
    new TreeMap<>(new LedgerStore(ledger).origins())
        .forEach((name, origin) -> origin(name, origin, origins).ifPresent(found::add));
    Segments segments = new Segments(new LedgerStore(ledger), new StoppedLogs());
    for (LogName own : List.of(LogName.CELL, LogName.ANCHORS)) {
      ownLog(ledger, segments, signer, own, origins.apply(own)).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<FsckFinding> origin(
      String log, String origin, Function<LogName, String> origins) {
    String expected = origins.apply(new LogName(log));
    return origin.equals(expected)
        ? Optional.empty()
        : Optional.of(finding(log, "log", "its origin is " + origin + ", expected " + expected));
  }

  private static Optional<FsckFinding> ownLog(
      Reads ledger, Segments segments, CheckpointSigner signer, LogName own, String origin) {
    List<StoredLog> logs = StoredLog.between(ledger, own, own);
    if (logs.isEmpty()) {
      return Optional.of(finding(own.value(), "log", "the cell's own log is missing"));
    }
    try {
      return fault(logs.get(0), new LogEntries(logs.get(0), segments), Optional.of(signer), origin)
          .map(what -> finding(own.value(), "segment", what));
    } catch (Refused | StorageFailure | NoSuchElementException damage) {
      return Optional.of(finding(own.value(), "segment", String.valueOf(damage.getMessage())));
    }
  }

  private static FsckFinding finding(String log, String table, String what) {
    return new FsckFinding(log, table, OptionalLong.empty(), what);
  }

  /**
   * What is wrong with one log, in words.
   *
   * @param keys the keys that are there; none if it is known that its birth names the right one
   * @param origin the origin that it must have
   * @throws Refused if an entry is damaged
   * @throws NoSuchElementException if it has no entries
   */
  public static Optional<String> fault(
      StoredLog log, LogEntries entries, Optional<CheckpointSigner> keys, String origin)
      throws Refused {
    if (!log.signed().origin().equals(origin)) {
      return Optional.of("its origin is " + log.signed().origin() + ", expected " + origin);
    }
    Optional<String> birth = birth(entries, keys, origin);
    return birth.isPresent() ? birth : new PolicyRows(log, entries).fault();
  }

  private static Optional<String> birth(
      LogEntries entries, Optional<CheckpointSigner> keys, String origin) throws Refused {
    Entry first = Entry.parse(entries.entry(0));
    if (!(EventCodec.decode(first.eventBytes()) instanceof Birth birth)) {
      throw new Refused("entry 0 is no birth");
    }
    if (!birth.origin().equals(origin)) {
      return Optional.of("its birth is that of " + birth.origin());
    }
    return keys.map(signer -> signer.signerFor(origin).key().format())
        .filter(key -> !birth.keys().contains(key))
        .map(other -> "its birth names another key than the cell's in keys/");
  }
}
