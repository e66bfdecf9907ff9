package dev.cadastre.ledger.sequencer;

import dev.cadastre.ledger.jooq.ledger.tables.records.CheckpointRecord;
import dev.cadastre.ledger.model.AppendResult;
import dev.cadastre.ledger.model.Draft;
import dev.cadastre.ledger.model.LateDraft;
import dev.cadastre.ledger.model.LogName;
import dev.cadastre.ledger.model.OnConflict;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What waits for the sequencer. */
sealed interface Work {
  /** The log whose turn it takes; its first one if it is for several. */
  LogName log();

  /** Bytes it occupies in the queue. */
  long bytes();

  /** Answers that the store failed. */
  void fail(String why);

  /** Answers that it is on disk, unless there was something else to answer. */
  void done();

  /**
   * Entries to append, all or none.
   *
   * @param mayRepeatItself whether two of the drafts may carry the same id
   */
  record Append(
      List<Draft> drafts,
      OnConflict onConflict,
      boolean mayRepeatItself,
      long bytes,
      CompletableFuture<AppendResult> answer)
      implements Work {
    static Append of(List<Draft> drafts, OnConflict onConflict) {
      long bytes = 0;
      for (Draft draft : drafts) {
        bytes += OVERHEAD + draft.eventJcs().length;
      }
      boolean mayRepeatItself = mayRepeatItself(drafts);
      return new Append(
          List.copyOf(drafts), onConflict, mayRepeatItself, bytes, new CompletableFuture<>());
    }

    /** Whether two drafts may carry the same id; found out on the sender's thread. */
    private static boolean mayRepeatItself(List<Draft> drafts) {
      if (drafts.size() < 2) {
        return false;
      }
      IdTable keys = new IdTable(drafts.size());
      for (Draft draft : drafts) {
        if (draft.recordId().isPresent()) {
          if (keys.contains(draft.recordKey())) {
            return true;
          }
          keys.add(draft.recordKey(), 0);
        }
      }
      return false;
    }

    @Override
    public LogName log() {
      return drafts.isEmpty() ? LogName.CELL : drafts.get(0).log();
    }

    @Override
    public void fail(String why) {
      answer.complete(new AppendResult.Unavailable(why));
    }

    @Override
    public void done() {
      // The batch answers, since it holds the receipts.
    }
  }

  /** An entry whose event depends on where it will stand. */
  record Late(LogName log, LateDraft draft, CompletableFuture<AppendResult> answer)
      implements Work {
    @Override
    public long bytes() {
      return OVERHEAD;
    }

    @Override
    public void fail(String why) {
      answer.complete(new AppendResult.Unavailable(why));
    }

    @Override
    public void done() {
      // The batch answers, since it holds the receipt.
    }
  }

  /** To fill the window of record ids before the first record comes. */
  record LearnRecords() implements Work {
    @Override
    public LogName log() {
      return LogName.CELL;
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public void fail(String why) {
      // The first record with an id will meet the same failure.
    }

    @Override
    public void done() {
      // Nobody waits for it.
    }
  }

  /** A signed checkpoint to keep, unless there is one of that size. */
  record KeepCheckpoint(CheckpointRecord row, CompletableFuture<Boolean> answer) implements Work {
    @Override
    public LogName log() {
      return LogName.CELL;
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public void fail(String why) {
      answer.complete(false);
    }

    @Override
    public void done() {
      answer.complete(true);
    }
  }

  /**
   * What a queued draft costs beside its event's bytes: objects around it and the frame to come.
   */
  int OVERHEAD = 256;
}
