package dev.cadastre.ledger.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadastre.formats.Hash;
import dev.cadastre.formats.Refused;
import dev.cadastre.ledger.jooq.ledger.tables.records.CheckpointRecord;
import dev.cadastre.ledger.model.CheckpointSigner;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.LogStopped;
import dev.cadastre.ledger.model.SignedCheckpoint;
import dev.cadastre.ledger.model.StorageFailure;
import dev.cadastre.ledger.sequencer.Sequencer;
import dev.cadastre.ledger.signed.SignedHead;
import dev.cadastre.ledger.signed.SignedHeads;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.ledger.store.StoppedLogs;
import dev.cadastre.ledger.store.StoredTiles;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.note.SignedNote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Signs checkpoints and keeps them: at most one for a log and size, whichever process signs it
 * first, and each of a log that goes on from what was signed of it before. The signed head is
 * replaced before the signature is made: a process that ends in between has signed nothing that
 * could be contradicted.
 */
public final class Checkpoints {
  private static final int ATTEMPTS = 100;

  /** Checkpoints that were read and held against their logs, a kilobyte each. */
  private static final long FOUND = 4_096;

  private final LedgerStore store;
  private final Sequencer sequencer;
  private final CheckpointSigner signer;
  private final SignedHeads heads;
  private final StoredTiles tiles;
  private final StoppedLogs stopped;

  /** As last read or written here; only another process's are newer. */
  private final Map<LogName, SignedHead> known = new ConcurrentHashMap<>();

  private final Cache<Key, SignedCheckpoint> found =
      Caffeine.newBuilder().maximumSize(FOUND).executor(Runnable::run).build();

  private record Key(LogName log, long size) {}

  public Checkpoints(
      LedgerStore store,
      Sequencer sequencer,
      CheckpointSigner signer,
      SignedHeads heads,
      StoredTiles tiles,
      StoppedLogs stopped) {
    this.store = store;
    this.sequencer = sequencer;
    this.signer = signer;
    this.heads = heads;
    this.tiles = tiles;
    this.stopped = stopped;
  }

  /** A checkpoint that is wanted of a log. */
  public record Wanted(LogReader log, long size) {}

  public SignedCheckpoint at(LogReader log, long size) {
    return kept(log, size).orElseGet(() -> sign(log, size));
  }

  /**
   * All that are wanted of logs that are not stopped and do not stop over it, with one sync for all
   * heads and few for all notes.
   */
  public Map<LogName, SignedCheckpoint> at(List<Wanted> wanted) {
    Map<String, SignedHead> before = heads.all();
    Map<LogName, SignedCheckpoint> signed = new LinkedHashMap<>();
    List<Signing> signings = new ArrayList<>();
    for (Wanted one : wanted) {
      unlessStopped(
          () -> {
            Optional<SignedHead> head = Optional.ofNullable(before.get(one.log.origin()));
            kept(one.log, one.size)
                .ifPresentOrElse(
                    there -> signed.put(one.log.log(), there),
                    () -> signings.add(prepare(one.log, one.size, head)));
          });
    }
    Set<String> overtaken =
        heads.compareAndSet(signings.stream().flatMap(one -> one.change().stream()).toList());
    signings.stream()
        .filter(one -> overtaken.contains(one.log.origin()))
        .forEach(one -> unlessStopped(() -> signed.put(one.log.log(), at(one.log, one.size))));
    signed.putAll(
        keep(signings.stream().filter(one -> !overtaken.contains(one.log.origin())).toList()));
    return signed;
  }

  private static void unlessStopped(Runnable step) {
    try {
      step.run();
    } catch (LogStopped leftOut) {
      // Its reason is kept with the log, and all others go on.
    }
  }

  /** The newest that is kept, if it covers the entry; otherwise one of the whole log. */
  SignedCheckpoint covering(LogReader log, long index) {
    OptionalLong newest = store.newestCheckpointSize(log.log());
    return newest.isPresent() && newest.getAsLong() > index
        ? at(log, newest.getAsLong())
        : log.checkpoint();
  }

  /**
   * The root of the first {@code size} entries, which are then one with all that was signed as far
   * as this process knows.
   */
  Hash root(LogReader log, long size) {
    return root(log, size, Optional.ofNullable(known.get(log.log())));
  }

  private Hash root(LogReader log, long size, Optional<SignedHead> head) {
    return new SignedTree(log.log(), log.size(), tiles.of(log.log()), stopped).root(size, head);
  }

  /** What was signed of a log when this process last looked. */
  public void know(LogName log, SignedHead head) {
    known.put(log, head);
  }

  /** What was signed of a log when it was checked; this process may have signed it since. */
  public void knowFirst(LogName log, SignedHead head) {
    known.putIfAbsent(log, head);
  }

  /**
   * A checkpoint about to be signed.
   *
   * @param before the log's signed head
   * @param after what it is once this is signed
   */
  private record Signing(
      LogReader log, long size, Hash root, Optional<SignedHead> before, SignedHead after) {
    Checkpoint checkpoint() {
      return new Checkpoint(log.origin(), size, root);
    }

    /** None for a size below the head. */
    Optional<SignedHeads.Change> change() {
      return before.equals(Optional.of(after))
          ? Optional.empty()
          : Optional.of(new SignedHeads.Change(log.origin(), before, after));
    }
  }

  private SignedCheckpoint sign(LogReader log, long size) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Signing signing = prepare(log, size, heads.of(log.origin()));
      if (heads.compareAndSet(signing.change().stream().toList()).isEmpty()) {
        keep(List.of(signing));
        return kept(log, size)
            .orElseThrow(() -> new StorageFailure("a checkpoint was kept and is not there"));
      }
    }
    throw new StorageFailure("log " + log.log() + ": other processes sign it without a pause");
  }

  private Signing prepare(LogReader log, long size, Optional<SignedHead> head) {
    stopped.requireRunning(log.log());
    head.ifPresent(signed -> requireAbove(signed.floor(), log, size));
    Hash root = root(log, size, head);
    SignedHead after =
        head.map(signed -> size > signed.size() ? signed.grownTo(size, root) : signed)
            .orElseGet(() -> new SignedHead(size, root));
    return new Signing(log, size, root, head, after);
  }

  private static void requireAbove(long floor, LogReader log, long size) {
    if (size <= floor) {
      throw new StorageFailure(
          "log "
              + log.log()
              + " was taken back, and what had up to "
              + floor
              + " entries is signed no more; asked for "
              + size);
    }
  }

  private Map<LogName, SignedCheckpoint> keep(List<Signing> signings) {
    signings.forEach(one -> know(one.log.log(), one.after));
    Map<LogName, SignedCheckpoint> signed = new LinkedHashMap<>();
    List<SignedCheckpoint> notes = signings.parallelStream().map(this::signed).toList();
    List<CompletableFuture<Boolean>> answers = new ArrayList<>();
    for (int i = 0; i < notes.size(); i++) {
      LogName log = signings.get(i).log.log();
      long size = signings.get(i).size;
      answers.add(sequencer.keep(new CheckpointRecord(log.value(), size, notes.get(i).bytes())));
      signed.put(log, notes.get(i));
    }
    if (!answers.stream().allMatch(CompletableFuture::join)) {
      throw new StorageFailure("the store does not take a checkpoint at the moment");
    }
    return signed;
  }

  private SignedCheckpoint signed(Signing signing) {
    try {
      String text = signing.checkpoint().text();
      SignedNote note = SignedNote.sign(text, signer.signerFor(signing.log.origin()));
      return new SignedCheckpoint(signing.checkpoint(), note);
    } catch (Refused impossible) {
      throw new StorageFailure(
          "cannot sign a checkpoint of log " + signing.log.log() + ": " + impossible.getMessage(),
          impossible);
    }
  }

  /**
   * What is kept may be another process's, or put there by whoever can write the store. It must be
   * of the log as it is.
   */
  private Optional<SignedCheckpoint> kept(LogReader log, long size) {
    Key key = new Key(log.log(), size);
    Optional<SignedCheckpoint> seen = Optional.ofNullable(found.getIfPresent(key));
    if (seen.isPresent()) {
      return seen;
    }
    Optional<SignedCheckpoint> kept =
        store.checkpoint(log.log(), size).map(note -> parse(log, size, note));
    kept.ifPresent(
        signed -> {
          requireSame(log, signed.checkpoint());
          found.put(key, signed);
        });
    return kept;
  }

  private void requireSame(LogReader log, Checkpoint signed) {
    Hash root = root(log, signed.size());
    if (!signed.root().equals(root)) {
      throw stopped.stop(
          log.log(),
          "size "
              + signed.size()
              + " was signed with root "
              + signed.root()
              + ", and the entries have "
              + root,
          null);
    }
  }

  private SignedCheckpoint parse(LogReader log, long size, byte[] note) {
    try {
      SignedCheckpoint checkpoint = SignedCheckpoint.parse(note);
      if (checkpoint.checkpoint().size() != size
          || !checkpoint.checkpoint().origin().equals(log.origin())) {
        throw new Refused("it is of another log or size");
      }
      return checkpoint;
    } catch (Refused damage) {
      throw stopped.stop(
          log.log(), "checkpoint " + size + " is damaged: " + damage.getMessage(), damage);
    }
  }
}
