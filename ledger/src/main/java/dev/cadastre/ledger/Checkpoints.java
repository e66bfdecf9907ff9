package dev.cadastre.ledger;

import dev.cadastre.ledger.jooq.ledger.tables.records.CheckpointRecord;
import dev.cadastre.ledger.sequencer.Sequencer;
import dev.cadastre.ledger.store.LedgerStore;
import dev.cadastre.proof.Hash;
import dev.cadastre.proof.Refused;
import dev.cadastre.proof.note.Checkpoint;
import dev.cadastre.proof.note.SignedNote;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Signs checkpoints and keeps them: at most one for a log and size, whichever process signs it
 * first.
 */
final class Checkpoints {
  private final LedgerStore store;
  private final Sequencer sequencer;
  private final CheckpointSigner signer;

  Checkpoints(LedgerStore store, Sequencer sequencer, CheckpointSigner signer) {
    this.store = store;
    this.sequencer = sequencer;
    this.signer = signer;
  }

  SignedCheckpoint at(LogReader log, long size) {
    return store
        .checkpoint(log.log(), size)
        .map(note -> parse(log, size, note))
        .orElseGet(() -> sign(log, size));
  }

  /** The newest that is kept, if it covers the entry; otherwise one of the whole log. */
  SignedCheckpoint covering(LogReader log, long index) {
    OptionalLong newest = store.newestCheckpointSize(log.log());
    return newest.isPresent() && newest.getAsLong() > index
        ? at(log, newest.getAsLong())
        : log.checkpoint();
  }

  private SignedCheckpoint sign(LogReader log, long size) {
    try {
      Hash root = log.frontier(size).root();
      SignedNote note =
          SignedNote.sign(
              new Checkpoint(log.origin(), size, root).text(), signer.signerFor(log.origin()));
      CheckpointRecord row = new CheckpointRecord(log.log().value(), size, note.bytes());
      if (!sequencer.keep(row).join()) {
        throw new StorageFailure(
            "the store does not take a checkpoint of log " + log.log() + " at the moment");
      }
      return kept(log, size, root);
    } catch (Refused impossible) {
      throw new StorageFailure(
          "cannot sign a checkpoint of log " + log.log() + ": " + impossible.getMessage(),
          impossible);
    }
  }

  /**
   * What is kept may be another process's. It must say the same, or the log has forked and nothing
   * more may be signed.
   */
  private SignedCheckpoint kept(LogReader log, long size, Hash root) {
    Optional<byte[]> note = store.checkpoint(log.log(), size);
    SignedCheckpoint kept =
        parse(
            log,
            size,
            note.orElseThrow(() -> new StorageFailure("a checkpoint was kept and is not there")));
    if (!kept.checkpoint().root().equals(root)) {
      throw new StorageFailure(
          "log "
              + log.log()
              + ", size "
              + size
              + ": signed with root "
              + kept.checkpoint().root()
              + ", now has "
              + root);
    }
    return kept;
  }

  private static SignedCheckpoint parse(LogReader log, long size, byte[] note) {
    try {
      SignedCheckpoint checkpoint = SignedCheckpoint.parse(note);
      if (checkpoint.checkpoint().size() != size
          || !checkpoint.checkpoint().origin().equals(log.origin())) {
        throw new Refused("it is of another log or size");
      }
      return checkpoint;
    } catch (Refused damage) {
      throw new StorageFailure(
          "log " + log.log() + ", checkpoint " + size + " is damaged: " + damage.getMessage(),
          damage);
    }
  }
}
