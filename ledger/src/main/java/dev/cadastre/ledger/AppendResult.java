package dev.cadastre.ledger;

import java.time.Duration;
import java.util.List;

/**
 * How an append ended. In every case but {@link Unavailable}, it is known whether the entries are
 * in the log.
 */
public sealed interface AppendResult {
  /** All entries are on disk, synced. One receipt per draft, in the order of the drafts. */
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

  /** Nothing was appended: the queue is full. */
  record Overloaded(Duration retryAfter) implements AppendResult {}

  /**
   * The store cannot take appends. Whether these entries are in the log is not known; the sender
   * must retry.
   */
  record Unavailable(String why) implements AppendResult {}
}
