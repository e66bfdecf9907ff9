package dev.cadastre.ledger.log;

import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.signed.SignedHead;
import dev.cadastre.ledger.signed.SignedHeads;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.Reads;
import dev.cadastre.ledger.store.StoppedLogs;
import dev.cadastre.ledger.store.StoredLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees to it that each log is checked once in this process, before anything is appended to it, read
 * or signed of it: one log when it is first used, or all together, which costs less for each.
 */
public final class LogGate {
  /** Logs that are read together: what is read of each is some hundred kilobytes at most. */
  private static final int TOGETHER = 64;

  private final LedgerSettings settings;
  private final Reads reads;
  private final LedgerStore store;
  private final SignedHeads heads;
  private final StoppedLogs stopped;
  private final SignedCheck check;
  private final Map<LogName, Boolean> checked = new ConcurrentHashMap<>();
  private volatile boolean all;

  public LogGate(
      LedgerSettings settings,
      Reads reads,
      LedgerStore store,
      SignedHeads heads,
      StoppedLogs stopped,
      SignedCheck check) {
    this.settings = settings;
    this.reads = reads;
    this.store = store;
    this.heads = heads;
    this.stopped = stopped;
    this.check = check;
  }

  /**
   * Refuses a ledger of which something was signed and no head of any log is kept.
   *
   * @throws Refused if it is one
   */
  public void requireHeads() throws Refused {
    if (heads.all().isEmpty() && store.anySigned()) {
      throw new Refused(
          "what was signed last is not in signed/heads, although the ledger holds signed"
              + " checkpoints; put that file back, or restore the whole directory from a backup");
    }
  }

  /**
   * Checks a log unless it was; one that does not pass is stopped.
   *
   * @throws StorageFailure if it cannot be read for a reason that may not be its own
   */
  public void pass(LogName log) {
    if (!checked.containsKey(log)) {
      // Whoever comes second waits for the first one's check.
      checked.computeIfAbsent(log, this::isThere);
    }
  }

  /** None of a log that neither is nor was: it may be born later. */
  @SuppressWarnings("NullAway") // computeIfAbsent takes a null for none
  private Boolean isThere(LogName log) {
    // The head first: a log is never shorter than what was signed of it.
    Optional<SignedHead> head = heads.of(settings.origin(log));
    try {
      Optional<StoredLog> there = StoredLog.of(reads, stopped, log);
      there.ifPresent(one -> check.check(one, head));
      if (there.isEmpty()) {
        head.ifPresent(one -> check.missing(log, one));
      }
      return there.isPresent() || head.isPresent() ? true : null;
    } catch (LogStopped damaged) {
      return true;
    }
  }

  /** Checks all logs that were not, and that no log is missing that was signed. */
  public void passAll() {
    if (all) {
      return;
    }
    Map<String, SignedHead> signed = heads.all();
    List<LogName> logs = store.logs();
    List<List<LogName>> groups = new ArrayList<>();
    for (int at = 0; at < logs.size(); at += TOGETHER) {
      groups.add(logs.subList(at, Math.min(logs.size(), at + TOGETHER)));
    }
    groups.parallelStream().forEach(group -> pass(group, signed));
    signed.keySet().forEach(origin -> settings.log(origin).ifPresent(this::pass));
    all = true;
  }

  private void pass(List<LogName> group, Map<String, SignedHead> signed) {
    List<StoredLog> logs;
    try {
      logs = StoredLog.between(reads, group.get(0), group.get(group.size() - 1));
    } catch (StorageFailure unreadable) {
      // One by one it turns out whose rows they are.
      group.forEach(this::pass);
      return;
    }
    for (StoredLog log : logs) {
      checked.computeIfAbsent(
          log.log(),
          name -> {
            check.check(log, Optional.ofNullable(signed.get(log.signed().origin())));
            return true;
          });
    }
  }
}
