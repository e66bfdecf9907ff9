package dev.cadastre.ledger.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How an append ended. In every case but {@link Unavailable}, it is known whether the entries are
 * in the log.
 */
public sealed interface AppendResult {
  /**
   * All records are in the log and on disk, synced. One receipt per draft, in the order of the
   * drafts; a record that was there before has its first receipt ({@link Receipt#repeat()}).
   */
  record Appended(List<Receipt> receipts) implements AppendResult {
    public Appended {
      receipts = List.copyOf(receipts);
    }
  }

  /**
   * Nothing was appended: a draft was judged by a policy (an adoption names a predecessor, an
   * anchor a previous anchor) that is not the newest of its log. Judge again and retry.
   */
  record StalePolicy(List<LogName> logs) implements AppendResult {
    public StalePolicy {
      logs = List.copyOf(logs);
    }
  }

  /**
   * Nothing was appended: a draft was judged for another time than it would have been received at,
   * and an exception of the policy ended between them. Judge again for that time and retry.
   *
   * @param receivedNs Unix nanoseconds
   */
  record Untimely(long receivedNs) implements AppendResult {}

  /**
   * Nothing was appended: records carry ids that stand for other records; see {@link
   * OnConflict#REFUSE}.
   */
  record Conflict(List<Clash> clashes) implements AppendResult {
    public Conflict {
      clashes = List.copyOf(clashes);
    }
  }

  /**
   * A record whose id stands for another record.
   *
   * @param position the draft's place in the append, from 0
   * @param first the receipt of the entry that has the id; empty if it is an earlier draft of the
   *     same append
   */
  record Clash(int position, String recordId, Optional<Receipt> first) {}

  /** Nothing was appended: the queue is full. */
  record Overloaded(Duration retryAfter) implements AppendResult {}

  /**
   * The store cannot take appends. Whether these entries are in the log is not known; the sender
   * must retry.
   *
   * @param stopped the log that takes none while all others do, if it is one log's own case; then
   *     these entries are not in it
   */
  record Unavailable(String why, Optional<LogName> stopped) implements AppendResult {
    public Unavailable(String why) {
      this(why, Optional.empty());
    }

    public Unavailable(LogStopped stopped) {
      this(String.valueOf(stopped.getMessage()), Optional.of(stopped.log()));
    }
  }
}
