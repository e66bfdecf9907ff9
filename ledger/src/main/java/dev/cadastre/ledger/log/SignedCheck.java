package dev.cadastre.ledger.log;

import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Merkle;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.model.CheckpointSigner;
import dev.cadastre.ledger.model.LedgerSettings;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.model.SignedCheckpoint;
import dev.cadastre.ledger.signed.SignedHead;
import dev.cadastre.ledger.signed.SignedHeads;
import dev.cadastre.ledger.store.LogEntries;
import dev.cadastre.ledger.store.Segments;
import dev.cadastre.ledger.store.SignedRows;
import dev.cadastre.ledger.store.StoppedLogs;
import dev.cadastre.ledger.store.StoredLog;
import dev.cadastre.ledger.store.StoredTiles;
import dev.cadastre.proof.tlog.TileReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Holds a log against what was signed of it (the head that is kept apart, the newest checkpoint and
 * the newest anchor) and against the cell's keys. A few tiles of a log, however long it is; of one
 * without a full tile, its entries.
 */
public final class SignedCheck {
  private static final String REMEDY =
      "; put back the cell's own, or restore a backup (docs/backup.md)";

  private final LedgerSettings settings;
  private final CheckpointSigner signer;
  private final SignedHeads heads;
  private final Segments segments;
  private final StoredTiles tiles;
  private final StoppedLogs stopped;
  private final BiConsumer<LogName, SignedHead> known;
  private final List<TakenBack> takenBack = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param known told of each head that a log was held against
   */
  public SignedCheck(
      LedgerSettings settings,
      CheckpointSigner signer,
      SignedHeads heads,
      Segments segments,
      StoredTiles tiles,
      StoppedLogs stopped,
      BiConsumer<LogName, SignedHead> known) {
    this.settings = settings;
    this.signer = signer;
    this.heads = heads;
    this.segments = segments;
    this.tiles = tiles;
    this.stopped = stopped;
    this.known = known;
  }

  /** The logs that are shorter than, or differ from, what was signed, and could be taken back. */
  public List<TakenBack> takenBack() {
    return List.copyOf(takenBack);
  }

  /**
   * Stops the log if it does not go on from what was signed of it, or is not the cell's.
   *
   * @param before its signed head, read before the log was
   */
  void check(StoredLog log, Optional<SignedHead> before) {
    try {
      SignedRows rows = log.signed();
      LogEntries entries = new LogEntries(log, segments);
      SignedTree tree = new SignedTree(log.log(), log.size(), tiles(log, entries), stopped);
      Set<SignedHead> said = new LinkedHashSet<>();
      for (SignedRows.Note note : rows.notes()) {
        said.add(signed(rows, note));
      }
      said.forEach(one -> tree.root(log.size(), Optional.of(one)));
      Optional<SignedHead> head = before.isEmpty() && rows.signed() ? again(rows) : before;
      head.ifPresent(one -> held(log, one, said, tree));
      own(log, entries, head.isPresent() && head.get().size() > 0);
    } catch (LogStopped itself) {
      // Said, and kept with the log; the others are checked all the same.
    }
  }

  /** A log that was signed and is not there. */
  void missing(LogName log, SignedHead head) {
    known.accept(log, head);
    var unused =
        stopped.stop(
            log, "it was signed with " + head.size() + " entries, and is not there now", null);
    takenBack.add(new TakenBack(log, head, 0, Merkle.EMPTY_ROOT));
  }

  private TileReader tiles(StoredLog log, LogEntries entries) {
    Optional<byte[]> leaves = entries.leaves();
    return leaves.isPresent()
        ? address -> Arrays.copyOf(leaves.get(), address.width() * Hash.LENGTH)
        : tiles.of(log.log());
  }

  /** Another process may have signed it for the first time since the head was read. */
  private Optional<SignedHead> again(SignedRows log) {
    Optional<SignedHead> head = heads.of(log.origin());
    if (head.isEmpty()) {
      throw stopped.stop(
          log.log(), "it was signed, and signed/heads does not say what; put that file back", null);
    }
    return head.filter(one -> one.size() <= log.size());
  }

  private void held(StoredLog log, SignedHead head, Set<SignedHead> said, SignedTree tree) {
    known.accept(log.log(), head);
    try {
      if (log.size() <= head.floor()) {
        throw stopped.stop(log.log(), "it is being taken back, which was interrupted", null);
      }
      if (!said.contains(new SignedHead(head.size(), head.root()))) {
        tree.root(log.size(), Optional.of(head));
      }
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

  /**
   * That its birth names the key that is there, and its policies are those of its entries. A birth
   * under a head that was signed is the one that passed before the first signature; to derive the
   * log's key once more is the most costly part by far.
   */
  private void own(StoredLog log, LogEntries entries, boolean signed) {
    Optional<CheckpointSigner> keys =
        signed && !log.log().reserved() ? Optional.empty() : Optional.of(signer);
    Optional<String> fault;
    try {
      requireBirthOfTree(log, entries);
      fault = StartCheck.fault(log, entries, keys, settings.origin(log.log()));
    } catch (Refused | NoSuchElementException damage) {
      fault = Optional.of("segment: " + damage.getMessage());
    }
    if (fault.isPresent()) {
      throw stopped.stop(log.log(), fault.get() + REMEDY, null);
    }
  }

  /** The tree of a log without a full tile was built from the entries just now. */
  private void requireBirthOfTree(StoredLog log, LogEntries entries) throws Refused {
    Hash birth = Merkle.leafHash(entries.entry(0));
    if (log.size() >= StoredTiles.WIDTH
        && !tiles.leaf(log.log(), 0).orElse(Hash.ZERO).equals(birth)) {
      throw new Refused("entry 0 is not the one that the log's tree was built from");
    }
  }
}
