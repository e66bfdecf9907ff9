package dev.cadastre.ledger.sequencer;

import dev.cadastre.ledger.AppendResult;
import dev.cadastre.ledger.Draft;
import dev.cadastre.ledger.jooq.ledger.tables.records.CheckpointRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What waits for the sequencer. */
sealed interface Work {
  /** Bytes it occupies in the queue. */
  long bytes();

  /** Answers that the store failed. */
  void fail(String why);

  /** Answers that it is on disk, unless there was something else to answer. */
  void done();

  /** Entries to append, all or none. */
  record Append(List<Draft> drafts, long bytes, CompletableFuture<AppendResult> answer)
      implements Work {
    static Append of(List<Draft> drafts) {
      long bytes = 0;
      for (Draft draft : drafts) {
        bytes += OVERHEAD + draft.eventJcs().length;
      }
      return new Append(List.copyOf(drafts), bytes, new CompletableFuture<>());
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

  /** A signed checkpoint to keep, unless there is one of that size. */
  record KeepCheckpoint(CheckpointRecord row, CompletableFuture<Boolean> answer) implements Work {
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
