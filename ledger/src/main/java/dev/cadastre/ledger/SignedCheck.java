package dev.cadastre.ledger;

import dev.cadastre.ledger.signed.SignedHead;
import dev.cadastre.ledger.signed.SignedHeads;
import dev.cadastre.ledger.store.SignedRows;
import dev.cadastre.ledger.store.StoppedLogs;
import dev.cadastre.ledger.store.StoredTiles;
import dev.cadastre.proof.Hash;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.tlog.Merkle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds every log against what was signed of it: the heads that are kept apart, the newest
 * checkpoint and the newest anchor. A few tiles for each log, however long it is.
 */
final class SignedCheck {
  private final LedgerSettings settings;
  private final SignedHeads heads;
  private final StoredTiles tiles;
  private final StoppedLogs stopped;
  private final List<TakenBack> takenBack = Collections.synchronizedList(new ArrayList<>());

  SignedCheck(LedgerSettings settings, SignedHeads heads, StoredTiles tiles, StoppedLogs stopped) {
    this.settings = settings;
    this.heads = heads;
    this.tiles = tiles;
    this.stopped = stopped;
  }

  /**
   * Stops each log that does not go on from what was signed of it.
   *
   * @return all heads, by origin
   * @throws Refused if logs were signed and no head of any is kept
   */
  Map<String, SignedHead> run(List<SignedRows> logs) throws Refused {
    Map<String, SignedHead> all = heads.all();
    if (all.isEmpty() && logs.stream().anyMatch(SignedCheck::wasSigned)) {
      throw new Refused(
          "what was signed last is not in signed/heads, although the ledger holds signed"
              + " checkpoints; put that file back, or restore the whole directory from a backup");
    }
    logs.parallelStream().forEach(log -> check(log, Optional.ofNullable(all.get(log.origin()))));
    Map<String, SignedHead> missing = new HashMap<>(all);
    logs.forEach(log -> missing.remove(log.origin()));
    missing.forEach(this::missing);
    return all;
  }

  /** The logs that are shorter than, or differ from, what was signed, and could be taken back. */
  List<TakenBack> takenBack() {
    return List.copyOf(takenBack);
  }

  private static boolean wasSigned(SignedRows log) {
    return !log.notes().isEmpty() || log.log().equals(LogName.ANCHORS) && log.size() > 1;
  }

  private void check(SignedRows log, Optional<SignedHead> head) {
    try {
      SignedTree tree = new SignedTree(log.log(), log.size(), tiles, stopped);
      for (SignedRows.Note note : log.notes()) {
        tree.root(log.size(), Optional.of(signed(log, note)));
      }
      if (head.isPresent()) {
        held(log, head.get(), tree);
      } else if (wasSigned(log)) {
        throw stopped.stop(
            log.log(),
            "it was signed, and signed/heads does not say what; put that file back",
            null);
      }
    } catch (LogStopped itself) {
      // Said, and kept with the log; the others are checked all the same.
    }
  }

  private void held(SignedRows log, SignedHead head, SignedTree tree) {
    try {
      if (log.size() <= head.floor()) {
        throw stopped.stop(log.log(), "it is being taken back, which was interrupted", null);
      }
      tree.root(log.size(), Optional.of(head));
    } catch (LogStopped differs) {
      // What a log's own rows contradict is damage, and nothing to go on from; this is.
      if (log.size() > 0) {
        Hash root = tree.root(log.size(), Optional.empty());
        takenBack.add(new TakenBack(log.log(), head, log.size(), root));
      }
      throw differs;
    }
  }

  private SignedHead signed(SignedRows log, SignedRows.Note note) {
    try {
      SignedCheckpoint parsed = SignedCheckpoint.parse(note.bytes());
      if (parsed.checkpoint().size() != note.size()
          || !parsed.checkpoint().origin().equals(log.origin())) {
        throw new Refused("it is of another log or size");
      }
      return new SignedHead(note.size(), parsed.checkpoint().root());
    } catch (Refused damage) {
      throw stopped.stop(
          log.log(),
          "its newest row of " + note.table() + " is damaged: " + damage.getMessage(),
          damage);
    }
  }

  private void missing(String origin, SignedHead head) {
    settings
        .log(origin)
        .ifPresent(
            log -> {
              var unused =
                  stopped.stop(
                      log,
                      "it was signed with " + head.size() + " entries, and is not there now",
                      null);
              takenBack.add(new TakenBack(log, head, 0, Merkle.EMPTY_ROOT));
            });
  }
}
